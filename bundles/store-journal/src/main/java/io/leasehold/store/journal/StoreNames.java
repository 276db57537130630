// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of the files of a directory.
 *
 * @param all all of them
 */
record StoreNames(List<String> all) {
  private static final Logger LOG = LoggerFactory.getLogger(StoreNames.class);

  /**
   * Tells the next process that a sync has failed: what can be read need not be on the medium, and
   * the system does not say so twice. It need not be durable itself, for a loss of power ends the
   * doubt: then what can be read is what is on the medium.
   */
  static final String IN_DOUBT = "in-doubt";

  /** Leaves the sign, if that is possible. */
  static void leaveInDoubt(Disk disk) {
    try {
      disk.create(IN_DOUBT).close();
    } catch (IOException e) {
      LOG.warn(
          "lease journal: file {} cannot be made in {} ({}); it is tried again, but if the process"
              + " ends before the store is open again, power off before the next start",
          IN_DOUBT,
          disk.place(),
          e.toString());
    }
  }

  /** Whether a process has left the sign. */
  boolean areInDoubt() {
    return all.contains(IN_DOUBT);
  }

  /** The newest checkpoint, or null. */
  String checkpoint() {
    return all.stream()
        .filter(FileHeader.Kind.TABLE::names)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Segments from a number on, in order. */
  List<String> segmentsFrom(long number) {
    return all.stream()
        .filter(FileHeader.Kind.SEGMENT::names)
        .filter(name -> FileHeader.Kind.SEGMENT.numberOf(name) >= number)
        .sorted()
        .toList();
  }

  /** A number greater than that of any segment, and not less than that of any checkpoint. */
  long afterLast() {
    long after = 1;
    for (String name : all) {
      if (FileHeader.Kind.SEGMENT.names(name)) {
        after = Math.max(after, FileHeader.Kind.SEGMENT.numberOf(name) + 1);
      } else if (FileHeader.Kind.TABLE.names(name)) {
        after = Math.max(after, FileHeader.Kind.TABLE.numberOf(name));
      }
    }
    return after;
  }
}

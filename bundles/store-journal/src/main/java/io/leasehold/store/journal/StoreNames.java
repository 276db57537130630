// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.util.Comparator;
import java.util.List;

/**
 * The names of the files of a directory.
 *
 * @param all all of them
 */
record StoreNames(List<String> all) {
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

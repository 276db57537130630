// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps changes on a medium: appends while that goes well, and writes everything anew when it did
 * not, or when most of what is there is out of date. One thread; blocks.
 */
final class PrefixLog {
  /** Nothing is written anew before that many octets are there. */
  private static final long LEAST_OCTETS = 256 * 1024;

  private static final int LARGEST_SHARE = 4;

  private final PrefixMedium medium;
  private long octets;
  private long octetsWhenNew;
  private boolean whole;

  PrefixLog(PrefixMedium medium) {
    this.medium = medium;
  }

  /**
   * What is kept, and how much of it could not be read.
   *
   * @param damagedLines lines that are left out
   */
  record Kept(List<Delegation> delegations, int damagedLines) {}

  /**
   * Reads what is kept. A damaged line costs itself and nothing else; the next write makes a new
   * file.
   */
  Kept read() throws IOException {
    Bytes all = medium.read();
    String text = all.toUtf8();
    Map<Object, Delegation> last = new LinkedHashMap<>();
    int damaged = 0;
    boolean known = text.startsWith(PrefixRecords.HEADER);
    if (!known && !text.isEmpty()) {
      throw new IOException(
          medium.place() + " is not a file of delegated prefixes that this version can read");
    }
    for (String line : known ? text.substring(PrefixRecords.HEADER.length()).split("\n") : NONE) {
      PrefixChange change = PrefixRecords.change(line).orElse(null);
      if (change == null) {
        damaged += line.isEmpty() ? 0 : 1;
      } else if (change.gone()) {
        last.remove(change.delegation().prefix());
      } else {
        last.put(change.delegation().prefix(), change.delegation());
      }
    }
    return new Kept(List.copyOf(last.values()), damaged);
  }

  private static final String[] NONE = {};

  /**
   * Makes changes durable.
   *
   * @param everything that is to be kept, these changes included; asked only if it is written anew
   */
  void write(List<PrefixChange> changes, Supplier<Collection<Delegation>> everything)
      throws IOException {
    boolean grown = octets > Math.max(LEAST_OCTETS, LARGEST_SHARE * octetsWhenNew);
    if (whole && !grown) {
      append(changes);
    } else {
      whole = false;
      Bytes all = all(everything.get());
      medium.replace(all);
      octets = all.length();
      octetsWhenNew = octets;
      whole = true;
    }
  }

  private void append(List<PrefixChange> changes) throws IOException {
    StringBuilder lines = new StringBuilder();
    changes.forEach(change -> lines.append(PrefixRecords.line(change)));
    Bytes more = Bytes.ofUtf8(lines.toString());
    // After a failure nobody knows what is there.
    whole = false;
    medium.append(more);
    octets += more.length();
    whole = true;
  }

  private static Bytes all(Collection<Delegation> delegations) {
    StringBuilder lines = new StringBuilder(PrefixRecords.HEADER);
    for (Delegation each : new ArrayList<>(delegations)) {
      lines.append(PrefixRecords.line(new PrefixChange(each, false)));
    }
    return Bytes.ofUtf8(lines.toString());
  }

  /** Where it is, for messages. */
  String place() {
    return medium.place();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.metric;

import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Family;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Names of the counters of what comes in, made once. Immutable, for any thread. */
public final class ReceivedCounters {
  private static final int TYPES = 256;

  private final String[] received = new String[TYPES];
  private final String[] malformed = new String[MalformedReason.values().length];

  /**
   * The names of a protocol.
   *
   * @param word what messages of a type are called; null for a type that nobody defines
   */
  public ReceivedCounters(Family family, IntFunction<String> word) {
    String prefix = PacketCounter.prefix(family);
    for (int type = 0; type < TYPES; type++) {
      String known = word.apply(type);
      received[type] = prefix + (known == null ? "unknown" : known) + "-received";
    }
    for (MalformedReason reason : MalformedReason.values()) {
      malformed[reason.ordinal()] = prefix + "malformed-" + reason.word();
    }
  }

  /** Counts messages of a type. */
  public String message(int type) {
    return received[type];
  }

  /** Counts datagrams that were no messages. */
  public String malformed(MalformedReason reason) {
    return malformed[reason.ordinal()];
  }

  /** Every name. */
  public Stream<String> names() {
    return Stream.concat(Arrays.stream(received).distinct(), Arrays.stream(malformed));
  }
}

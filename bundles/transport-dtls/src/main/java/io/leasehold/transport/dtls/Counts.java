// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a listener or of a link. May be used from any thread. */
final class Counts {
  /** What is counted. */
  enum Count {
    RECEIVED,
    SENT,
    DROPPED,
    RECEIVER_THREW,
    HANDSHAKE_FAILED,
    HANDSHAKE_COMPLETED,
    /** Datagrams of strangers to whom a cookie, or nothing, was answered. */
    GREETED,
    /** Datagrams that belong to no association and do not begin one. */
    STRAY,
    /** Datagrams that begin one, more than are looked at. */
    REFUSED_GREETING_RATE,
    REFUSED_SOURCE_LIMIT,
    REFUSED_CROWD_LIMIT,
    REFUSED_NO_CHANNEL,
    REPLACED,
    /** Handshakes of strangers that were ended for one of an address that is known. */
    DISPLACED
  }

  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

  Counts() {
    for (Count each : Count.values()) {
      counts.put(each, new LongAdder());
    }
  }

  void add(Count which) {
    counts.get(which).increment();
  }

  long of(Count which) {
    return counts.get(which).sum();
  }

  /** All of them by name in kebab case. */
  Map<String, Long> snapshot() {
    Map<String, Long> snapshot = new TreeMap<>();
    counts.forEach(
        (which, count) ->
            snapshot.put(which.name().toLowerCase(Locale.ROOT).replace('_', '-'), count.sum()));
    return snapshot;
  }
}

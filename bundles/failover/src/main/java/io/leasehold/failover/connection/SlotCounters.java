// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What happened on the connections of a relationship, counted since it was made. */
final class SlotCounters {
  /** What is counted. */
  enum Count {
    /** Attempts to connect. */
    CONNECTS_TRIED,
    /** Connections on which both said CONNECT. */
    CONNECTS_DONE,
    /** Connections that were refused, or ended for what was said on them, on either side. */
    REFUSED,
    /** Messages. */
    RECEIVED,
    /** Messages that could not be read. */
    MALFORMED,
    /** Messages of unknown types. */
    UNKNOWN_SKIPPED,
    /** Messages before the partner's first STATE. */
    BEFORE_STATE_SKIPPED,
    /** POOLREQ to the secondary, POOLRESP to the primary. */
    MISDIRECTED_SKIPPED,
    /** STATE without a meaning. */
    STATES_IGNORED
  }

  private final EnumMap<Count, Long> counts = new EnumMap<>(Count.class);

  void count(Count what) {
    counts.merge(what, 1L, Long::sum);
  }

  /** All of them by name in kebab case. */
  Map<String, Long> byName() {
    Map<String, Long> named = new TreeMap<>();
    for (Count each : Count.values()) {
      named.put(
          each.name().toLowerCase(Locale.ROOT).replace('_', '-'), counts.getOrDefault(each, 0L));
    }
    return Collections.unmodifiableMap(named);
  }
}

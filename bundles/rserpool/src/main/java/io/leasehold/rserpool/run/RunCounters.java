// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of a core's thread and connections. Any thread. */
final class RunCounters {
  /** Tries to connect. */
  final LongAdder connected = new LongAdder();

  final LongAdder accepted = new LongAdder();

  /** Connections for which there was no room. */
  final LongAdder refused = new LongAdder();

  final LongAdder faults = new LongAdder();

  /** Commands for which there was no room. */
  final LongAdder commandsRefused = new LongAdder();

  /** By name in kebab case. */
  Map<String, Long> snapshot() {
    Map<String, Long> all = new TreeMap<>();
    all.put("connections-tried", connected.sum());
    all.put("connections-accepted", accepted.sum());
    all.put("connections-refused", refused.sum());
    all.put("faults", faults.sum());
    all.put("commands-refused", commandsRefused.sum());
    return all;
  }
}

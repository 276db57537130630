// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.datagram.DatagramCounters;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a binding. May be used from any thread. */
final class UdpCounters {
  final DatagramCounters common = new DatagramCounters();
  final LongAdder sendBufferFull = new LongAdder();
  final LongAdder broadcastInstead = new LongAdder();

  Map<String, Long> snapshot() {
    Map<String, Long> counts = common.snapshot();
    counts.put("send-buffer-full", sendBufferFull.sum());
    counts.put("frames-broadcast-instead", broadcastInstead.sum());
    return counts;
  }
}

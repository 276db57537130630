// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.datagram.DatagramCounters;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a binding. May be used from any thread. */
final class UdpCounters extends DatagramCounters {
  final LongAdder sendBufferFull = new LongAdder();
  final LongAdder broadcastInstead = new LongAdder();

  @Override
  public Map<String, Long> snapshot() {
    Map<String, Long> counts = super.snapshot();
    counts.put("send-buffer-full", sendBufferFull.sum());
    counts.put("frames-broadcast-instead", broadcastInstead.sum());
    return counts;
  }
}

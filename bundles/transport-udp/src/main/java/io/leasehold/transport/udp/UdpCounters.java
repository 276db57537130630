// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a binding. May be used from any thread. */
final class UdpCounters {
  final LongAdder received = new LongAdder();
  final LongAdder receivedOctets = new LongAdder();
  final LongAdder receivedEmpty = new LongAdder();
  final LongAdder receiveFailed = new LongAdder();
  final LongAdder receiverThrew = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder sentOctets = new LongAdder();
  final LongAdder sendFailed = new LongAdder();
  final LongAdder sendTooLarge = new LongAdder();
  final LongAdder sendBufferFull = new LongAdder();
  final LongAdder sendAfterClose = new LongAdder();
  final LongAdder endpointFailed = new LongAdder();

  Map<String, Long> snapshot() {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("received", received.sum());
    counts.put("received-octets", receivedOctets.sum());
    counts.put("received-empty", receivedEmpty.sum());
    counts.put("receive-failed", receiveFailed.sum());
    counts.put("receiver-threw", receiverThrew.sum());
    counts.put("sent", sent.sum());
    counts.put("sent-octets", sentOctets.sum());
    counts.put("send-failed", sendFailed.sum());
    counts.put("send-too-large", sendTooLarge.sum());
    counts.put("send-buffer-full", sendBufferFull.sum());
    counts.put("send-after-close", sendAfterClose.sum());
    counts.put("endpoint-open-failed", endpointFailed.sum());
    return counts;
  }
}

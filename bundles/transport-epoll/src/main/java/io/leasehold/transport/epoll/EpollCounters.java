// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.transport.datagram.DatagramCounters;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a binding. May be used from any thread. */
final class EpollCounters extends DatagramCounters {
  /** System calls that asked for messages, among them those that found none. */
  final LongAdder receiveCalls = new LongAdder();

  /** System calls that sent messages. */
  final LongAdder sendCalls = new LongAdder();

  /** Messages that were not taken because too many waited already. */
  final LongAdder sendQueueFull = new LongAdder();

  /** Messages sent to a link-layer address; they are counted as sent, too. */
  final LongAdder sentFrames = new LongAdder();

  /** Messages for a link-layer address that were broadcast because frames cannot be sent. */
  final LongAdder broadcastInstead = new LongAdder();

  @Override
  public Map<String, Long> snapshot() {
    Map<String, Long> counts = super.snapshot();
    counts.put("receive-calls", receiveCalls.sum());
    counts.put("send-calls", sendCalls.sum());
    counts.put("send-queue-full", sendQueueFull.sum());
    counts.put("sent-frames", sentFrames.sum());
    counts.put("frames-broadcast-instead", broadcastInstead.sum());
    return counts;
  }
}

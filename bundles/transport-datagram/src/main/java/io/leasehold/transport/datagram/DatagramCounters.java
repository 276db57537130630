// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters that every binding has, by what they are called. May be used from any thread. */
public class DatagramCounters {
  public final LongAdder received = new LongAdder();
  public final LongAdder receivedOctets = new LongAdder();
  public final LongAdder receivedEmpty = new LongAdder();
  public final LongAdder receiveFailed = new LongAdder();
  public final LongAdder receiverThrew = new LongAdder();
  public final LongAdder sent = new LongAdder();
  public final LongAdder sentOctets = new LongAdder();
  public final LongAdder sendFailed = new LongAdder();
  public final LongAdder sendTooLarge = new LongAdder();
  public final LongAdder sendAfterClose = new LongAdder();

  /** Broadcasts that had no interface to go out of. */
  public final LongAdder sendNoInterface = new LongAdder();

  public final LongAdder endpointFailed = new LongAdder();

  /** All counters of the binding by name, in a map that is the caller's. */
  public Map<String, Long> snapshot() {
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
    counts.put("send-after-close", sendAfterClose.sum());
    counts.put("send-no-interface", sendNoInterface.sum());
    counts.put("endpoint-open-failed", endpointFailed.sum());
    return counts;
  }
}

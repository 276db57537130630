// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.transport.connection.Refusal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a listener or an association by name. May be used from any thread. */
final class Counters {
  static final String ACCEPTED = "accepted";
  static final String ESTABLISHED = "established";
  static final String RECEIVED = "received";
  static final String RECEIVED_OCTETS = "received-octets";
  static final String RECEIVER_THREW = "receiver-threw";
  static final String SENT = "sent";
  static final String SENT_OCTETS = "sent-octets";

  /** Messages whose length is not that of what came, which are dropped. */
  static final String INVALID = "message-invalid";

  /** Messages with a payload protocol identifier of something else, which are dropped. */
  static final String FOREIGN = "message-foreign";

  /** Messages for an association that is over. */
  static final String NO_CONNECTION = "send-no-connection";

  /** Messages longer than they may be, or not as long as they say. */
  static final String TOO_LARGE = "send-too-large";

  static final String OPEN_FAILED = "endpoint-open-failed";

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  Counters() {
    for (String name :
        new String[] {
          ACCEPTED,
          ESTABLISHED,
          RECEIVED,
          RECEIVED_OCTETS,
          RECEIVER_THREW,
          SENT,
          SENT_OCTETS,
          INVALID,
          FOREIGN,
          NO_CONNECTION,
          TOO_LARGE,
          OPEN_FAILED
        }) {
      counts.put(name, new LongAdder());
    }
    for (Ending each : Ending.values()) {
      counts.put(each.counter(), new LongAdder());
    }
    for (Refusal each : Refusal.values()) {
      counts.put(each.counter(), new LongAdder());
    }
  }

  void add(String name, long value) {
    counts.get(name).add(value);
  }

  void count(String name) {
    counts.get(name).increment();
  }

  /** All of them, in a map that is the caller's. */
  Map<String, Long> snapshot() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((name, adder) -> sums.put(name, adder.sum()));
    return sums;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.transport.connection.HopLog;

/** Calls receivers; one with a fault harms its own message only. */
record Guard(HopCounters counters, HopLog log) {
  /**
   * Calls one.
   *
   * @param of what it is about, for the log
   */
  void call(Object of, Runnable receiver) {
    try {
      receiver.run();
    } catch (RuntimeException e) {
      counters.count(HopCounters.RECEIVER_THREW);
      log.fault("threw", "a message of " + of + " was lost by a fault in its receiver", e);
    }
  }
}

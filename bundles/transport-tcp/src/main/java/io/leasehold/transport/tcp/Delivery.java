// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.net.Bytes;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;

/** Hands messages over; a receiver with a fault harms its own message only. */
record Delivery(Inbound inbound, HopCounters counters, HopLog log) {
  void message(Path path, Bytes message) {
    guarded(path, () -> inbound.gather(message, path));
  }

  void gathered() {
    guarded(null, inbound::gathered);
  }

  private void guarded(Path path, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      counters.count(HopCounters.RECEIVER_THREW);
      log.fault("threw", "a message of " + path + " was lost by a fault in its receiver", e);
    }
  }
}

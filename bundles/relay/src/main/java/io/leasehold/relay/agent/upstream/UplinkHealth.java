// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.relay.agent.RelaySettings.HealthSettings;
import java.util.concurrent.atomic.LongAdder;

/** Whether an uplink answers. Any thread. */
final class UplinkHealth {
  private final HealthSettings settings;
  private final LongAdder forwarded = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private int unanswered;
  private long firstUnanswered;
  private boolean dead;
  private long probed;

  UplinkHealth(HealthSettings settings) {
    this.settings = settings;
  }

  /** A message was sent; true if the uplink has just been found dead. */
  boolean sent(long nowMillis) {
    forwarded.increment();
    synchronized (this) {
      if (unanswered++ == 0) {
        firstUnanswered = nowMillis;
      }
      boolean found =
          !dead
              && unanswered >= settings.unanswered()
              && nowMillis - firstUnanswered >= settings.millis();
      if (found) {
        dead = true;
        probed = nowMillis;
      }
      return found;
    }
  }

  /** It answered. */
  void answered() {
    answered.increment();
    synchronized (this) {
      unanswered = 0;
      dead = false;
    }
  }

  synchronized boolean isDead() {
    return dead;
  }

  /** Whether a dead one should be sent a message now to see if it lives again. */
  synchronized boolean isProbeDue(long nowMillis) {
    if (!dead || nowMillis - probed < settings.probeMillis()) {
      return false;
    }
    probed = nowMillis;
    return true;
  }

  /** Why it counts as dead, in words; empty if it does not. */
  synchronized String complaint(long nowMillis) {
    return dead
        ? "no answer to %d messages in %d s"
            .formatted(unanswered, Math.max(0, nowMillis - firstUnanswered) / 1000)
        : "";
  }

  long forwarded() {
    return forwarded.sum();
  }

  long answers() {
    return answered.sum();
  }
}

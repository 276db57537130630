// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.net.Bytes;
import io.leasehold.relay.agent.RelaySettings.HealthSettings;
import java.util.concurrent.atomic.LongAdder;

/** Whether an uplink answers. Any thread. */
final class UplinkHealth {
  private final HealthSettings settings;
  private final LongAdder forwarded = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private int unanswered;
  private long firstUnanswered;

  /** Whose message was the first one; empty if clients are not told apart. */
  private Bytes firstClient = Bytes.EMPTY;

  /** Whether enough different clients wait, and since when. */
  private boolean several;

  private long severalSince;
  private boolean dead;
  private long probed;

  UplinkHealth(HealthSettings settings) {
    this.settings = settings;
  }

  HealthSettings settings() {
    return settings;
  }

  /** A message was sent that nobody has to answer. */
  void passed() {
    forwarded.increment();
  }

  /** A message of a client was sent; true if the uplink has just been found dead. */
  boolean sent(Bytes client, long nowMillis) {
    forwarded.increment();
    synchronized (this) {
      if (unanswered++ == 0) {
        firstUnanswered = nowMillis;
        firstClient = settings.clients() > 1 ? client.compact() : Bytes.EMPTY;
        several = settings.clients() <= 1;
        severalSince = nowMillis;
      } else if (!several && !client.equals(firstClient)) {
        several = true;
        severalSince = nowMillis;
      }
      return isFoundDead(nowMillis);
    }
  }

  /** Judges by the time that has passed; true if the uplink has just been found dead. */
  synchronized boolean isFoundDead(long nowMillis) {
    boolean found =
        !dead
            && several
            && unanswered >= settings.unanswered()
            && nowMillis - severalSince >= settings.millis();
    if (found) {
      dead = true;
      probed = nowMillis;
    }
    return found;
  }

  /** It answered. */
  void answered() {
    answered.increment();
    synchronized (this) {
      unanswered = 0;
      several = false;
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

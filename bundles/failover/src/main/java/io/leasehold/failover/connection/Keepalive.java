// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.failover.effect.Moment;
import java.util.concurrent.TimeUnit;

/**
 * The two timers of a connection (RFC 8156 section 6.6): silence is borne for one's own keepalive
 * time, and broken after a part of the partner's (section 5.5.12; sections 6.1.2 and 6.1.3 say
 * otherwise and cannot be meant so).
 */
final class Keepalive {
  /** A partner may announce more than a timer can hold. */
  private static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(1);

  /** With less patience than this the partner hears something every second, if not more often. */
  private static final long SHORT_SECONDS = 4;

  private final long patienceSeconds;
  private final long sendNanos;
  private long deadAt;
  private long sendAt;

  Keepalive(long ownSeconds, long partnerSeconds, int contacts, Moment now) {
    patienceSeconds = ownSeconds;
    long part = TimeUnit.SECONDS.toNanos(Math.min(partnerSeconds, MOST_SECONDS)) / contacts;
    sendNanos = partnerSeconds < SHORT_SECONDS ? Math.min(part, TimeUnit.SECONDS.toNanos(1)) : part;
    heard(now);
    sent(now);
  }

  /** A message arrived, of any type. */
  void heard(Moment arrived) {
    deadAt = arrived.deadline(patienceSeconds);
  }

  /** A message was sent, of any type. */
  void sent(Moment now) {
    sendAt = now.steadyNanos() + sendNanos;
  }

  /** Whether the partner was silent for too long. */
  boolean isDead(Moment now) {
    return now.isAt(deadAt);
  }

  /** Whether the partner should hear something. */
  boolean isSendDue(Moment now) {
    return now.isAt(sendAt);
  }

  /** When one of the two comes to its end. */
  long deadline() {
    return Math.min(deadAt, sendAt);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import java.time.Duration;
import java.time.Instant;

/** When something last happened to an association. May be used from any thread. */
final class Moments {
  private final Surroundings surroundings;
  private final long beganNanos;
  private volatile Instant stateSince;
  private volatile long changedNanos;
  private volatile long heardNanos;
  private volatile long askedNanos;
  private volatile int unanswered;
  private volatile boolean draining;
  private volatile boolean doubted;
  private volatile long drainEndNanos;

  Moments(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.beganNanos = surroundings.nanos().getAsLong();
    this.changedNanos = beganNanos;
    this.heardNanos = beganNanos;
    this.stateSince = surroundings.clock().instant();
  }

  void changed() {
    long now = surroundings.nanos().getAsLong();
    changedNanos = now;
    heardNanos = now;
    stateSince = surroundings.clock().instant();
  }

  /** Another takes its place, within a time. */
  synchronized void drains(Duration within) {
    long end = surroundings.nanos().getAsLong() + within.toNanos();
    if (!draining || end - drainEndNanos < 0) {
      drainEndNanos = end;
      draining = true;
    }
  }

  boolean isDraining() {
    return draining;
  }

  /** Whether it had that time. */
  boolean isDrained(long now) {
    return draining && now - drainEndNanos >= 0;
  }

  synchronized void sent() {
    if (unanswered++ == 0) {
      askedNanos = surroundings.nanos().getAsLong();
    }
  }

  synchronized void received() {
    heardNanos = surroundings.nanos().getAsLong();
    unanswered = 0;
    doubted = false;
  }

  /** Whether it may be asked now if the peer is still there: once in each silence. */
  synchronized boolean doubt() {
    boolean first = !doubted;
    doubted = true;
    return first;
  }

  /** Whether that was asked, and nothing came since. */
  boolean isDoubted() {
    return doubted;
  }

  Instant stateSince() {
    return stateSince;
  }

  long inStateNanos(long now) {
    return now - changedNanos;
  }

  long ageNanos(long now) {
    return now - beganNanos;
  }

  long idleNanos(long now) {
    return now - heardNanos;
  }

  /** Messages sent since the last one came. */
  int unanswered() {
    return unanswered;
  }

  /** How long the first of them waits for an answer; 0 if there is none. */
  synchronized long waitingNanos(long now) {
    return unanswered == 0 ? 0 : now - askedNanos;
  }
}

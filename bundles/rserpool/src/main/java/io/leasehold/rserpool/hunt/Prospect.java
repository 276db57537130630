// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import io.leasehold.pool.RegistrarContact;
import io.leasehold.pool.RegistrarContact.State;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.security.Assurance;
import java.time.Instant;

/** A registrar that may become home, and how it went with it. */
final class Prospect {
  final KnownRegistrar place;

  /** The turn in which it was tried last; 0 before the first. */
  long tried;

  private long outdatedAt = SessionEvents.NEVER;
  private boolean distrusted;
  private long trustedAt;
  private State state = State.IDLE;
  private String why = "";
  private Assurance assurance = Assurance.NONE;
  private long since;

  /** One that is configured. */
  Prospect(KnownRegistrar place, long now) {
    this.place = place;
    this.since = now;
  }

  /** One that is forgotten then unless it is announced again. */
  static Prospect announced(KnownRegistrar place, long until, long now) {
    Prospect announced = new Prospect(place, now);
    announced.outdatedAt = until;
    return announced;
  }

  /** Whether it is known only because somebody has said so. */
  boolean isAnnounced() {
    return outdatedAt != SessionEvents.NEVER;
  }

  void announcedAgain(long until) {
    outdatedAt = isAnnounced() ? until : SessionEvents.NEVER;
  }

  /** When it is to be forgotten; never if it is configured. */
  long outdatedAt() {
    return outdatedAt;
  }

  void enter(State next, String reason, Assurance vouched, long now) {
    if (next != state) {
      since = now;
    }
    state = next;
    why = reason;
    assurance = vouched;
  }

  /** It did not prove who it is. */
  void distrust(long until) {
    distrusted = true;
    trustedAt = until;
  }

  boolean isDistrusted(long now) {
    distrusted = distrusted && now - trustedAt < 0;
    return distrusted;
  }

  boolean hasFailed() {
    return state == State.FAILED;
  }

  boolean isOutdated(long now) {
    return isAnnounced() && now - outdatedAt >= 0;
  }

  RegistrarContact contact(long now, Instant wall) {
    return new RegistrarContact(
        place.name(), state, why, assurance, wall.minusNanos(Math.max(0, now - since)));
  }

  /** What is wrong with it. */
  @Override
  public String toString() {
    return place.name() + ": " + why;
  }
}

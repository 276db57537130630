// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolRegistration.State;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.asap.Deregistration;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A place in one pool (RFC 5352 sections 3.1 and 3.2): registered while it is wanted, with the
 * values of the moment, and taken back when it is not. One thread.
 */
final class Membership {
  private static final int MOST_IDENTIFIERS = 3;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);

  private enum Pending {
    NOTHING,
    REGISTRATION,
    DEREGISTRATION
  }

  private final ElementSettings.Place place;
  private final ElementTimes times;
  private final Identifiers identifiers;
  private final ElementCounters counters;
  private final Home home;
  private final Consumer<String> events;

  private long identifier;
  private Readiness readiness = Readiness.absent("it is not known yet whether the server is ready");
  private long load;
  private boolean drained;
  private State state = State.NOT_READY;
  private String why = readiness.why();
  private long since;

  private Pending pending = Pending.NOTHING;
  private long pendingUntil = SessionEvents.NEVER;
  private long again = SessionEvents.NEVER;
  private PoolPolicy sent;
  private int attempts;
  private int renewals;
  private long wait = FIRST_WAIT.toNanos();
  private Optional<Ipv6> refusedBy = Optional.empty();

  /** Whether the home has to be asked once more, as soon as one answers. */
  private boolean owed;

  /** Whether a registrar may have it, until when at the latest, and whether one has said so. */
  private boolean entered;

  private long entryEnds;
  private boolean listed;

  /** Deregistrations that the present home has not answered. */
  private int unanswered;

  Membership(
      ElementSettings.Place place,
      ElementTimes times,
      Identifiers identifiers,
      ElementCounters counters,
      Home home,
      Consumer<String> events,
      long now) {
    this.place = place;
    this.times = times;
    this.identifiers = identifiers;
    this.counters = counters;
    this.home = home;
    this.events = events;
    this.since = now;
    this.identifier = identifiers.of(place.handle());
  }

  ElementSettings.Place place() {
    return place;
  }

  long identifier() {
    return identifier;
  }

  State state() {
    return state;
  }

  String why() {
    return why;
  }

  long since() {
    return since;
  }

  Readiness readiness() {
    return readiness;
  }

  /** Whether it is this membership that a registrar means. */
  boolean is(long element) {
    return element == identifier;
  }

  /** Whether a registrar may have it. */
  boolean isEntered() {
    return entered;
  }

  /** Whether more registrations had no answer than are to be borne silently. */
  boolean isUnheard() {
    return isWanted() && state != State.REFUSED && attempts > ElementTimes.MOST_ATTEMPTS;
  }

  int attempts() {
    return attempts;
  }

  void want(Readiness next, long now) {
    readiness = next;
    pursue(now);
  }

  void load(long next, long now) {
    load = next;
    pursue(now);
  }

  void drain(boolean isDrained, long now) {
    drained = isDrained;
    pursue(now);
  }

  private void pursue(long now) {
    if (!isWanted()) {
      leave(now);
      return;
    }
    if (state == State.NOT_READY || state == State.DRAINED || state == State.LEAVING) {
      enter(State.REGISTERING, "", now);
      attempts = 0;
      register(now);
    } else if (state != State.REFUSED
        && pending != Pending.REGISTRATION
        && !values().equals(sent)) {
      register(now);
    }
  }

  private boolean isWanted() {
    return readiness.isReady() && !drained;
  }

  private PoolPolicy values() {
    return place.policy().values(readiness.rank(), load);
  }

  private void enter(State next, String reason, long now) {
    boolean isNew = next != state || !reason.equals(why);
    since = next == state ? since : now;
    state = next;
    why = reason;
    if (isNew) {
      String word = next.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      events.accept(
          "pool " + place.handle() + ": " + word + (reason.isEmpty() ? "" : ": " + reason));
    }
  }

  /** RFC 5352 section 3.1 R2 to R4; without a home it is done when one is found. */
  private void register(long now) {
    settle();
    again = SessionEvents.NEVER;
    if (home.address().isEmpty()) {
      return;
    }
    sent = values();
    attempts++;
    PoolElement element =
        new PoolElement(
            identifier,
            0,
            (int) times.life().toSeconds(),
            place.transport(),
            sent,
            Optional.empty());
    if (home.send(new Registration(place.handle(), element))) {
      counters.registrations.increment();
      entered = true;
      entryEnds = now + times.life().toNanos();
      pending = Pending.REGISTRATION;
      pendingUntil = now + times.registration().toNanos();
    } else {
      owed = true;
      home.suspect("it takes no messages", now);
    }
  }

  private void settle() {
    pending = Pending.NOTHING;
    pendingUntil = SessionEvents.NEVER;
    owed = false;
  }

  private void leave(long now) {
    if (!entered) {
      settle();
      again = SessionEvents.NEVER;
      enter(drained ? State.DRAINED : State.NOT_READY, drained ? "drained" : readiness.why(), now);
    } else if (state != State.LEAVING) {
      enter(State.LEAVING, drained ? "drained" : readiness.why(), now);
      deregister(now);
    }
  }

  /** RFC 5352 section 3.2 D1 to D4. */
  private void deregister(long now) {
    settle();
    again = SessionEvents.NEVER;
    if (home.address().isEmpty()) {
      return;
    }
    if (home.send(new Deregistration(place.handle(), identifier))) {
      counters.deregistrations.increment();
      unanswered++;
      pending = Pending.DEREGISTRATION;
      pendingUntil = now + times.deregistration().toNanos();
    } else {
      owed = true;
      home.suspect("it takes no messages", now);
    }
  }

  /**
   * There is another home.
   *
   * @param hasIt whether it has this registration already
   */
  void homeFound(boolean hasIt, long now) {
    boolean isKept = hasIt && state == State.REGISTERED && pending == Pending.NOTHING && !owed;
    settle();
    unanswered = 0;
    if (isKept) {
      return;
    }
    if (state == State.LEAVING) {
      deregister(now);
    } else if (state == State.REFUSED && !home.address().equals(refusedBy)) {
      enter(State.REGISTERING, "", now);
      register(now);
    } else if (state == State.REGISTERED || state == State.REGISTERING) {
      enter(State.REGISTERING, why, now);
      register(now);
    }
  }

  void homeLost(String reason, long now) {
    settle();
    unanswered = 0;
    if (state == State.REGISTERED || state == State.REGISTERING) {
      again = SessionEvents.NEVER;
      enter(State.REGISTERING, "the home registrar is lost: " + reason, now);
    }
  }

  /** A home that was suspected answers after all. */
  void homeAnswers(long now) {
    if (owed && state == State.LEAVING) {
      deregister(now);
    } else if (owed) {
      register(now);
    }
  }

  void answered(RegistrationResponse response, long now) {
    if (!isWanted() || pending != Pending.REGISTRATION && !owed) {
      return;
    }
    settle();
    if (response.rejected()) {
      refused(response.error(), now);
      return;
    }
    counters.registered.increment();
    entered = true;
    listed = true;
    attempts = 0;
    renewals = 0;
    wait = FIRST_WAIT.toNanos();
    again = now + times.reregistration().toNanos();
    enter(
        State.REGISTERED,
        response.error().map(error -> "the registrar has changed values: " + error).orElse(""),
        now);
    pursue(now);
  }

  /** RFC 5352 section 3.1: not repeated unless something was corrected. */
  private void refused(Optional<OperationError> error, long now) {
    counters.refused.increment();
    entered = listed;
    refusedBy = home.address();
    String cause = error.map(each -> Refusals.text(each, place)).orElse("no cause is given");
    if (has(error, ErrorCause.NON_UNIQUE_PE_IDENTIFIER) && renewals < MOST_IDENTIFIERS) {
      renewals++;
      entered = false;
      listed = false;
      identifier = identifiers.renew(place.handle());
      register(now);
    } else if (has(error, ErrorCause.LACK_OF_RESOURCES)) {
      again = now + wait;
      wait = Math.min(2 * wait, times.refused().toNanos());
      enter(State.REFUSED, cause, now);
    } else {
      again = now + times.refused().toNanos();
      enter(State.REFUSED, cause, now);
    }
  }

  private static boolean has(Optional<OperationError> error, int code) {
    return error.map(each -> each.has(code)).orElse(false);
  }

  void left(DeregistrationResponse response, long now) {
    boolean isAnswer = unanswered > 0;
    unanswered = Math.max(0, unanswered - 1);
    if (state == State.LEAVING) {
      settle();
      if (response.error().isPresent()) {
        enter(
            State.LEAVING,
            "the registrar refuses to let it go: "
                + response.error().get()
                + "; its registration ends by itself",
            now);
        return;
      }
      entered = false;
      listed = false;
      leave(now);
    } else if (!isAnswer && response.error().isEmpty()) {
      expired(now);
    }
  }

  private void expired(long now) {
    counters.expired.increment();
    entered = false;
    listed = false;
    if (state == State.REGISTERED) {
      enter(State.REGISTERING, "the registration had expired", now);
      register(now);
    }
  }

  void onTimer(long now) {
    if (pending != Pending.NOTHING && now >= pendingUntil) {
      // RFC 5352 sections 3.1 and 3.2: T2 or T3; the next home is asked.
      String what = pending == Pending.REGISTRATION ? "a registration" : "a deregistration";
      settle();
      owed = true;
      counters.unanswered.increment();
      home.suspect("it does not answer " + what, now);
    }
    if (now >= again) {
      if (state == State.REFUSED) {
        enter(State.REGISTERING, why, now);
      }
      register(now);
    }
    if (state == State.LEAVING && now >= entryEnds) {
      entered = false;
      listed = false;
      leave(now);
    }
  }

  long deadline() {
    long earliest = Math.min(pendingUntil, again);
    return state == State.LEAVING ? Math.min(earliest, entryEnds) : earliest;
  }
}

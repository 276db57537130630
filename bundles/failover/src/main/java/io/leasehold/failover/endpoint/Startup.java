// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.lease.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * STARTUP (RFC 8156 section 8.3): waits a little for the partner before anything is promised, and
 * then goes on as it was.
 */
final class Startup {
  /**
   * How much longer than it was written a server may have run that did not stop in good order:
   * twice as often it is written, and some.
   */
  static final long UNKNOWN_SECONDS = 15;

  private static final Set<ServerState> RECOVERING =
      EnumSet.of(ServerState.RECOVER, ServerState.RECOVER_WAIT, ServerState.RECOVER_DONE);

  private final FailoverSettings settings;
  private final EndpointRecord stored;
  private final ServerState previous;
  private final long since;
  private long deadline = Moment.NEVER;

  /** Begins with what is stored, or with what counts where nothing is. */
  Startup(FailoverSettings settings, EndpointRecord stored, Moment now) {
    this.settings = settings;
    this.stored = stored;
    this.previous = previous(settings.role(), stored.own().state());
    this.since = previous == stored.own().state() ? stored.own().since() : now.wallSeconds();
  }

  /** Step 2 of section 8.3.2: states that need the partner end with the connection. */
  private static ServerState previous(Role role, ServerState was) {
    if (was == ServerState.CONFLICT_DONE && role == Role.SECONDARY) {
      return ServerState.RESOLUTION_INTERRUPTED; // it was the primary then
    }
    return StateTable.onLost(was).orElse(was);
  }

  /** Begins to wait. */
  void begin(Moment now) {
    deadline = now.deadline(settings.startupSeconds());
  }

  /** When waiting is over, steady nanoseconds. */
  long deadline() {
    return deadline;
  }

  /** The state that STATE names meanwhile. */
  ServerState previous() {
    return previous;
  }

  /** Since when that state holds: over STARTUP it goes on. */
  long since() {
    return since;
  }

  /**
   * Since when this server has surely promised nothing: as long as it was down, and longer if it
   * did not serve before, either.
   */
  long quietSince(Moment now) {
    EndpointRecord.Past past = stored.past();
    ServerState was = stored.own().state();
    boolean wasQuiet = was == ServerState.RECOVER || was == ServerState.RECOVER_WAIT;
    if (wasQuiet || past.lastRunning() == 0) {
      return Math.min(past.quietSince(), now.wallSeconds());
    }
    long slack = past.hasStopped() ? 0 : UNKNOWN_SECONDS;
    return Math.min(past.lastRunning() + slack, now.wallSeconds());
  }

  /** What follows, if the partner was heard or the time is over. */
  Optional<Step> next(PartnerView partner, Moment now) {
    if (partner.isIn(ServerState.PARTNER_DOWN)) {
      return Optional.of(partnerServedAlone(partner.record().since(), now));
    }
    if (partner.isInContact()) {
      return Optional.of(step(previous, now, "The partner was heard."));
    }
    if (!now.isAt(deadline)) {
      return Optional.empty();
    }
    if (settings.commissionAlone() && isNew()) {
      // If there was one before, and only this server's disk is new, it knows more.
      return Optional.of(
          new Step(
              ServerState.PARTNER_DOWN,
              now.wallSeconds(),
              past -> past.learning(true),
              "Commissioned alone, and no partner was heard.",
              false));
    }
    return Optional.of(step(previous, now, "The partner was not heard during start-up."));
  }

  private boolean isNew() {
    return previous == ServerState.RECOVER
        && !stored.past().hasCommunicated()
        && !stored.past().hasServed()
        && stored.partner().state().isEmpty();
  }

  /**
   * Step 5. Whoever was recovering from a partner that serves alone goes on with that: a conflict
   * would ask for less than was lost.
   */
  private Step partnerServedAlone(long downSince, Moment now) {
    boolean isSinceBefore =
        downSince < stored.past().lastRunning() - FailoverMessage.SAME_TIME_SECONDS;
    if (!isSinceBefore) {
      return step(
          ServerState.RECOVER, now, "The partner has served alone since this server stopped.");
    }
    if (RECOVERING.contains(previous)) {
      return step(previous, now, "The partner serves alone until this server has recovered.");
    }
    return step(
        ServerState.POTENTIAL_CONFLICT, now, "The partner served alone while this server ran.");
  }

  private Step step(ServerState to, Moment now, String why) {
    long entered = to == previous ? since : now.wallSeconds();
    long quiet = quietSince(now);
    return new Step(to, entered, past -> past.quiet(quiet), why, false);
  }
}

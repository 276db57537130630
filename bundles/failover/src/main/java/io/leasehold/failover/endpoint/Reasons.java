// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;

/** Why a state ends, by how things stand. Owner: the endpoint's thread. */
final class Reasons {
  private final FailoverSettings settings;
  private final NoteKeeper notes;
  private final PartnerView partner;
  private final Startup startup;
  private final Recovery recovery = new Recovery();
  private final Inquiry inquiry = new Inquiry();
  private final Conflict conflict;
  private final Orders orders = new Orders();
  private long reportsBefore;
  private boolean hasTold;
  private long silenceDeadline = Moment.NEVER;

  Reasons(FailoverSettings settings, NoteKeeper notes, PartnerView partner, Startup startup) {
    this.settings = settings;
    this.notes = notes;
    this.partner = partner;
    this.startup = startup;
    this.conflict = new Conflict(settings.role());
  }

  Startup startup() {
    return startup;
  }

  Recovery recovery() {
    return recovery;
  }

  Inquiry inquiry() {
    return inquiry;
  }

  Orders orders() {
    return orders;
  }

  /** When COMMUNICATIONS-INTERRUPTED ends by itself, steady nanoseconds. */
  long silenceDeadline() {
    return silenceDeadline;
  }

  /** The earliest moment at which a state can end by time alone. */
  long deadline(ServerState state) {
    return switch (state) {
      case STARTUP -> startup.deadline();
      case RECOVER_WAIT -> recovery.deadline(notes.durable());
      case COMMUNICATIONS_INTERRUPTED -> silenceDeadline;
      case NORMAL, PARTNER_DOWN, POTENTIAL_CONFLICT, RECOVER, RECOVER_DONE -> Moment.NEVER;
      case RESOLUTION_INTERRUPTED, CONFLICT_DONE -> Moment.NEVER;
    };
  }

  /** The change that is due, if one is. */
  Optional<Step> next(ServerState state, Moment now) {
    Optional<Step> due = orders.next(state, notes.durable().own().state(), now);
    if (due.isEmpty() && state == ServerState.STARTUP) {
      due = startup.next(partner, now);
    } else if (due.isEmpty()) {
      due = byPartner(state, now).or(() -> byItself(state, now));
    }
    if (due.isPresent() && due.get().to() != state) {
      // What the partner said before STARTUP ended counts afterwards, too (section 8.3.2 step 5).
      reportsBefore = state == ServerState.STARTUP ? 0 : partner.reports();
    }
    return due;
  }

  private Optional<Step> byPartner(ServerState state, Moment now) {
    if (!partner.isInContact()) {
      return StateTable.onLost(state)
          .map(to -> Step.to(to, now, "Communications with the partner are interrupted."));
    }
    if (!counts(state)) {
      return Optional.empty();
    }
    return partner
        .state()
        .flatMap(theirs -> StateTable.onPartner(settings.role(), state, theirs))
        .filter(to -> to != ServerState.NORMAL || !owesLearning(state) && !owesTelling(state))
        .map(to -> Step.to(to, now, "The partner is in " + partner.state().get().word() + "."));
  }

  /**
   * Whether a server serves alone without what its partner knows, because it was made to when its
   * disk was lost. The partner takes it for one that has everything, and asks it; so it asks, too,
   * before both serve together.
   */
  private boolean owesLearning(ServerState state) {
    return state == ServerState.PARTNER_DOWN && notes.durable().past().learnsAll();
  }

  /**
   * Whether the partner would serve next without knowing what this server has given of its part
   * since it sent it all updates: if the connection broke at once, it would give that again.
   */
  private boolean owesTelling(ServerState state) {
    return state == ServerState.PARTNER_DOWN && !hasTold;
  }

  /** Whether this server serves alone, and the partner waits to serve with it (section 8.7). */
  boolean isAwaited(ServerState state) {
    return state == ServerState.PARTNER_DOWN
        && partner.isIn(ServerState.RECOVER_DONE)
        && counts(state);
  }

  /** Whether the partner knows all that is to be told of by itself. */
  boolean hasTold() {
    return hasTold;
  }

  /** That has changed. */
  void told(boolean isAll) {
    hasTold = isAll;
  }

  /**
   * Whether the partner's last word ends a state. What it said before PARTNER-DOWN was ordered, or
   * before a conflict was resolved, does not; nor what it says in STARTUP to one in PARTNER-DOWN
   * (section 8.4.2).
   */
  private boolean counts(ServerState state) {
    return switch (state) {
      case PARTNER_DOWN -> partner.reports() > reportsBefore && !partner.flags().startup();
      case CONFLICT_DONE -> partner.reports() > reportsBefore;
      case STARTUP, NORMAL, COMMUNICATIONS_INTERRUPTED, RECOVER, RECOVER_WAIT, RECOVER_DONE -> true;
      case POTENTIAL_CONFLICT, RESOLUTION_INTERRUPTED -> true;
    };
  }

  private Optional<Step> byItself(ServerState state, Moment now) {
    return switch (state) {
      case RECOVER -> inquiry.isAnswered() ? Optional.of(Recovery.learned(now)) : Optional.empty();
      case RECOVER_WAIT -> recovery.waited(notes.durable(), partner, now);
      case POTENTIAL_CONFLICT ->
          inquiry.isAnswered() ? Optional.of(conflict.learned(now)) : Optional.empty();
      case COMMUNICATIONS_INTERRUPTED -> silence(now);
      case PARTNER_DOWN -> inquiry.isAnswered() ? Optional.of(learned()) : Optional.empty();
      case STARTUP, NORMAL, RECOVER_DONE, RESOLUTION_INTERRUPTED, CONFLICT_DONE -> Optional.empty();
    };
  }

  private Step learned() {
    return new Step(
        ServerState.PARTNER_DOWN,
        notes.durable().own().since(),
        past -> past.learning(false),
        "The partner has sent all updates.",
        false);
  }

  private Optional<Step> silence(Moment now) {
    return now.isAt(silenceDeadline)
        ? Optional.of(
            Step.to(
                ServerState.PARTNER_DOWN,
                now,
                "The partner was silent for auto.partner.down.seconds ("
                    + settings.autoPartnerDownSeconds()
                    + ")."))
        : Optional.empty();
  }

  /**
   * Counts the silence of the partner, as long as there is any.
   *
   * @param isServing whether this server could serve alone at all
   */
  void watch(ServerState state, boolean isServing, Moment now) {
    boolean isSilent = state == ServerState.COMMUNICATIONS_INTERRUPTED && !partner.isInContact();
    if (!isSilent || !isServing || settings.autoPartnerDownSeconds() == 0) {
      silenceDeadline = Moment.NEVER;
    } else if (silenceDeadline == Moment.NEVER) {
      silenceDeadline = now.deadline(settings.autoPartnerDownSeconds());
    }
  }

  /** What is to be asked of the partner now; empty for nothing. True stands for everything. */
  Optional<Boolean> toAsk(ServerState state) {
    boolean isTurn =
        switch (state) {
          case RECOVER -> partner.isInContact();
          case POTENTIAL_CONFLICT -> conflict.isOurTurn(partner);
          case PARTNER_DOWN ->
              owesLearning(state) && partner.isInContact() && !partner.flags().startup();
          case STARTUP, NORMAL, COMMUNICATIONS_INTERRUPTED -> false;
          case RECOVER_WAIT, RECOVER_DONE, RESOLUTION_INTERRUPTED, CONFLICT_DONE -> false;
        };
    return isTurn && !inquiry.isAsked()
        ? Optional.of(Recovery.asksAll(notes.durable(), partner))
        : Optional.empty();
  }
}

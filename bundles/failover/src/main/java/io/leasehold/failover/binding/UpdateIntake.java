// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.connection.Session;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * BNDUPDs of the partner. One edit is on its way at a time; what comes meanwhile is the next one.
 * Each BNDUPD has one BNDREPLY, when what it changed is durable (RFC 8156 section 7.5.3).
 */
final class UpdateIntake {
  private final Supplier<BindingJudge> judge;
  private final Predicate<LeaseKey> contains;
  private final int most;
  private final Outbox outbox;
  private final Listener listener;

  private Session session;
  private List<ReceivedUpdate> waiting = new ArrayList<>();
  private boolean isEditing;
  private boolean isLossy;
  private boolean hasWarned;
  private long editAt = Moment.NEVER;
  private long received;
  private long refused;

  /** Who hears of it. */
  interface Listener {
    /** What leases are now, before the partner hears that they are. */
    void onTaken(List<LeaseChange> changes, Moment now);

    /** Updates were answered. */
    void onAnswered(Moment now);
  }

  /**
   * An intake.
   *
   * @param judge as the relationship stands
   * @param most how many may wait before the partner does what it must not
   */
  UpdateIntake(
      Supplier<BindingJudge> judge,
      Predicate<LeaseKey> contains,
      int most,
      Outbox outbox,
      Listener listener) {
    this.judge = judge;
    this.contains = contains;
    this.most = most;
    this.outbox = outbox;
    this.listener = listener;
  }

  void onUp(Session partner) {
    session = partner;
    isLossy = false;
  }

  /** Answers are for the connection on which was asked. */
  void onDown() {
    session = null;
    waiting = new ArrayList<>();
  }

  /** Whether updates wait for what they change. */
  boolean isEditing() {
    return isEditing;
  }

  /** Whether everything that came is durable. */
  boolean isIdle() {
    return !isEditing && waiting.isEmpty();
  }

  /** Whether something that came on this connection could not be made durable. */
  boolean isLossy() {
    return isLossy;
  }

  /** How many leases came. */
  long received() {
    return received;
  }

  /** How many of them were not taken. */
  long refused() {
    return refused;
  }

  /** Takes one; false if there are more than the partner may send. */
  boolean onUpdate(FailoverMessage message, Moment now) {
    if (session == null) {
      return true;
    }
    if (waiting.size() >= most) {
      return false;
    }
    ReceivedUpdate update =
        new ReceivedUpdate(message.transactionId(), session.tellsDhcp4(), message.options());
    update.check(contains, judge.get(), now.wallSeconds());
    warnOfDns(update);
    waiting.add(update);
    editAt = Math.min(editAt, now.steadyNanos());
    return true;
  }

  /** What has come in one turn is one edit. */
  void onTimer(Moment now) {
    editAt = Moment.NEVER;
    edit(now);
  }

  /** When {@link #onTimer} has something to do. */
  long deadline() {
    return editAt;
  }

  /** This server updates no DNS: names stay with the one that does (section 9). */
  private void warnOfDns(ReceivedUpdate update) {
    if (!hasWarned && update.saysDns()) {
      hasWarned = true;
      outbox.warn(
          "the partner sends names of clients; this server does no DNS updates and keeps none");
    }
  }

  private void edit(Moment now) {
    if (isEditing || waiting.isEmpty()) {
      return;
    }
    List<ReceivedUpdate> round = waiting;
    waiting = new ArrayList<>();
    List<Edit> edits = round.stream().flatMap(update -> update.edits().stream()).toList();
    isEditing = true;
    Session asked = session;
    if (edits.isEmpty()) {
      answer(round, List.of(), asked, now);
      return;
    }
    outbox.edit(
        edits,
        new Completion<>() {
          @Override
          public void done(List<Outcome> outcomes, Moment at) {
            answer(round, outcomes, asked, at);
          }

          @Override
          public void failed(String why, Moment at) {
            StatusCode status =
                new StatusCode(Dhcp6StatusCode.UNSPEC_FAIL, "leases cannot be stored now");
            round.forEach(update -> update.refuse(status));
            outbox.warn("updates of the partner are refused: " + why);
            isLossy |= asked == session;
            answer(round, List.of(), asked, at);
          }
        });
  }

  private void answer(
      List<ReceivedUpdate> round, List<Outcome> outcomes, Session asked, Moment now) {
    Iterator<Outcome> each = outcomes.iterator();
    round.forEach(update -> update.take(each));
    listener.onTaken(round.stream().flatMap(ReceivedUpdate::changes).toList(), now);
    for (ReceivedUpdate update : round) {
      received += update.size();
      refused += update.refused();
      if (asked == session && session != null) {
        session.answer(Dhcp6MessageType.BNDREPLY, update.id(), update.answer(), now);
      }
    }
    isEditing = false;
    edit(now);
    listener.onAnswered(now);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.connection.Session;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.failover.pool.RelationshipFacts;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The exchange of leases with the partner (RFC 8156 section 7): what it has to hear of goes out,
 * what it says comes in. Which leases it has to hear of is marked in them; what {@link
 * #onCommitted} says only saves looking. For the thread of the relationship.
 */
public final class Bindings {
  private static final int MOST_HELD = 4096;

  private final BindingsListener listener;
  private final UpdateSender sender;
  private final UpdateIntake intake;
  private final FullUpdate asked;
  private final LongSupplier doubtedUntil;

  /** Changes while an edit of the intake is on its way. */
  private final List<LeaseChange> held = new ArrayList<>();

  private Session session;
  private long refusedBefore;

  /**
   * An exchange without a connection; nothing is sent by itself.
   *
   * @param facts how the relationship stands
   * @param doubtedUntil until when clients may have been given what they have by clocks that were
   *     apart, in seconds since 1970
   * @param contains whether a unit is of a subnet of the relationship
   */
  public Bindings(
      FailoverSettings settings,
      Supplier<RelationshipFacts> facts,
      LongSupplier doubtedUntil,
      Predicate<LeaseKey> contains,
      BindingsListener listener,
      Outbox outbox) {
    this.listener = listener;
    this.doubtedUntil = doubtedUntil;
    this.sender = new UpdateSender(settings.progressSeconds(), listener, outbox);
    this.intake =
        new UpdateIntake(
            () -> judgeBy(facts.get()), contains, 2 * settings.maxUnacked(), outbox, new Intake());
    this.asked = new FullUpdate(settings.progressSeconds());
  }

  /** Who asks for everything in RECOVER has lost what it had (RFC 8156 section 8.5.1). */
  private BindingJudge judgeBy(RelationshipFacts facts) {
    boolean hasLost = facts.state() == ServerState.RECOVER && asked.isForAll();
    return new BindingJudge(
        facts.role(), facts.largestMcltSeconds(), hasLost, doubtedUntil.getAsLong());
  }

  /** Leases that became durable, those that were changed here too. */
  public void onCommitted(List<LeaseChange> changes, Moment now) {
    if (!intake.isEditing()) {
      sender.onCommitted(changes, now);
    } else if (held.size() < MOST_HELD) {
      held.addAll(changes);
    } else {
      sender.onMissed(now);
    }
  }

  /** Some changes were not told with {@link #onCommitted}: they are looked for. */
  public void onMissed(Moment now) {
    sender.onMissed(now);
  }

  /** A connection on which both have said CONNECT; one before is over. */
  public void onUp(Session partner, Moment now) {
    session = partner;
    asked.forget();
    intake.onDown();
    intake.onUp(partner);
    sender.onUp(partner, now);
  }

  /** The connection is lost; what was asked for on it is forgotten, on both sides. */
  public void onDown(Moment now) {
    session = null;
    asked.forget();
    intake.onDown();
    sender.onDown();
  }

  /** A BNDUPD. */
  public void onUpdate(FailoverMessage message, Moment now) {
    asked.progress(now);
    if (!intake.onUpdate(message, now)) {
      listener.onStalled("the partner sends more updates than it may", now);
    }
  }

  /** A BNDREPLY. */
  public void onReply(FailoverMessage message, Moment now) {
    sender.onReply(message, now);
  }

  /** An UPDREQ, or UPDREQALL. */
  public void onUpdateRequest(int id, boolean all, Moment now) {
    sender.onRequest(id, all, now);
  }

  /** An UPDDONE. */
  public void onUpdateDone(int id, Moment now) {
    if (session != null) {
      asked.onDone(session, id, now);
      durable(now);
    }
  }

  /** Hears of what the partner told. */
  private final class Intake implements UpdateIntake.Listener {
    @Override
    public void onTaken(List<LeaseChange> changes, Moment now) {
      sender.onCommitted(changes, now);
    }

    /** What refusals make due follows the answer (RFC 8156 section 7.5.4). */
    @Override
    public void onAnswered(Moment now) {
      List<LeaseChange> changes = List.copyOf(held);
      held.clear();
      sender.onCommitted(changes, now);
      durable(now);
    }
  }

  private void durable(Moment now) {
    if (intake.refused() != refusedBefore) {
      refusedBefore = intake.refused();
      sender.onRefused(now);
    }
    if (!asked.isAnswered() || !intake.isIdle()) {
      return;
    }
    asked.over();
    if (intake.isLossy()) {
      listener.onStalled("what the partner sent could not be stored", now);
    } else {
      listener.onRequestDone(now);
    }
  }

  /**
   * Whether the partner hears of leases that are due without asking (RFC 8156 section 8: in NORMAL
   * and CONFLICT-DONE). Holds over connections.
   */
  public void sending(boolean all, Moment now) {
    sender.sending(all, now);
  }

  /**
   * Asks the partner for what it has not told, or for everything. Nothing without a connection; a
   * lost one ends it.
   */
  public void request(boolean all, Moment now) {
    if (session != null) {
      asked.request(session, all, now);
    }
  }

  /** To be called when {@link #deadline} has come, and whenever else. */
  public void onTimer(Moment now) {
    intake.onTimer(now);
    if (now.isAt(asked.deadline())) {
      asked.forget();
      listener.onStalled("the update that was asked for does not go on", now);
    } else {
      sender.onTimer(now);
    }
  }

  /** Whether {@link #onTimer} has something to do at once. */
  boolean hasWork() {
    return intake.deadline() != Moment.NEVER || sender.hasWork();
  }

  /** Steady nanoseconds, or {@link Moment#NEVER}. */
  public long deadline() {
    return Math.min(asked.deadline(), Math.min(intake.deadline(), sender.deadline()));
  }

  /** Leases that wait to be told; while there is no connection nobody counts them. */
  public int waiting() {
    return sender.waiting();
  }

  /** BNDUPDs that the partner has not answered. */
  public int unanswered() {
    return sender.unanswered();
  }

  /** When the partner answered last, in seconds since 1970. */
  public OptionalLong lastAnswered() {
    return sender.lastAnswered();
  }

  /** Leases that were told, and those that were not taken, since the start; by name. */
  public Map<String, Long> counters() {
    return Map.of(
        "leases-sent", sender.sent(),
        "leases-sent-rejected", sender.rejected(),
        "leases-received", intake.received(),
        "leases-received-rejected", intake.refused());
  }
}

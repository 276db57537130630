// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.binding.AckWriter.Ack;
import io.leasehold.failover.connection.Session;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tells the partner of leases: by itself of those that are due, when asked of those or all (RFC
 * 8156 sections 5.3.5 to 5.3.7 and 7.4).
 */
final class UpdateSender implements LeaseWalk.Visitor {
  /** Leases kept here; what is more is found by its marks. */
  private static final int MOST_WAITING = 1 << 15;

  /** Leases that are left when the next page is looked at. */
  private static final int FEW_WAITING = 256;

  private static final int MOST_ANNOUNCED = 256;
  private static final long PERIODIC_SCAN_SECONDS = 60;

  private final BindingsListener listener;
  private final Outbox outbox;
  private final UpdateQueue queue = new UpdateQueue();
  private final UpdateWindow window;
  private final LeaseWalk walk;
  private final AckWriter promises;
  private final AckWriter ends;
  private final Refusals refusals;
  private final Deque<Lease> announced = new ArrayDeque<>();
  private final Set<Integer> owed = new LinkedHashSet<>();

  private Session session;
  private boolean byItself;
  private boolean isCaughtUp;

  /** Whether there may be leases that are due and not in the queue: a walk is to be begun. */
  private boolean isDoubtful;

  private boolean isAll;
  private int announcing;
  private long connections;
  private long scanAt = Moment.NEVER;

  /** What answers and changes of leases make necessary is done for all of one turn together. */
  private long workAt = Moment.NEVER;

  private long answeredAt;
  private long sent;
  private long rejected;
  private boolean hasWarned;

  UpdateSender(long stallSeconds, BindingsListener listener, Outbox outbox) {
    this.listener = listener;
    this.outbox = outbox;
    this.window = new UpdateWindow(stallSeconds);
    this.walk = new LeaseWalk(outbox, this);
    this.promises = new AckWriter(outbox, outbox::amend, this::acknowledged);
    this.ends = new AckWriter(outbox, outbox::edit, this::acknowledged);
    this.refusals = new Refusals(outbox);
  }

  void onUp(Session partner, Moment now) {
    onDown();
    session = partner;
    window.open(partner.maxUnacked());
    refusals.onUp();
    isDoubtful = true;
    work(now);
  }

  void onDown() {
    session = null;
    connections++;
    window.close();
    queue.clear();
    announced.clear();
    announcing = 0;
    owed.clear();
    isAll = false;
    isCaughtUp = false;
    walk.end();
    scanAt = Moment.NEVER;
  }

  /** Whether what is due is told without being asked for. */
  void sending(boolean all, Moment now) {
    if (all != byItself) {
      byItself = all;
      isCaughtUp = false;
      if (all) {
        isDoubtful = true;
      } else {
        queue.keepAsked();
      }
    }
    work(now);
  }

  /** Some changes were not heard of: everything that waits may be out of date. */
  void onMissed(Moment now) {
    isDoubtful = true;
    work(now);
  }

  /** The partner wants what it has not acknowledged, or everything. */
  void onRequest(int id, boolean all, Moment now) {
    if (session != null) {
      owed.add(id);
      isAll |= all;
      walk.begin();
      work(now);
    }
  }

  void onCommitted(List<LeaseChange> changes, Moment now) {
    if (session == null) {
      return;
    }
    for (LeaseChange change : changes) {
      walk.onCommitted(change);
      change.lease().ifPresentOrElse(lease -> changed(lease, now), () -> queue.drop(change.key()));
    }
    soon(now);
  }

  private void soon(Moment now) {
    workAt = Math.min(workAt, now.steadyNanos());
  }

  private void changed(Lease lease, Moment now) {
    LeaseMarks marks = LeaseMarks.of(lease);
    boolean isAsked = queue.isAsked(lease.key());
    queue.changed(lease);
    if (queue.isWaiting(lease.key()) && (marks.isDue() || isAsked && isAll)) {
      queue.offer(lease, isAsked);
    } else if (!marks.isDue()) {
      queue.drop(lease.key());
    } else if (marks.isResting()) {
      scanLater(now);
    } else if (byItself && canTell(lease)) {
      if (queue.waiting() < MOST_WAITING) {
        queue.offer(lease, false);
      } else {
        isDoubtful = true;
      }
    }
  }

  @Override
  public boolean visit(Lease lease) {
    boolean isAsked = !owed.isEmpty();
    boolean isWanted = isAsked && isAll || LeaseMarks.isUntold(lease);
    boolean isTold = session != null && isWanted && canTell(lease);
    if (isTold) {
      queue.offer(lease, isAsked);
    }
    return isTold;
  }

  private boolean canTell(Lease lease) {
    boolean tellsDhcp4 = session != null && session.tellsDhcp4();
    boolean can = BindingWriter.canTell(lease, tellsDhcp4);
    if (!can && !hasWarned && (tellsDhcp4 || !BindingWriter.isDhcp4(lease))) {
      hasWarned = true;
      outbox.warn("the partner cannot be told of " + lease.key() + " and the like");
    }
    return can;
  }

  @Override
  public void paged(Moment now) {
    work(now);
  }

  /** Does all that can be done now. */
  private void work(Moment now) {
    if (session == null) {
      return;
    }
    if (queue.waiting() > 0 || !announced.isEmpty()) {
      announce();
      tell(now);
    }
    if (byItself && isDoubtful && walk.isDone()) {
      isDoubtful = false;
      walk.begin();
    }
    if (queue.waiting() < FEW_WAITING) {
      walk.advance();
    }
    if (walk.isDone() && !queue.hasAsked()) {
      owed.forEach(id -> session.answer(Dhcp6MessageType.UPDDONE, id, Options.EMPTY, now));
      owed.clear();
      isAll = false;
      if (!byItself) {
        queue.keepAsked();
      }
    }
    if (byItself && !isCaughtUp && walk.isDone() && queue.isEmpty()) {
      isCaughtUp = true;
      listener.onCaughtUp(now);
    }
  }

  /** Marks those that have to be, from the head of the queue. */
  private void announce() {
    List<Announcement> round = new ArrayList<>();
    Lease next = queue.peek();
    while (next != null
        && Announcement.isNeeded(next)
        && announcing + announced.size() < MOST_ANNOUNCED) {
      round.add(new Announcement(queue.announce()));
      announcing++;
      next = queue.peek();
    }
    if (round.isEmpty()) {
      return;
    }
    long connection = connections;
    List<Edit> edits = round.stream().map(each -> new Edit(each.lease().key(), each)).toList();
    outbox.edit(
        edits,
        new Completion<>() {
          @Override
          public void done(List<Outcome> outcomes, Moment now) {
            announced(round, connection, now);
          }

          @Override
          public void failed(String why, Moment now) {
            outbox.warn("ends of leases cannot be recorded: " + why);
            if (!owed.isEmpty() && connection == connections) {
              listener.onStalled("what the partner asked for cannot be said", now);
            }
            announced(
                round.stream().map(each -> new Announcement(each.lease())).toList(),
                connection,
                now);
            scanLater(now);
          }
        });
  }

  private void announced(List<Announcement> round, long connection, Moment now) {
    if (connection != connections) {
      return;
    }
    announcing -= round.size();
    for (Announcement each : round) {
      each.announced().ifPresentOrElse(announced::add, () -> queue.settled(each.lease().key()));
    }
    work(now);
  }

  private void tell(Moment now) {
    UpdateRound round = new UpdateRound(window.room());
    while (!announced.isEmpty() && round.hasPlace(announced.peek())) {
      Lease lease = announced.poll();
      if (queue.tell(lease)) {
        round.add(lease);
      }
    }
    Lease next = queue.peek();
    while (next != null && !Announcement.isNeeded(next) && round.hasPlace(next)) {
      round.add(queue.take());
      next = queue.peek();
    }
    for (List<Lease> leases : round.updates()) {
      Options options = BindingWriter.write(leases, now.wallSeconds()).toOptions();
      window.sent(session.send(Dhcp6MessageType.BNDUPD, options, now), leases, now);
      sent += leases.size();
    }
    if (!round.updates().isEmpty() && queue.peek() != null) {
      announce();
    }
  }

  /** Takes a BNDREPLY; one that answers nothing is ignored. */
  void onReply(FailoverMessage message, Moment now) {
    UpdateWindow.Sent sent = window.answered(message.transactionId(), now);
    if (session == null || sent == null) {
      return;
    }
    session.settled(message.transactionId());
    answeredAt = now.wallSeconds();
    UpdateAcks answer = UpdateAcks.read(message.options());
    for (Lease lease : sent.leases()) {
      if (answer.isTaken(lease.key())) {
        taken(lease, answer, sent.at());
      } else {
        rejected++;
        refusals.refused(lease.key(), answer.refusal());
        answer
            .rejected(lease)
            .ifPresentOrElse(
                edit -> ends.add(new Ack(edit, connections)), () -> queue.settled(lease.key()));
        scanLater(now);
      }
    }
    soon(now);
  }

  private void taken(Lease lease, UpdateAcks answer, long at) {
    Optional<Edit> left = isAll ? UpdateAcks.left(lease) : Optional.empty();
    AckWriter writer = left.isEmpty() && answer.isPromise(lease) ? promises : ends;
    writer.add(new Ack(left.orElseGet(() -> answer.edit(lease, at)), connections));
  }

  private void acknowledged(List<Ack> round, Moment now) {
    if (promises.hasFailed() | ends.hasFailed()) {
      scanLater(now);
    }
    for (Ack ack : round) {
      if (ack.connection() == connections) {
        queue.settled(ack.edit().key());
      }
    }
    soon(now);
  }

  private void scanLater(Moment now) {
    if (scanAt == Moment.NEVER) {
      scanAt = now.deadline(PERIODIC_SCAN_SECONDS);
    }
  }

  /** An update of the partner was refused, and may be so again: a scan tells it why. */
  void onRefused(Moment now) {
    scanLater(now);
  }

  void onTimer(Moment now) {
    workAt = Moment.NEVER;
    promises.write();
    ends.write();
    walk.onTimer(now);
    if (now.isAt(scanAt)) {
      scanAt = Moment.NEVER;
      isDoubtful = true;
    }
    if (now.isAt(window.deadline())) {
      listener.onStalled("the partner does not answer binding updates", now);
    } else {
      work(now);
    }
  }

  /** Whether {@link #onTimer} has something to do at once. */
  boolean hasWork() {
    return workAt != Moment.NEVER;
  }

  long deadline() {
    return Math.min(Math.min(scanAt, workAt), Math.min(walk.deadline(), window.deadline()));
  }

  int waiting() {
    return queue.waiting() + announcing + announced.size();
  }

  int unanswered() {
    return window.unanswered();
  }

  /** When the partner answered last, in seconds since 1970. */
  OptionalLong lastAnswered() {
    return answeredAt == 0 ? OptionalLong.empty() : OptionalLong.of(answeredAt);
  }

  /** How many leases the partner was told of. */
  long sent() {
    return sent;
  }

  /** How many leases the partner did not take. */
  long rejected() {
    return rejected;
  }
}

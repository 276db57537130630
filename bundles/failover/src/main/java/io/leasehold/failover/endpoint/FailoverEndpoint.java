// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.allocation.GovernorView;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.FailoverStatus;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.connection.Session;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One relationship of this server with a partner (RFC 8156). What happens goes in with the time,
 * what is to be done comes out of {@link #poll}; nothing blocks. All methods are for the one thread
 * that owns it, except {@link #view}.
 */
public final class FailoverEndpoint {
  private final Relationship its;
  private volatile GovernorView view;

  /**
   * An endpoint in STARTUP.
   *
   * @param settings its configuration
   * @param note what the last {@link Effect.Persist} wrote, if one ever did
   * @param contains whether a lease is of this relationship, by the plan in force
   * @param pools what there is to give, by the plan in force
   * @param ids where the first transaction id of each connection is from
   */
  public FailoverEndpoint(
      FailoverSettings settings,
      Optional<Bytes> note,
      Predicate<LeaseKey> contains,
      Supplier<List<GovernedLeases.Pool>> pools,
      RandomGenerator ids,
      Moment now) {
    this.its = new Relationship(settings, note, contains, pools, ids, now);
    this.view = its.views.view();
  }

  /** Begins: the primary connects, the secondary takes connections. */
  public void start(Moment now) {
    its.reasons.startup().begin(now);
    its.dhcp4.onPlanChanged();
    its.pool.onPlanChanged(now);
    its.slot.start(now);
    follow(now);
  }

  /** The primary: what was to be opened is open. */
  public void onOpened(long connection, boolean isSecure, Moment now) {
    its.slot.onOpened(connection, isSecure, now);
    follow(now);
  }

  /** The secondary: CONNECT came first on a connection. */
  public void onConnect(
      long connection, boolean isSecure, FailoverMessage connect, Moment arrived) {
    its.slot.onConnect(connection, isSecure, connect, arrived);
    follow(arrived);
  }

  /** A message came. What leases of it need is done by {@link #onTimer}. */
  public void onFrame(long connection, FailoverFrame frame, Moment arrived) {
    Optional<Session> before = its.slot.session();
    its.slot.onFrame(connection, frame, arrived);
    if (!isOfLeases(frame) || !its.slot.session().equals(before)) {
      follow(arrived);
    }
  }

  /** Nothing but the exchange of leases goes on with these, when the turn is over. */
  private static boolean isOfLeases(FailoverFrame frame) {
    return frame.type() == Dhcp6MessageType.BNDUPD || frame.type() == Dhcp6MessageType.BNDREPLY;
  }

  /** What came is no message. */
  public void onMalformed(long connection, String why, Moment arrived) {
    its.slot.onMalformed(connection, why, arrived);
    follow(arrived);
  }

  /** A connection has ended, or did not come about. */
  public void onEnded(long connection, String why, Moment now) {
    its.slot.onEnded(connection, why, now);
    follow(now);
  }

  /**
   * Leases were changed by clients, operators or time; durable. What that needs is done by {@link
   * #onTimer}.
   */
  public void onCommitted(List<LeaseChange> changes, Moment now) {
    its.bindings.onCommitted(changes, now);
    its.pool.onCommitted(changes, now);
    follow(now);
  }

  /** Some changes were not told with {@link #onCommitted}: they are looked for. */
  public void onMissed(Moment now) {
    its.bindings.onMissed(now);
    its.dhcp4.onPlanChanged();
    its.pool.onPlanChanged(now);
    follow(now);
  }

  /** Another plan is in force: leases of subnets that joined the relationship are looked for. */
  public void onPlanChanged(Moment now) {
    onMissed(now);
  }

  /** Time has passed. Messages that wait are to be given in first. */
  public void onTimer(Moment now) {
    its.slot.onTimer(now);
    its.bindings.onTimer(now);
    its.pool.onTimer(now);
    follow(now);
  }

  /** The earliest time at which {@link #onTimer} has something to do, steady nanoseconds. */
  public long nextDeadline() {
    if (its.isStopping()) {
      return Moment.NEVER;
    }
    long earliest = Math.min(its.slot.deadline(), its.bindings.deadline());
    earliest = Math.min(earliest, Math.min(its.pool.deadline(), its.duties.deadline()));
    earliest = Math.min(earliest, its.machine.deadline());
    boolean isStateOpen = !its.machine.isMoving() && its.machine.deadline() == Moment.NEVER;
    return isStateOpen ? Math.min(earliest, its.reasons.deadline(its.state())) : earliest;
  }

  /** The next effect, or null. */
  public Effect poll() {
    return its.outbox.poll();
  }

  /** How many effects wait for their answer. */
  public int unanswered() {
    return its.outbox.unanswered();
  }

  /**
   * An effect with a token was carried out.
   *
   * @param result null, the outcomes of an edit, or the leases of a scan
   */
  public void done(long token, Object result, Moment now) {
    its.outbox.done(token, result, now);
    follow(now);
  }

  /** An effect with a token failed, or nobody knows. */
  public void failed(long token, String why, Moment now) {
    its.outbox.failed(token, why, now);
    follow(now);
  }

  /**
   * An operator orders something.
   *
   * @param answer completes with a sentence when it is done and durable, fails with why it is not
   */
  public void onOperator(Order order, Completion<String> answer, Moment now) {
    if (its.isStopping()) {
      answer.failed("This server stops.", now);
    } else if (its.drain.isOver()) {
      answer.failed("This server is drained. Restart it first.", now);
    } else if (order == Order.DRAIN) {
      its.duties.drain(answer, now);
    } else {
      its.reasons.orders().take(order, answer, now);
    }
    follow(now);
  }

  /** The state. */
  public ServerState state() {
    return its.state();
  }

  /** How it stands; immutable. */
  public FailoverStatus status(Moment now) {
    return EndpointStatus.of(its, now);
  }

  /** What may be promised to clients now; any thread. */
  public GovernorView view() {
    return view;
  }

  /**
   * Ends: nobody is answered, the partner hears that this server shuts down, and the time is
   * stored. Effects are to be carried out until there is none and none is unanswered.
   */
  public void stop(Moment now) {
    its.seen(now);
    its.stopping();
    its.views.silent(true);
    its.views.publish(its.facts());
    its.slot.stop(Duties.shuttingDown("this server stops"), now);
    if (its.isRunning()) {
      its.notes.touch();
    }
    view = its.views.view();
  }

  private void follow(Moment now) {
    if (!its.isStopping()) {
      its.seen(now);
      its.duties.follow(now);
    }
    view = its.views.view();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.binding.BindingsListener;
import io.leasehold.failover.connection.Session;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.pool.PoolListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an endpoint does in the state that it is in: asks, answers, sends. All of it only while no
 * change of state is under way, so that what is answered is of one state. Owner: the endpoint's
 * thread.
 */
final class Duties implements BindingsListener, PoolListener {
  /** More requests than a partner can have; it asks again on another connection. */
  private static final int MOST_REQUESTS = 16;

  /** How often it is stored that this server runs. */
  private static final long RUNNING_SECONDS = 10;

  private record Request(int id, boolean all) {}

  private final Relationship its;
  private final List<Request> requests = new ArrayList<>();
  private Optional<Session> session = Optional.empty();
  private OptionalInt poolRequest = OptionalInt.empty();
  private Optional<String> stall = Optional.empty();
  private boolean isSending;
  private boolean isUnannounced;
  private boolean isPartnerChanged;
  private long runningDeadline = Moment.NEVER;

  Duties(Relationship relationship) {
    this.its = relationship;
  }

  /** When something is due by time alone, steady nanoseconds. */
  long deadline() {
    return Math.min(runningDeadline, its.drain.deadline());
  }

  /** A connection is set up: STATE is due. */
  void onUp(Session opened) {
    session = Optional.of(opened);
    isUnannounced = true;
  }

  /** It has ended: whatever was asked or promised on it counts no more. */
  void onDown(Moment now) {
    session = Optional.empty();
    requests.clear();
    poolRequest = OptionalInt.empty();
    isUnannounced = false;
    send(false, now);
  }

  /** The state was said. */
  void announced() {
    isUnannounced = false;
  }

  /** The partner said something of itself that is worth to be stored. */
  void partnerChanged() {
    isPartnerChanged = true;
  }

  /** UPDREQ, or UPDREQALL. */
  void onUpdateRequest(int id, boolean all) {
    if (requests.size() == MOST_REQUESTS) {
      stall = Optional.of("the partner asks for updates again and again");
    } else {
      requests.add(new Request(id, all));
    }
  }

  /** POOLREQ. */
  void onPoolRequest(int id, Moment now) {
    its.pool.onPoolRequest(id, now);
  }

  /** POOLRESP. */
  void onPoolResponse(int id, Moment now) {
    if (poolRequest.isPresent() && poolRequest.getAsInt() == id) {
      session.ifPresent(open -> open.settled(id));
      poolRequest = OptionalInt.empty();
      its.pool.onPoolResponse(id, now);
    }
  }

  @Override
  public void onPoolWanted(Moment now) {
    if (session.isPresent() && poolRequest.isEmpty()) {
      poolRequest =
          OptionalInt.of(session.get().send(Dhcp6MessageType.POOLREQ, Options.EMPTY, now));
    }
  }

  @Override
  public void onPoolPromised(int id, Moment now) {
    session.ifPresent(open -> open.answer(Dhcp6MessageType.POOLRESP, id, Options.EMPTY, now));
  }

  @Override
  public void onRequestDone(Moment now) {
    its.reasons.inquiry().answered();
    its.dhcp4.learned();
  }

  @Override
  public void onStalled(String why, Moment now) {
    stall = Optional.of(why);
  }

  @Override
  public void onCaughtUp(Moment now) {
    its.reasons.told(true);
    its.pool.onCaughtUp(now);
  }

  /** Something has happened: does what follows, whatever it was. */
  void follow(Moment now) {
    isPartnerChanged |=
        its.doubt.look(its.slot.session().isPresent(), its.slot.partner().isApart(), now);
    if (stall.isPresent()) {
      String why = stall.get();
      stall = Optional.empty();
      its.alarms.warn("The connection is given up: " + why, now);
      its.slot.drop(why, now);
    }
    its.machine.settle(now);
    if (isUnannounced && !its.machine.isMoving()) {
      isUnannounced = false;
      its.announce(now);
    }
    drain(now);
    store(now);
  }

  private void store(Moment now) {
    if (runningDeadline == Moment.NEVER || now.isAt(runningDeadline)) {
      runningDeadline = now.deadline(RUNNING_SECONDS);
      isPartnerChanged |= its.isRunning();
    }
    if (isPartnerChanged && !its.machine.isMoving()) {
      its.notes.touch();
    }
    isPartnerChanged = false;
    if (its.notes.trouble().isPresent()) {
      its.alarms.raise(
          Alarms.Kind.STORE,
          "The state cannot be stored, and cannot change: " + its.notes.trouble().get(),
          now);
    } else {
      its.alarms.clear(Alarms.Kind.STORE, now);
    }
  }

  /** Does what the state wants. No change of state is under way. */
  void perform(Moment now) {
    ServerState state = its.state();
    its.dhcp4.perform(now);
    its.pool.onState(now);
    boolean isTogether =
        its.isInContact() && (state == ServerState.NORMAL || state == ServerState.CONFLICT_DONE);
    send(isTogether || its.reasons.isAwaited(state), now);
    if (its.reasons.hasTold()) {
      its.pool.onCaughtUp(now);
    }
    Optional<Boolean> toAsk = its.reasons.toAsk(state);
    if (toAsk.isPresent()) {
      its.reasons.inquiry().asked();
      its.bindings.request(toAsk.get(), now);
    }
    if (its.isInContact()) {
      answerRequests(now);
    }
  }

  private void send(boolean isWanted, Moment now) {
    if (isWanted != isSending) {
      isSending = isWanted;
      its.reasons.told(false);
      its.bindings.sending(isWanted, now);
    }
  }

  /**
   * Who has never worked with the partner has leases of before, of which nothing says that they are
   * to be sent: then everything is.
   */
  private void answerRequests(Moment now) {
    boolean isFirst = !its.notes.durable().past().hasCommunicated();
    List<Request> asked = List.copyOf(requests);
    requests.clear();
    for (Request request : asked) {
      its.bindings.onUpdateRequest(request.id, request.all || isFirst, now);
    }
  }

  /** An operator orders to drain. */
  void drain(Completion<String> answer, Moment now) {
    if (its.drain.isUnderWay()) {
      answer.failed("This server is being drained already.", now);
    } else if (its.state() != ServerState.NORMAL || !its.isInContact()) {
      answer.failed(
          "Only in NORMAL the partner can take over; this server is in " + its.state().word() + ".",
          now);
    } else {
      its.alarms.raise(
          Alarms.Kind.DRAINED,
          "An operator drains this server: it answers nobody until it is restarted.",
          now);
      its.views.silent(true);
      its.views.publish(its.facts());
      its.drain.begin(answer, now);
    }
  }

  private void drain(Moment now) {
    if (!its.drain.isUnderWay()) {
      return;
    }
    if (!its.isInContact()) {
      its.alarms.clear(Alarms.Kind.DRAINED, now);
      its.views.silent(false);
      its.views.publish(its.facts());
      its.drain.giveUp(now);
      return;
    }
    long left = its.bindings.waiting() + its.bindings.unanswered();
    if (its.drain.isDue(left == 0 && its.outbox.unanswered() == 0, now)) {
      its.slot.stop(shuttingDown("drained by an operator"), now);
      its.drain.end(left, now);
      its.machine.settle(now);
    }
  }

  /** The status of a DISCONNECT before the end (RFC 8156 section 5.3.10). */
  static StatusCode shuttingDown(String why) {
    return new StatusCode(Dhcp6StatusCode.SERVER_SHUTTING_DOWN, why);
  }
}

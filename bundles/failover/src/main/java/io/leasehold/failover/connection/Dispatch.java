// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.StateReport;
import io.leasehold.codec.failover.UnknownFrame;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.lease.Role;
import java.util.Optional;

/** Takes what comes on a connection on which both have said CONNECT to who is concerned. */
final class Dispatch {
  private final Role role;
  private final SlotListener listener;
  private final SlotCounters counters;
  private boolean stateHeard;

  Dispatch(Role role, SlotListener listener, SlotCounters counters) {
    this.role = role;
    this.listener = listener;
    this.counters = counters;
  }

  /** Takes a message; what it says is why the connection must end, if it must. */
  Optional<StatusCode> take(FailoverFrame frame, Moment arrived) {
    if (frame instanceof UnknownFrame) {
      counters.count(SlotCounters.Count.UNKNOWN_SKIPPED);
      return Optional.empty();
    }
    if (!(frame instanceof FailoverMessage message)) {
      return unexpected(frame);
    }
    Optional<StatusCode> skew = Judgement.skew(message, arrived);
    return skew.isPresent() ? skew : take(message, arrived);
  }

  private Optional<StatusCode> take(FailoverMessage message, Moment arrived) {
    switch (message.type()) {
      case Dhcp6MessageType.CONNECT, Dhcp6MessageType.CONNECTREPLY -> {
        return unexpected(message);
      }
      case Dhcp6MessageType.STATE -> state(message, arrived);
      case Dhcp6MessageType.CONTACT -> {
        // That it came is all it says, and it is not answered (RFC 8156 section 6.6).
      }
      default -> {
        // RFC 8156 section 6.1: STATE is the first; before it communications are not OK.
        if (stateHeard) {
          deliver(message, arrived);
        } else {
          counters.count(SlotCounters.Count.BEFORE_STATE_SKIPPED);
        }
      }
    }
    return Optional.empty();
  }

  private void state(FailoverMessage message, Moment arrived) {
    Optional<StateReport> report = StateReport.read(message.options());
    if (report.isEmpty()) {
      counters.count(SlotCounters.Count.STATES_IGNORED);
      return;
    }
    stateHeard = true;
    listener.onState(report.get(), arrived);
  }

  private void deliver(FailoverMessage message, Moment arrived) {
    int id = message.transactionId();
    switch (message.type()) {
      case Dhcp6MessageType.BNDUPD -> listener.onUpdate(message, arrived);
      case Dhcp6MessageType.BNDREPLY -> listener.onReply(message, arrived);
      case Dhcp6MessageType.UPDREQ -> listener.onUpdateRequest(id, false, arrived);
      case Dhcp6MessageType.UPDREQALL -> listener.onUpdateRequest(id, true, arrived);
      case Dhcp6MessageType.UPDDONE -> listener.onUpdateDone(id, arrived);
      case Dhcp6MessageType.POOLREQ -> pools(Role.PRIMARY, id, arrived);
      case Dhcp6MessageType.POOLRESP -> pools(Role.SECONDARY, id, arrived);
      default -> throw new IllegalArgumentException("not for here: " + message);
    }
  }

  /** RFC 8156 sections 5.3.3 and 5.3.4: the secondary asks, the primary answers. */
  private void pools(Role receiver, int id, Moment arrived) {
    if (role != receiver) {
      counters.count(SlotCounters.Count.MISDIRECTED_SKIPPED);
    } else if (role == Role.PRIMARY) {
      listener.onPoolRequest(id, arrived);
    } else {
      listener.onPoolResponse(id, arrived);
    }
  }

  private static Optional<StatusCode> unexpected(FailoverFrame frame) {
    return Judgement.status(
        Dhcp6StatusCode.UNSPEC_FAIL,
        Dhcp6MessageType.name(frame.type()) + " on a connection that is set up");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;

/**
 * What is done around a change of state (RFC 8156 section 8.1): a state that may do less is obeyed
 * at once, then the state is made durable, then it is said, and then one that may do more counts.
 */
final class Course implements StateMachine.Guide {
  private final Relationship its;

  Course(Relationship relationship) {
    this.its = relationship;
  }

  @Override
  public Optional<Step> next(ServerState state, Moment now) {
    return its.reasons.next(state, now);
  }

  @Override
  public void entering(Step step, Moment now) {
    its.running();
    boolean isNarrower =
        StateTable.freedom(its.settings.role(), step.to())
            < StateTable.freedom(its.settings.role(), its.state());
    if (isNarrower) {
      its.views.publish(
          its.views.facts(step.to(), step.on(its.notes.durable()), its.isInContact()));
    }
  }

  @Override
  public void entered(ServerState former, Step step, Moment now) {
    its.reasons.inquiry().forget();
    if (step.to() == ServerState.RECOVER || former == ServerState.STARTUP) {
      its.reasons.recovery().quietSince(its.notes.durable().past().quietSince(), now);
    }
    its.because(step.why());
    its.announce(now);
    its.duties.announced();
    its.views.publish(its.facts());
    tell(former, step, now);
    if (step.to() == ServerState.NORMAL) {
      its.warnOfCommission(now);
    }
    its.reasons.orders().entered(step, now);
  }

  private void tell(ServerState former, Step step, Moment now) {
    String change = former.word() + " -> " + step.to().word() + ": " + step.why();
    if (step.isOrdered()) {
      its.alarms.warn(change, now);
    } else {
      its.alarms.note(change, now);
    }
    Optional<String> alarm =
        former == ServerState.NORMAL && step.to() == ServerState.COMMUNICATIONS_INTERRUPTED
            ? Optional.of(StateAlarm.interrupted())
            : StateAlarm.of(step.to(), its.isInContact());
    if (alarm.isPresent()) {
      its.alarms.raise(Alarms.Kind.STATE, alarm.get(), now);
    } else {
      its.alarms.clear(Alarms.Kind.STATE, now);
    }
  }

  @Override
  public void failed(Step step, String why, Moment now) {
    its.reasons.orders().failed(step, why, now);
  }

  @Override
  public void settled(Moment now) {
    its.views.publish(its.facts());
    StateAlarm.of(its.state(), its.isInContact())
        .ifPresent(what -> its.alarms.raise(Alarms.Kind.STATE, what, now));
    its.reasons.watch(its.state(), !its.drain.isOver(), now);
    its.duties.perform(now);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What operators order that changes the state. One order at a time; it is judged when no change of
 * state is under way. Owner: the endpoint's thread.
 */
final class Orders {
  private record Pending(Order order, Completion<String> answer) {}

  private Optional<Pending> pending = Optional.empty();

  /** Takes an order, or refuses it because another one is under way. */
  void take(Order order, Completion<String> answer, Moment now) {
    if (pending.isPresent()) {
      answer.failed("Another order is under way. Wait for its answer.", now);
    } else {
      pending = Optional.of(new Pending(order, answer));
    }
  }

  /**
   * The change that is ordered; an order that does not fit the state is refused.
   *
   * @param stored the same as the state, but in STARTUP
   */
  Optional<Step> next(ServerState state, ServerState stored, Moment now) {
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    Order order = pending.get().order;
    boolean recovers = order == Order.FORCE_RECOVER;
    Optional<String> refusal =
        recovers
            ? recoverRefusal(stored)
            : partnerDownRefusal(state, order == Order.FORCED_PARTNER_DOWN);
    if (refusal.isEmpty()) {
      return Optional.of(recovers ? recover(now) : partnerDown(state, now));
    }
    settle().failed(refusal.get(), now);
    return Optional.empty();
  }

  private static Step partnerDown(ServerState state, Moment now) {
    return ordered(
        ServerState.PARTNER_DOWN,
        now,
        lacksLeases(state) ? past -> past.learning(true) : UnaryOperator.identity(),
        StateTable.partnerDown(state) == StateTable.PartnerDown.FORCED
            ? "An operator insists that the partner is down, in " + state.word() + "."
            : "An operator says that the partner is down.");
  }

  /**
   * Who has served alone may have given what is the partner's to give. It must not leave it to a
   * partner that has not heard of that, and that can serve meanwhile.
   */
  private static Optional<String> recoverRefusal(ServerState stored) {
    return switch (stored) {
      case PARTNER_DOWN, POTENTIAL_CONFLICT, RESOLUTION_INTERRUPTED, CONFLICT_DONE ->
          Optional.of(
              "In "
                  + stored.word()
                  + " the partner does not know yet what this server has given, and two clients"
                  + " may get one address. Wait until both are in NORMAL.");
      case STARTUP, NORMAL, COMMUNICATIONS_INTERRUPTED -> Optional.empty();
      case RECOVER, RECOVER_WAIT, RECOVER_DONE -> Optional.empty();
    };
  }

  private static Optional<String> partnerDownRefusal(ServerState state, boolean isForced) {
    return switch (StateTable.partnerDown(state)) {
      case AT_ONCE -> Optional.empty();
      case FORCED ->
          isForced
              ? Optional.empty()
              : Optional.of(
                  "In "
                      + state.word()
                      + " this server does not know what the partner has given, and two clients"
                      + " may get one address. Force it if the partner is lost for good.");
      case NEVER ->
          Optional.of(
              state == ServerState.PARTNER_DOWN
                  ? "It is so already."
                  : "The partner is being compared with. If it stops, this server serves by"
                      + " itself in RESOLUTION-INTERRUPTED; say it then.");
    };
  }

  /** Whether a server that is forced to serve may still have to hear of leases that it has lost. */
  private static boolean lacksLeases(ServerState state) {
    return state == ServerState.STARTUP || state == ServerState.RECOVER;
  }

  private static Step recover(Moment now) {
    return ordered(
        ServerState.RECOVER,
        now,
        past -> past.learning(true).quiet(now.wallSeconds()),
        "An operator wants this server to learn everything from its partner.");
  }

  private static Step ordered(
      ServerState to, Moment now, UnaryOperator<EndpointRecord.Past> past, String why) {
    return new Step(to, now.wallSeconds(), past, why, true);
  }

  private Completion<String> settle() {
    Completion<String> answer = pending.orElseThrow().answer;
    pending = Optional.empty();
    return answer;
  }

  /** A state was entered: answers if it was ordered. */
  void entered(Step step, Moment now) {
    if (step.isOrdered()) {
      settle().done("The state is " + step.to().word() + " now.", now);
    }
  }

  /** A state could not be stored: an order is not tried again. */
  void failed(Step step, String why, Moment now) {
    if (step.isOrdered()) {
      settle().failed("The state could not be stored, and nothing has changed: " + why, now);
    }
  }
}

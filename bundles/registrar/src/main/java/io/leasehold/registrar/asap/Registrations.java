// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.registrar.core.Budget;
import io.leasehold.registrar.core.Federation;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.space.Member;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.asap.Deregistration;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pool elements come, stay and go (RFC 5352 sections 3.1 and 3.2). Each of their messages is
 * answered. Of the thread of the registrar.
 */
final class Registrations {
  /** Whose budgets are remembered; those that are full again are not. */
  private static final int MOST_BUDGETS = 10_000;

  private final Premises premises;
  private final Federation federation;
  private final Gate gate;
  private final Refusals refusals;
  private final Roll roll;
  private final Post post;
  private final AsapSettings settings;
  private final Map<String, Budget> budgets = new HashMap<>();

  Registrations(
      Premises premises,
      Federation federation,
      Gate gate,
      Refusals refusals,
      Roll roll,
      Post post,
      AsapSettings settings) {
    this.premises = premises;
    this.federation = federation;
    this.gate = gate;
    this.refusals = refusals;
    this.roll = roll;
    this.post = post;
    this.settings = settings;
  }

  void register(Visitor visitor, Registration message, long now) {
    ElementKey key = message.key();
    PoolElement element = owned(visitor, message.element());
    Optional<ErrorCause> objection = objection(visitor, message, element, now);
    if (objection.isPresent()) {
      reject(visitor, key, List.of(objection.get()));
      return;
    }
    boolean isKnown = premises.space().member(key).isPresent();
    if (!roll.register(visitor, message.handle(), element, now)) {
      reject(visitor, key, List.of(noRoom()));
      return;
    }
    refusals.permit(visitor);
    premises.notebook().count(isKnown ? AsapCount.REREGISTRATIONS : AsapCount.REGISTRATIONS);
    post.send(visitor, RegistrationResponse.accepted(key));
  }

  /** A registration that was not understood, but whose sender can be told. */
  void reject(Visitor visitor, ElementKey key, List<ErrorCause> causes, long now) {
    Optional<AsapCount> unlawful = gate.refusalOfElement(visitor.caller(), key.handle());
    reject(
        visitor,
        key,
        unlawful.isPresent() ? List.of(refusals.refuse(visitor, unlawful.get(), now)) : causes);
  }

  private void reject(Visitor visitor, ElementKey key, List<ErrorCause> causes) {
    premises.notebook().count(AsapCount.REGISTRATIONS_REJECTED);
    post.send(visitor, RegistrationResponse.rejected(key, new OperationError(causes)));
  }

  /**
   * RFC 5352 section 3.1 rule 4: where the message came from is where registrars reach it. That is
   * so only if it says that it listens; port 0 says that it does not.
   */
  private PoolElement owned(Visitor visitor, PoolElement element) {
    return element.ownedBy(
        federation.serverId(),
        element.asapTransport().or(() -> Optional.of(notListening(visitor.caller()))));
  }

  private static TransportParameter notListening(Caller caller) {
    return caller.transport().equals(ConnectSpec.STREAMS)
        ? PortTransport.tcp(caller.remote(), 0)
        : new SctpTransport(0, false, caller.remotes());
  }

  private Optional<ErrorCause> objection(
      Visitor visitor, Registration message, PoolElement element, long now) {
    Optional<AsapCount> unlawful = gate.refusalOfElement(visitor.caller(), message.handle());
    if (unlawful.isPresent()) {
      return Optional.of(refusals.refuse(visitor, unlawful.get(), now));
    }
    if (!gate.permitsAddresses(visitor.caller(), message.element())) {
      return Optional.of(refusals.refuse(visitor, AsapCount.REFUSED_ADDRESS, now));
    }
    if (!isWithinBudget(visitor, now)) {
      return Optional.of(overBudget());
    }
    return invalid(message).or(() -> conflict(visitor, message, element, now));
  }

  private Optional<ErrorCause> invalid(Registration message) {
    PoolElement element = message.element();
    if (element.life() == 0 || element.life() < PoolElement.INFINITE_LIFE) {
      return Optional.of(ErrorCause.of(ErrorCause.INVALID_VALUES, element));
    }
    long policy = element.policy().policyType();
    boolean isAccepted =
        PolicyType.isKnown(policy) || PolicyType.isPrivate(policy) && settings.privatePolicies();
    return isAccepted
        ? Optional.empty()
        : Optional.of(ErrorCause.of(ErrorCause.INVALID_VALUES, element.policy()));
  }

  /** It does not go with what is registered, or there is too much of that. */
  private Optional<ErrorCause> conflict(
      Visitor visitor, Registration message, PoolElement element, long now) {
    Optional<PoolElement> before = premises.space().member(message.key()).map(Member::element);
    OwnElement own = roll.get(message.key());
    if (before.isPresent() && !gate.isItself(visitor, own, before.get())) {
      refusals.refuse(visitor, AsapCount.REFUSED_NOT_ITSELF, now);
      return Optional.of(ErrorCause.of(ErrorCause.NON_UNIQUE_PE_IDENTIFIER));
    }
    boolean isHeld = own != null && own.holder != null;
    if (!isHeld && roll.heldBy(visitor.name()) >= settings.elementsOfIdentity()) {
      return Optional.of(noRoom());
    }
    Optional<ErrorCause> refusal = premises.space().refusal(message.handle(), element);
    return refusal.map(cause -> cause.code() == ErrorCause.LACK_OF_RESOURCES ? noRoom() : cause);
  }

  void deregister(Visitor visitor, Deregistration message, long now) {
    ElementKey key = message.key();
    Optional<ErrorCause> objection = objection(visitor, message, now);
    if (objection.isPresent()) {
      premises.notebook().count(AsapCount.DEREGISTRATIONS_REJECTED);
      answer(visitor, key, objection.map(cause -> new OperationError(List.of(cause))));
      return;
    }
    premises.notebook().count(AsapCount.DEREGISTRATIONS);
    answer(visitor, key, Optional.empty());
    premises.space().member(key).ifPresent(member -> remove(visitor, key, member.element(), now));
  }

  private void remove(Visitor visitor, ElementKey key, PoolElement element, long now) {
    if (roll.get(key) == null) {
      // Only its home can say that it is gone; so this registrar becomes that first.
      roll.register(visitor, key.handle(), element.ownedBy(federation.serverId()), now);
    }
    OwnElement own = roll.get(key);
    if (own != null) {
      roll.strike(own, now);
    }
  }

  private void answer(Visitor visitor, ElementKey key, Optional<OperationError> error) {
    post.send(visitor, new DeregistrationResponse(key.handle(), key.identifier(), error));
  }

  /** RFC 5352 section 3.2: the pool element itself; for one that is not there it is granted. */
  private Optional<ErrorCause> objection(Visitor visitor, Deregistration message, long now) {
    Optional<AsapCount> unlawful = gate.refusalOfElement(visitor.caller(), message.handle());
    if (unlawful.isPresent()) {
      return Optional.of(refusals.refuse(visitor, unlawful.get(), now));
    }
    if (!isWithinBudget(visitor, now)) {
      return Optional.of(overBudget());
    }
    Optional<PoolElement> before = premises.space().member(message.key()).map(Member::element);
    boolean isOther =
        before.isPresent() && !gate.isItself(visitor, roll.get(message.key()), before.get());
    return isOther
        ? Optional.of(refusals.refuse(visitor, AsapCount.REFUSED_NOT_ITSELF, now))
        : Optional.empty();
  }

  private ErrorCause noRoom() {
    premises.notebook().count(AsapCount.NO_ROOM);
    return ErrorCause.of(ErrorCause.LACK_OF_RESOURCES);
  }

  private ErrorCause overBudget() {
    premises.notebook().count(AsapCount.OVER_BUDGET);
    return ErrorCause.of(ErrorCause.LACK_OF_RESOURCES);
  }

  private boolean isWithinBudget(Visitor visitor, long now) {
    if (budgets.size() >= MOST_BUDGETS && !budgets.containsKey(visitor.name())) {
      budgets.values().removeIf(budget -> budget.isFull(now));
      if (budgets.size() >= MOST_BUDGETS) {
        return false;
      }
    }
    AsapRates rates = settings.rates();
    return budgets
        .computeIfAbsent(
            visitor.name(), name -> new Budget(rates.registrations(), rates.registrationsAtOnce()))
        .take(now);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.registrar.core.Agenda;
import io.leasehold.registrar.core.Federation;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.space.Member;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pool elements whose home is here, beside what the handlespace has of them. Whatever changes
 * here is told to other registrars and to subscribers. Of the thread of the registrar.
 */
final class Roll {
  private final Premises premises;
  private final Federation federation;
  private final Subscriptions subscriptions;
  private final AsapTimers timers;
  private final Map<ElementKey, OwnElement> elements = new HashMap<>();
  private final Map<String, Integer> held = new HashMap<>();
  private final Agenda<ElementKey> agenda = new Agenda<>();

  Roll(Premises premises, Federation federation, Subscriptions subscriptions, AsapTimers timers) {
    this.premises = premises;
    this.federation = federation;
    this.subscriptions = subscriptions;
    this.timers = timers;
  }

  /** What is known of one; null if it is not of this registrar. */
  OwnElement get(ElementKey key) {
    return elements.get(key);
  }

  /** How many pool elements one has registered. */
  int heldBy(String holder) {
    return held.getOrDefault(holder, 0);
  }

  /**
   * Enters a registration, after which this registrar is the home (RFC 5352 section 3.1 rule 4).
   *
   * @return whether there was room
   */
  boolean register(Visitor visitor, PoolHandle handle, PoolElement element, long now) {
    ElementKey key = new ElementKey(handle, element.identifier());
    Optional<PoolElement> before = premises.space().member(key).map(Member::element);
    if (!premises.space().put(handle, element)) {
      return false;
    }
    OwnElement own = elements.computeIfAbsent(key, OwnElement::new);
    hold(own, Holder.of(visitor));
    reach(own, visitor);
    own.expires = end(element, now);
    own.reporters.clear();
    own.isToldHome = false;
    if (own.ask == SessionEvents.NEVER) {
      own.ask = next(now);
    }
    plan(own);
    federation.added(handle, element, now);
    if (before.isEmpty() || !isSameToUsers(before.get(), element)) {
      subscriptions.changed(handle, now);
    }
    return true;
  }

  /** Without home and life, of which a pool user makes nothing. */
  private static boolean isSameToUsers(PoolElement before, PoolElement after) {
    return before.userTransport().equals(after.userTransport())
        && before.policy().equals(after.policy());
  }

  private long end(PoolElement element, long now) {
    return element.life() == PoolElement.INFINITE_LIFE
        ? SessionEvents.NEVER
        : now + element.life() * timers.lifeUnit();
  }

  /** Half of the period to one and a half: never all at once (RFC 5352 section 3.5). */
  long next(long now) {
    return now + (long) (timers.keepAlive() * (0.5 + premises.random().nextDouble()));
  }

  /** Enters what was another registrar's; nobody knows by whom it was registered. */
  OwnElement inherit(ElementKey key, PoolElement element, long now) {
    OwnElement own = elements.computeIfAbsent(key, OwnElement::new);
    own.expires = end(element, now);
    own.isToldHome = true;
    plan(own);
    return own;
  }

  /** Says who it is. */
  void hold(OwnElement own, Holder holder) {
    forget(own.holder);
    own.holder = holder;
    held.merge(holder.name(), 1, Integer::sum);
  }

  private void forget(Holder holder) {
    if (holder != null) {
      held.computeIfPresent(holder.name(), (name, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Says by what it is reached. */
  void reach(OwnElement own, Visitor visitor) {
    if (own.visitor != visitor) {
      leave(own);
      own.visitor = visitor;
      visitor.elements.add(own);
      // What the connection before was asked is not answered on this one.
      own.unanswered = SessionEvents.NEVER;
    }
    own.lost = SessionEvents.NEVER;
  }

  private static void leave(OwnElement own) {
    if (own.visitor != null) {
      own.visitor.elements.remove(own);
      own.visitor = null;
    }
  }

  /** Its connection is gone; that is as if nothing could be sent to it, after a time. */
  void lose(Visitor visitor, long now) {
    for (OwnElement own : List.copyOf(visitor.elements)) {
      leave(own);
      own.ask = SessionEvents.NEVER;
      own.unanswered = SessionEvents.NEVER;
      own.lost = now + timers.lost();
      plan(own);
    }
  }

  /** Removes one from its pool, and tells everybody but itself (RFC 5352 section 3.5). */
  void strike(OwnElement own, long now) {
    drop(own);
    Optional<Member> member = premises.space().member(own.key());
    if (member.isPresent() && member.get().element().home() == federation.serverId()) {
      PoolElement element = member.get().element();
      premises.space().remove(own.key());
      federation.removed(own.key().handle(), element, now);
      subscriptions.changed(own.key().handle(), now);
    }
  }

  /** Another registrar is its home, or it is gone. */
  void drop(OwnElement own) {
    elements.remove(own.key());
    agenda.remove(own.key());
    forget(own.holder);
    leave(own);
  }

  /** To be called after the times of one have changed. */
  void plan(OwnElement own) {
    agenda.set(own.key(), own.due());
  }

  /** One with which something is to be done now; null if there is none. */
  OwnElement due(long now) {
    return agenda.take(now).map(elements::get).orElse(null);
  }

  long deadline() {
    return agenda.earliest();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopUri;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.space.Member;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pool elements that were another registrar's (RFC 5353 section 3.5.2): one after the other is
 * connected to where it says that it listens, and told who its home is. Who does not listen, or is
 * connected to and does not answer, has some time to register here, and is removed after that; who
 * cannot be connected to is removed. Of the thread of the registrar.
 */
final class Inheritance {
  private final Premises premises;
  private final AsapSettings settings;
  private final Sessions sessions;
  private final Gate gate;
  private final Roll roll;
  private final KeepAlives keepAlives;
  private final Notebook notebook;
  private final Deque<ElementKey> waiting = new ArrayDeque<>();
  private final Map<TransportParameter, Long> calls = new HashMap<>();
  private final Map<Long, List<ElementKey>> called = new HashMap<>();
  private long next = SessionEvents.NEVER;

  Inheritance(
      Premises premises,
      AsapSettings settings,
      Sessions sessions,
      Gate gate,
      Roll roll,
      KeepAlives keepAlives) {
    this.premises = premises;
    this.settings = settings;
    this.sessions = sessions;
    this.gate = gate;
    this.roll = roll;
    this.keepAlives = keepAlives;
    this.notebook = premises.notebook();
  }

  void take(List<ElementKey> taken, long now) {
    for (ElementKey each : taken) {
      Optional<PoolElement> element = premises.space().member(each).map(Member::element);
      if (element.isPresent() && roll.get(each) == null) {
        notebook.count(AsapCount.TAKEN_OVER);
        roll.inherit(each, element.get(), now);
        waiting.add(each);
      }
    }
    if (next == SessionEvents.NEVER && !waiting.isEmpty()) {
      next = now;
    }
  }

  /** Goes on with the next one, if it is time. */
  void proceed(long now) {
    while (next <= now) {
      ElementKey key = waiting.poll();
      next = waiting.isEmpty() ? SessionEvents.NEVER : next + settings.timers().takeover();
      OwnElement own = key == null ? null : roll.get(key);
      if (own != null && own.visitor == null) {
        own.lost = now + settings.timers().returning();
        roll.plan(own);
        call(own);
      }
    }
  }

  private void call(OwnElement own) {
    Optional<TransportParameter> at =
        premises
            .space()
            .member(own.key())
            .flatMap(member -> member.element().asapTransport())
            .filter(each -> each.carriesProtocol() && each.port() != 0);
    if (at.isPresent() && settings.toElements().isPresent()) {
      AsapSettings.ElementChannel channel = settings.toElements().get();
      if (at.get().type() == ParameterType.SCTP_TRANSPORT && !channel.inClear()) {
        return; // nothing protects SCTP
      }
      long session =
          calls.computeIfAbsent(at.get(), place -> sessions.connect(spec(place, channel)));
      called.computeIfAbsent(session, number -> new ArrayList<>()).add(own.key());
    }
  }

  private static ConnectSpec spec(TransportParameter place, AsapSettings.ElementChannel channel) {
    return new ConnectSpec(
        Application.ASAP,
        place.addresses().get(0),
        place.port(),
        channel.channel(),
        PeerSelector.anyOf(PeerRole.POOL_ELEMENT),
        false,
        channel.inClear(),
        place.type() == ParameterType.SCTP_TRANSPORT ? HopUri.SCTP : ConnectSpec.STREAMS);
  }

  /** A connection is open; if it was asked for, its pool elements are asked. */
  void opened(Visitor visitor, long now) {
    for (ElementKey each : over(visitor.session())) {
      OwnElement own = roll.get(each);
      Optional<PoolElement> element = premises.space().member(each).map(Member::element);
      if (own == null || own.visitor != null || element.isEmpty()) {
        continue;
      }
      Optional<AsapCount> refusal = gate.refusalOfElement(visitor.caller(), each.handle());
      if (refusal.isPresent() || !gate.permitsAddresses(visitor.caller(), element.get())) {
        notebook.count(refusal.orElse(AsapCount.REFUSED_ADDRESS));
        notebook.note(each + " is removed: who answers in its place has no right to");
        roll.strike(own, now);
      } else {
        roll.hold(own, Holder.of(visitor));
        roll.reach(own, visitor);
        keepAlives.askSoon(own, now);
      }
    }
  }

  /** A connection is over, or could not be opened. */
  void ended(long session, long now) {
    for (ElementKey each : over(session)) {
      OwnElement own = roll.get(each);
      if (own != null && own.visitor == null) {
        notebook.count(AsapCount.REMOVED_WITH_CONNECTION);
        notebook.note(each + " is removed: it cannot be connected to");
        roll.strike(own, now);
      }
    }
  }

  private List<ElementKey> over(long session) {
    List<ElementKey> keys = called.remove(session);
    calls.values().removeIf(each -> each == session);
    return keys == null ? List.of() : keys;
  }

  long deadline() {
    return next;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.testkit.sim.SimWorld;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * Between a registrar and its connections: what rogues say changes nothing that it knows of others,
 * and who has proved nothing is no peer.
 */
final class RogueWatch implements SessionEvents {
  /** Who was heard so short a time ago on an open connection is there, whatever others say. */
  private static final long FRESH_NANOS = 4_000_000_000L;

  private static final int TARGET = 12;

  private final SimWorld world;
  private final SessionEvents core;
  private final Supplier<Map<ElementKey, PoolElement>> content;
  private final Set<String> rogues;
  private final LongFunction<String> names;
  private final LongPredicate isOpen;
  private final Map<Long, Caller> callers = new HashMap<>();
  private final Map<Long, Long> heard = new HashMap<>();

  /**
   * For one life of a registrar.
   *
   * @param names of the registrar that has a server identifier; null if none has it
   * @param isOpen whether the registrar still has a connection; of those that it closed itself it
   *     hears no end
   */
  RogueWatch(
      SimWorld world,
      SessionEvents core,
      Supplier<Map<ElementKey, PoolElement>> content,
      Set<String> rogues,
      LongFunction<String> names,
      LongPredicate isOpen) {
    this.world = world;
    this.core = core;
    this.content = content;
    this.rogues = rogues;
    this.names = names;
    this.isOpen = isOpen;
  }

  @Override
  public void opened(long session, Caller caller, long now) {
    callers.put(session, caller);
    core.opened(session, caller, now);
  }

  @Override
  public void message(long session, Bytes message, long now) {
    String who = who(session);
    heard.put(session, now);
    boolean mayCount = !who.isEmpty() && mayCount(message, now);
    if (!who.isEmpty() && !rogues.contains(who) || mayCount) {
      core.message(session, message, now);
      return;
    }
    Map<ElementKey, PoolElement> before = ofOthers();
    core.message(session, message, now);
    Map<ElementKey, PoolElement> after = ofOthers();
    if (!before.equals(after)) {
      world.fail(
          "%s says %s, and what was %s is %s"
              .formatted(who.isEmpty() ? "a stranger" : who, message.toHex(), before, after));
    }
  }

  /** What a rogue has taken over from one that was gone is its own. */
  private Map<ElementKey, PoolElement> ofOthers() {
    Map<ElementKey, PoolElement> all = content.get();
    all.values().removeIf(each -> names.apply(each.home()) == null);
    return all;
  }

  private String who(long session) {
    return callers.get(session).peer().map(AuthenticatedPeer::peerId).orElse("");
  }

  /** A rogue that is a registrar may agree that another one is gone, and take over one that is. */
  private boolean mayCount(Bytes message, long now) {
    if (message.at(0) != EnrpMessage.TAKEOVER_SERVER) {
      return message.at(0) == EnrpMessage.INIT_TAKEOVER_ACK;
    }
    if (message.length() < TARGET + Integer.BYTES) {
      return false;
    }
    long target = 0;
    for (int i = TARGET; i < TARGET + Integer.BYTES; i++) {
      target = target << 8 | message.at(i);
    }
    String name = names.apply(target);
    return callers.keySet().stream()
        .filter(each -> isOpen.test(each) && who(each).equals(name))
        .noneMatch(each -> now - heard.getOrDefault(each, -FRESH_NANOS) < FRESH_NANOS);
  }

  @Override
  public void outdated(long session, long now) {
    core.outdated(session, now);
  }

  @Override
  public void ended(long session, String why, long now) {
    callers.remove(session);
    heard.remove(session);
    core.ended(session, why, now);
  }

  @Override
  public void onTimer(long now) {
    core.onTimer(now);
  }

  @Override
  public long deadline() {
    return core.deadline();
  }
}

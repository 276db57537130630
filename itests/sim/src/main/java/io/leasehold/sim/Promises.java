// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Prefix;
import io.leasehold.testkit.sim.Beliefs;
import io.leasehold.testkit.sim.SimHost;
import io.leasehold.testkit.sim.SimWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What every client was promised, and until when: from the moment it hears of it until it ends,
 * whatever the client forgets, unless it gives it back, an operator takes it away, or the server's
 * clock is set to a time behind the end.
 */
final class Promises implements Beliefs {
  /** How long a client says that it declines. */
  private static final long DECLINING_MILLIS = 20_000;

  private final SimWorld world;
  private final ServerClock clock;
  private final Map<LeaseKey, Promise> live = new HashMap<>();
  private final Map<LeaseKey, Long> declinedMillis = new HashMap<>();
  private final Map<LeaseKey, Long> givenBackMillis = new HashMap<>();
  private final List<Removal> removals = new ArrayList<>();
  private Journalled journalled = key -> null;
  private Predicate<LeaseKey> lasting = key -> true;

  /** What is durable of a lease, or null. */
  interface Journalled {
    Lease of(LeaseKey key);
  }

  /** What one client was promised; times of the world. */
  private record Promise(SimHost client, long iaid, long sinceMillis, long untilMillis) {}

  /** What an operator takes away. */
  static final class Removal {
    private final Prefix within;
    private long untilMillis = Long.MAX_VALUE;

    private Removal(Prefix within) {
      this.within = within;
    }

    private boolean concerns(LeaseKey key) {
      boolean ipv4 = key.kind() == LeaseKind.IPV4;
      return within.isMapped() == ipv4 && within.contains(key.address());
    }
  }

  Promises(SimWorld world, ServerClock clock) {
    this.world = world;
    this.clock = clock;
  }

  void compareWith(Journalled source) {
    journalled = source;
  }

  /** Only these are watched: what no plan takes away. */
  void watchOnly(Predicate<LeaseKey> keys) {
    lasting = keys;
  }

  /** Whether a client may rely on something. */
  boolean isMadeTo(SimHost client, LeaseKey key) {
    Promise promise = promise(key);
    return promise != null && promise.client() == client;
  }

  int size() {
    return live.size();
  }

  @Override
  public void holds(SimHost client, LeaseKey key, long sinceMillis, long untilMillis) {
    if (!lasting.test(key) || wasRemovedSince(key, sinceMillis)) {
      return;
    }
    Promise made = new Promise(client, client.iaidOf(key), sinceMillis, untilMillis);
    if (!isLive(made)) {
      return;
    }
    Promise other = promise(key);
    if (other != null && other.client() != client) {
      world.fail(key + " is promised to " + other.client().name() + " and " + client.name());
    }
    live.put(key, made);
    mustKeep(key, made, journalled.of(key), "is durable");
  }

  @Override
  public void gives(SimHost client, LeaseKey key) {
    givenBackMillis.put(key, world.millis());
    if (isMadeTo(client, key)) {
      live.remove(key);
    }
  }

  @Override
  public void declines(SimHost client, LeaseKey key) {
    gives(client, key);
    declinedMillis.put(key, world.millis());
  }

  /** Whether its client declined it a moment ago; says so once. */
  boolean takeDeclined(LeaseKey key) {
    Long at = declinedMillis.remove(key);
    return at != null && world.millis() - at < DECLINING_MILLIS && !wasRemovedSince(key, at);
  }

  private Promise promise(LeaseKey key) {
    Promise promise = live.get(key);
    if (promise != null && !isLive(promise)) {
      live.remove(key);
      return null;
    }
    return promise;
  }

  private boolean isLive(Promise promise) {
    return end(promise) > clock.millis();
  }

  /** When it ends by the server's clock, which may have been behind when it was made. */
  private long end(Promise promise) {
    return promise.untilMillis() + clock.leastOffset(promise.sinceMillis());
  }

  /** The clock was set: what ends by that does not come back when it is set again. */
  void clockWasSet() {
    live.values().removeIf(promise -> !isLive(promise));
    declinedMillis.clear();
  }

  /** A change is about to be made. */
  void check(LeaseChange change) {
    Promise promise = promise(change.key());
    if (promise != null) {
      mustKeep(change.key(), promise, change.lease().orElse(null), "changes to");
    }
  }

  /** The server has read all that there is. */
  void checkAll() {
    for (LeaseKey key : List.copyOf(live.keySet())) {
      Promise promise = promise(key);
      if (promise != null) {
        mustKeep(key, promise, journalled.of(key), "was read as");
      }
    }
  }

  /** A lease lasts to the end of the second that it names. */
  private void mustKeep(LeaseKey key, Promise promise, Lease lease, String how) {
    if (lease == null
        || lease.state() != LeaseState.ACTIVE
        || !lease.client().equals(promise.client().identity())
        || lease.iaid() != promise.iaid()
        || lease.times().expires() * 1000 + 1000 < end(promise)) {
      world.fail(
          "%s is promised to %s until %d, and %s %s"
              .formatted(key, promise.client().name(), end(promise), how, lease));
    }
  }

  /** An operator takes something away; {@link #removed} says when that is over. */
  Removal remove(Prefix within) {
    Removal removal = new Removal(within);
    removals.add(removal);
    live.keySet().removeIf(removal::concerns);
    return removal;
  }

  /** Nothing is taken away from now on. */
  void removed(Removal removal) {
    removal.untilMillis = world.millis();
    live.keySet().removeIf(removal::concerns);
  }

  /** Whether its client has given it back since then, or an operator may have taken it away. */
  boolean wasGivenBackSince(LeaseKey key, long sinceMillis) {
    return givenBackMillis.getOrDefault(key, 0L) >= sinceMillis
        || wasRemovedSince(key, sinceMillis);
  }

  /** Whether an operator may have taken it away since then. */
  boolean wasRemovedSince(LeaseKey key, long sinceMillis) {
    for (Iterator<Removal> all = removals.iterator(); all.hasNext(); ) {
      Removal removal = all.next();
      if (removal.untilMillis >= sinceMillis && removal.concerns(key)) {
        return true;
      }
    }
    return false;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.sim.ServerClock;
import io.leasehold.testkit.sim.Beliefs;
import io.leasehold.testkit.sim.SimHost;
import io.leasehold.testkit.sim.SimWorld;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every client was promised by either server, until when: one record for both, so that a
 * second owner is a failure whoever made it one. A promise ends by the clock that is furthest
 * ahead, counted by the one that was furthest behind since it was made.
 */
final class PairPromises implements Beliefs {
  private static final long LATEST_REPLY_MILLIS = 10_000;

  private final SimWorld world;
  private final PairPlan plan;
  private final Map<LeaseKey, Promise> live = new HashMap<>();
  private final Map<LeaseKey, Long> lostMillis = new HashMap<>();
  private List<PairServer> servers = List.of();
  private long made;
  private boolean excused;

  /** What one client was promised; times of the world. */
  private static final class Promise {
    private final SimHost client;
    private final long iaid;
    private final long sinceMillis;
    private final long untilMillis;
    private boolean lost;

    private Promise(SimHost client, long iaid, long sinceMillis, long untilMillis) {
      this.client = client;
      this.iaid = iaid;
      this.sinceMillis = sinceMillis;
      this.untilMillis = untilMillis;
    }
  }

  PairPromises(SimWorld world, PairPlan plan) {
    this.world = world;
    this.plan = plan;
  }

  void watch(List<PairServer> both) {
    servers = both;
    for (PairServer server : both) {
      server.store().watch(change -> changes(server, change));
    }
  }

  /** How many were made. */
  long made() {
    return made;
  }

  /**
   * An operator has both servers serve alone: nobody can rely on anything until they have agreed.
   */
  void excuse() {
    excused = true;
  }

  /** They have agreed, and what was promised before that has been renewed or is over. */
  void insist() {
    excused = false;
  }

  /** Whether a client may rely on something. */
  boolean isMadeTo(SimHost client, LeaseKey key) {
    Promise promise = promise(key);
    return !excused
        && promise != null
        && promise.client == client
        && !promise.lost
        && !plan.isStopgap(client.identity(), key);
  }

  @Override
  public void holds(SimHost client, LeaseKey key, long sinceMillis, long untilMillis) {
    Promise next = new Promise(client, client.iaidOf(key), sinceMillis, untilMillis);
    if (!isLive(next)) {
      return;
    }
    Promise other = promise(key);
    if (!excused && other != null && other.client != client) {
      world.fail(key + " is promised to " + other.client.name() + " and " + client.name());
    }
    made++;
    if (key.kind() == LeaseKind.IPV4) {
      leavesOthers(client, key);
    }
    live.put(key, next);
    if (!excused && servers.stream().noneMatch(server -> keeps(server, key, next))) {
      next.lost = mayBeLost(key) || plan.isStopgap(client.identity(), key);
      if (!next.lost) {
        world.fail(broken(key, next) + ", and no server has it");
      }
    }
  }

  /**
   * A client that selects an offer has no address (RFC 2131 section 4.4, figure 5): what it had
   * before it began anew may end when it names another one.
   */
  @Override
  public void selects(SimHost client, LeaseKey key) {
    leavesOthers(client, key);
  }

  /**
   * A client of DHCPv4 has one address: it uses no other one from now on (RFC 2131 section 2.2).
   */
  private void leavesOthers(SimHost client, LeaseKey chosen) {
    live.entrySet()
        .removeIf(
            each ->
                each.getValue().client == client
                    && each.getKey().kind() == LeaseKind.IPV4
                    && !each.getKey().equals(chosen));
  }

  /**
   * A reply may be on its way that was made before a disk was lost. (A stopgap ends when its client
   * asks again and can have what is reserved for it; a late copy of its question does that, too.)
   */
  private boolean mayBeLost(LeaseKey key) {
    return lostMillis.getOrDefault(key, Long.MIN_VALUE) > world.millis() - LATEST_REPLY_MILLIS;
  }

  @Override
  public void gives(SimHost client, LeaseKey key) {
    Promise promise = live.get(key);
    if (promise != null && promise.client == client) {
      live.remove(key);
    }
  }

  @Override
  public void declines(SimHost client, LeaseKey key) {
    gives(client, key);
  }

  @Override
  public void begins(SimHost client) {
    live.entrySet()
        .removeIf(
            each ->
                each.getValue().client == client
                    && plan.isStopgap(client.identity(), each.getKey()));
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
    long now = Long.MIN_VALUE;
    for (PairServer server : servers) {
      now = Math.max(now, server.setup().clock().millis());
    }
    return end(promise) > now;
  }

  private long end(Promise promise) {
    long least = Long.MAX_VALUE;
    for (PairServer server : servers) {
      ServerClock clock = server.setup().clock();
      least = Math.min(least, clock.leastOffset(promise.sinceMillis));
    }
    return promise.untilMillis + least;
  }

  /** A disk is about to be lost: what only it has is nobody's fault. */
  void loses(PairServer server) {
    for (LeaseKey key : List.copyOf(live.keySet())) {
      Promise promise = promise(key);
      Lease lease = server.store().durable().get(key);
      if (promise != null && lease != null && keeps(server, key, promise)) {
        boolean isTold = !LeaseMarks.of(lease).isDue();
        promise.lost |= !isTold;
        if (!excused && !promise.lost && !isKeptByOther(server, key, promise)) {
          world.fail(broken(key, promise) + ", the partner was told, and does not have it");
        }
      }
    }
    server.store().durable().keySet().forEach(key -> lostMillis.put(key, world.millis()));
  }

  private boolean isKeptByOther(PairServer than, LeaseKey key, Promise promise) {
    return servers.stream().anyMatch(server -> server != than && keeps(server, key, promise));
  }

  private void changes(PairServer server, LeaseChange change) {
    LeaseKey key = change.key();
    Promise promise = promise(key);
    if (promise != null
        && !excused
        && !promise.lost
        && !plan.isStopgap(promise.client.identity(), key)
        && !isKept(change.lease().orElse(null), promise)
        && !isKeptByOther(server, key, promise)) {
      world.fail(
          "%s, and in %s it changes to %s"
              .formatted(broken(key, promise), server.name(), change.lease()));
    }
  }

  private boolean keeps(PairServer server, LeaseKey key, Promise promise) {
    return isKept(server.store().durable().get(key), promise);
  }

  /** A lease lasts to the end of the second that it names. */
  private boolean isKept(Lease lease, Promise promise) {
    return lease != null
        && lease.state() == LeaseState.ACTIVE
        && lease.client().equals(promise.client.identity())
        && lease.iaid() == promise.iaid
        && lease.times().expires() * 1000 + 1000 >= end(promise);
  }

  private String broken(LeaseKey key, Promise promise) {
    return "%s is promised to %s until %d"
        .formatted(key, promise.client.name(), end(promise) / 1000);
  }
}

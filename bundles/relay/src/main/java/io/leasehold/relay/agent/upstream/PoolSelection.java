// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.relay.agent.Flow;
import io.leasehold.relay.agent.upstream.Upstreams.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The member that has a client's leases: the one that the message names, else the first one that
 * answers in the group of the client. Another group has other leases, so a client goes there only
 * if that is configured. Any thread.
 */
final class PoolSelection implements Selection {
  private static final long NEVER = Long.MIN_VALUE;

  /** For those that an operator would not notice, a connection that is made anew for example. */
  private static final long DOWN_MILLIS = 3000;

  private final PoolSubscription pool;
  private final boolean spill;
  private final List<Member> members;
  private final int first;
  private final Knowledge known;
  private final Selection fallback;

  /** Since when a member that was wanted is down, by its place among the members. */
  private final AtomicLongArray down;

  /**
   * Selects among the last uplinks.
   *
   * @param fallback for as long as the pool has no members
   */
  PoolSelection(boolean spill, Upstreams upstreams, Knowledge known, Selection fallback) {
    this.pool = upstreams.pool().orElseThrow();
    this.spill = spill;
    this.members = upstreams.members();
    this.first = upstreams.fixed().size();
    this.known = known;
    this.fallback = fallback;
    this.down = new AtomicLongArray(members.size());
    for (int i = 0; i < members.size(); i++) {
      down.set(i, NEVER);
    }
  }

  @Override
  public List<Integer> targets(Flow flow, long nowMillis) {
    int named = known.servers().of(flow.server(), nowMillis);
    if (named >= first && isUp(named, nowMillis)) {
      return List.of(named); // RFC 8415 section 18.3: no other one would answer.
    }
    List<PoolMember> order = pool.candidates(flow.client());
    return order.isEmpty() ? fallback.targets(flow, nowMillis) : among(order, flow, nowMillis);
  }

  private List<Integer> among(List<PoolMember> order, Flow flow, long nowMillis) {
    long group = order.get(0).group();
    List<Integer> silent = new ArrayList<>(2);
    int chosen = -1;
    for (PoolMember each : order) {
      boolean own = each.group() == group;
      if (!own && (!spill || chosen >= 0)) {
        break;
      }
      int index = indexOf(each);
      if (index < 0 || !isUp(index, nowMillis)) {
        continue;
      }
      UplinkHealth health = known.health().get(index);
      if (health.isFoundDead(nowMillis)) {
        known.uplinks().get(index).renew();
        died(index);
      }
      if (!health.isDead()) {
        chosen = chosen < 0 ? index : chosen;
      } else if (own) {
        silent.add(index);
      }
    }
    if (chosen < 0) {
      return silent; // Whichever comes back first is used.
    }
    boolean mayProbe = flow.answered() && flow.server().isEmpty();
    silent.removeIf(each -> !mayProbe || !known.health().get(each).isProbeDue(nowMillis));
    silent.add(0, chosen);
    return silent;
  }

  /** The uplink of a member; -1 if it cannot be used, or is too new. */
  private int indexOf(PoolMember sought) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).member().isReachedAs(sought)) {
        return first + i;
      }
    }
    return -1;
  }

  private boolean isUp(int index, long nowMillis) {
    int place = index - first;
    if (known.uplinks().get(index).state(nowMillis).isUp()) {
      if (down.getAcquire(place) != NEVER) {
        down.setRelease(place, NEVER);
      }
      return true;
    }
    long since = down.compareAndExchange(place, NEVER, nowMillis);
    if (since != NEVER && nowMillis - since >= DOWN_MILLIS) {
      pool.unreachable(members.get(place).member());
    }
    return false;
  }

  @Override
  public void died(int uplink) {
    if (uplink >= first) {
      pool.unreachable(members.get(uplink - first).member());
    }
  }
}

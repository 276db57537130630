// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Family;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Links of a plan that is to come, opened a few at a time while the lane serves under another plan.
 * Leases that change meanwhile are looked at once more at the end. Owner: the lane's thread.
 */
public final class ComingLinks {
  /** Leases and reservations that are looked at in one portion; takes less than a millisecond. */
  private static final int AT_ONCE = 256;

  /** Making a link takes as long as looking at so many leases. */
  private static final int LINK = 4;

  private final Function<Family, FamilyPlan> plans;
  private final LinkGround ground;
  private final Deque<Link> left;

  /** Links that are served meanwhile, by family and name. */
  private final Map<Object, LinkLeases> served = new HashMap<>();

  private final Map<Link, LinkLeases> opened = new IdentityHashMap<>();

  /** The link that is being opened, or null. */
  private LinkLeases opening;

  /** What has changed since the first link was opened. */
  private final Set<LeaseKey> touched = new LinkedHashSet<>();

  /** Links that must be opened once more. */
  private final Set<Link> outdated = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<PoolUnits, LinkLeases> owners = new IdentityHashMap<>();
  private PoolIndex addressPools;
  private PoolIndex prefixPools;

  /**
   * Opens nothing yet, but notes from now on which leases change.
   *
   * @param serving links of the same table that are served meanwhile: what stays the same of their
   *     pools is used on
   */
  public ComingLinks(
      Collection<Link> links,
      Function<Family, FamilyPlan> plans,
      LinkGround ground,
      Collection<LinkLeases> serving) {
    this.left = new ArrayDeque<>(links);
    this.plans = plans;
    this.ground = ground;
    serving.forEach(link -> served.put(name(link.link()), link));
    ground.table().note(touched);
  }

  private static Object name(Link link) {
    return List.of(link.family(), link.name());
  }

  /** What the links stand on. */
  public LinkGround ground() {
    return ground;
  }

  /** Does a little of what there is to do; whether {@link #finish} will have little left. */
  public boolean goOn() {
    open(AT_ONCE);
    if (opening != null || !left.isEmpty()) {
      return false;
    }
    if (addressPools == null) {
      index();
      return false;
    }
    catchUp(AT_ONCE);
    return touched.size() < AT_ONCE;
  }

  private void open(int most) {
    int budget = most;
    while (budget > 0 && (opening != null || !left.isEmpty())) {
      if (opening == null) {
        Link link = left.element();
        opening = new LinkLeases(link, plan(link), ground, served.get(name(link)));
        opened.put(link, opening);
        left.remove();
        budget -= LINK;
      }
      budget = opening.open(Math.max(budget, 1));
      opening = opening.isOpen() ? null : opening;
    }
  }

  private FamilyPlan plan(Link link) {
    return plans.apply(link.family());
  }

  private void index() {
    owners.clear();
    for (LinkLeases link : opened.values()) {
      if (!link.isShared()) {
        link.pools().all().forEach(pool -> owners.put(pool, link));
      }
    }
    addressPools = index(kind -> kind != LeaseKind.IA_PD);
    prefixPools = index(kind -> kind == LeaseKind.IA_PD);
  }

  private PoolIndex index(Predicate<LeaseKind> kinds) {
    return new PoolIndex(owners.keySet().stream().filter(pool -> kinds.test(pool.kind())).toList());
  }

  /**
   * All links, as the table is now. What former links offer is offered on, as far as the new ones
   * have it in their pools.
   *
   * @param former links of the same table that are served no longer
   */
  public Map<Link, LinkLeases> finish(Collection<LinkLeases> former) {
    open(Integer.MAX_VALUE);
    if (addressPools == null) {
      index();
    }
    catchUp(Integer.MAX_VALUE);
    ground.table().note(null);
    for (Link link : outdated) {
      opened.put(link, new LinkLeases(link, plan(link), ground)).release();
    }
    if (!outdated.isEmpty()) {
      index();
    }
    opened.values().forEach(LinkLeases::succeed);
    former.forEach(link -> link.offers().all().forEach(this::offer));
    return opened;
  }

  /** Gives back what was opened; it will not be used. */
  public void abandon() {
    ground.table().note(null);
    opened.values().forEach(LinkLeases::release);
  }

  private void catchUp(int most) {
    Iterator<LeaseKey> keys = touched.iterator();
    for (int n = 0; n < most && keys.hasNext(); n++) {
      LeaseKey key = keys.next();
      keys.remove();
      catchUp(key);
    }
  }

  private void catchUp(LeaseKey key) {
    if (key.kind() != LeaseKind.IA_PD) {
      refresh(addressPools.at(key.address()), key);
      return;
    }
    for (PoolUnits pool : prefixPools.overlapping(key.asPrefix())) {
      if (pool.contains(key)) {
        refresh(pool, key);
      } else {
        // Of another length: a pool takes it into account when it is opened, and at no other time.
        outdated.add(owners.get(pool).link());
      }
    }
  }

  private void refresh(PoolUnits poolOrNull, LeaseKey key) {
    if (poolOrNull != null && poolOrNull.contains(key)) {
      owners.get(poolOrNull).refresh(key);
    }
  }

  private void offer(Offers.Offer offer) {
    LeaseKey key = offer.key();
    PoolUnits pool = (key.kind() == LeaseKind.IA_PD ? prefixPools : addressPools).at(key.address());
    if (pool != null && pool.contains(key) && !pool.isKept(key)) {
      owners.get(pool).offer(key, offer.client(), offer.iaid(), offer.until());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Family;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Ends the states of leases whose time is over: an active lease expires and its client is
 * remembered for a while; a remembered one is forgotten; a declined one is forgotten at the end of
 * its probation (RFC 8415 section 18.3.8). Owner: the lane's thread.
 */
public final class Reclaimer {
  private final LeaseTable table;
  private final Collection<LinkLeases> links;
  private final Map<Family, Map<Long, LinkLeases>> bySubnet = new EnumMap<>(Family.class);
  private final ToLongFunction<Family> holdSeconds;

  /**
   * Reclaims leases of one lane.
   *
   * @param links the lane's links under the plan in force
   * @param holdSeconds how long the client of an expired lease of a family is remembered; 0 forgets
   *     it at once
   */
  public Reclaimer(
      LeaseTable table, Collection<LinkLeases> links, ToLongFunction<Family> holdSeconds) {
    this.table = table;
    this.links = List.copyOf(links);
    this.holdSeconds = holdSeconds;
    for (LinkLeases link : links) {
      Map<Long, LinkLeases> ofFamily =
          bySubnet.computeIfAbsent(link.link().family(), family -> new HashMap<>());
      link.link().subnets().forEach(subnet -> ofFamily.put(subnet.id(), link));
    }
  }

  /**
   * Ends at most {@code limit} states that are over at {@code now}; returns the changes for the
   * store, empty if nothing is due.
   */
  public List<LeaseChange> reclaim(long now, int limit) {
    List<LeaseChange> changes = new ArrayList<>();
    table.due(now, limit, lease -> changes.add(end(lease, now)));
    return changes;
  }

  private LeaseChange end(Lease lease, long now) {
    return lease.state() == LeaseState.ACTIVE
        ? remember(lease, LeaseState.EXPIRED, lease.times().expires(), now)
        : forget(lease);
  }

  /** Frees a lease as if its client had released it (RFC 8415 section 18.3.7). */
  public LeaseChange release(Lease lease, long now) {
    return lease.state() == LeaseState.ACTIVE
        ? remember(lease, LeaseState.RELEASED, now, now)
        : forget(lease);
  }

  private LeaseChange remember(Lease lease, LeaseState state, long since, long now) {
    long memory = holdSeconds.applyAsLong(lease.key().kind().family());
    if (memory == 0) {
      return forget(lease);
    }
    LeaseTimes times = lease.times();
    Lease ended =
        lease.ended(
            state,
            new LeaseTimes(since, times.lastTransaction(), times.preferredUntil(), now + memory));
    LinkLeases link = linkOf(lease);
    if (link != null) {
      return link.commit(ended);
    }
    table.put(ended);
    return LeaseChange.put(ended);
  }

  /** Forgets a lease and its client. */
  public LeaseChange forget(Lease lease) {
    LeaseKey key = lease.key();
    LinkLeases link = linkOf(lease);
    if (link != null) {
      return link.forget(key);
    }
    table.remove(key);
    return LeaseChange.remove(key);
  }

  /**
   * The link whose pools have the unit, also when the plan gave the subnet another id since; null
   * if there is none any more.
   */
  private LinkLeases linkOf(Lease lease) {
    LinkLeases link =
        bySubnet.getOrDefault(lease.key().kind().family(), Map.of()).get(lease.subnetId());
    if (link != null && link.isInPool(lease.key())) {
      return link;
    }
    return links.stream().filter(other -> other.isInPool(lease.key())).findFirst().orElse(link);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
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
    table.due(
        now,
        limit,
        lease -> {
          LinkLeases link = linkOf(lease);
          LeaseChange change =
              isGoverned(link) ? new GovernedEnds(link).end(lease, now) : end(link, lease, now);
          if (change != null) {
            changes.add(change);
          }
        });
    return changes;
  }

  private static boolean isGoverned(LinkLeases linkOrNull) {
    return linkOrNull != null && linkOrNull.governanceOrNull() != null;
  }

  private LeaseChange end(LinkLeases linkOrNull, Lease lease, long now) {
    return lease.state() == LeaseState.ACTIVE
        ? remember(linkOrNull, lease, LeaseState.EXPIRED, lease.times().expires(), now)
        : forget(linkOrNull, lease);
  }

  /**
   * Frees a lease as if its client had released it (RFC 8415 section 18.3.7); null if it cannot be
   * freed now.
   */
  public LeaseChange release(Lease lease, long now) {
    LinkLeases link = linkOf(lease);
    if (isGoverned(link)) {
      return new GovernedEnds(link).release(lease, now);
    }
    return lease.state() == LeaseState.ACTIVE
        ? remember(link, lease, LeaseState.RELEASED, now, now)
        : forget(link, lease);
  }

  private LeaseChange remember(
      LinkLeases linkOrNull, Lease lease, LeaseState state, long since, long now) {
    long memory = holdSeconds.applyAsLong(lease.key().kind().family());
    if (memory == 0) {
      return forget(linkOrNull, lease);
    }
    Lease ended = ended(lease, state, since, now + memory);
    if (linkOrNull != null) {
      return linkOrNull.commit(ended);
    }
    table.put(ended);
    return LeaseChange.put(ended);
  }

  static Lease ended(Lease lease, LeaseState state, long since, long until) {
    LeaseTimes times = lease.times();
    return lease.ended(
        state, new LeaseTimes(since, times.lastTransaction(), times.preferredUntil(), until));
  }

  /** Forgets a lease and its client; null if that cannot be now. */
  public LeaseChange forget(Lease lease, long now) {
    LinkLeases link = linkOf(lease);
    return isGoverned(link) ? new GovernedEnds(link).wipe(lease, now) : forget(link, lease);
  }

  private LeaseChange forget(LinkLeases linkOrNull, Lease lease) {
    if (linkOrNull != null) {
      return linkOrNull.forget(lease.key());
    }
    table.remove(lease.key());
    return LeaseChange.remove(lease.key());
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

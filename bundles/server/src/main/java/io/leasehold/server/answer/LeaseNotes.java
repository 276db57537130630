// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.allocation.GovernorView.Terms;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.plan.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one request does to leases. It is noted while the answer is made and takes effect at the
 * end, in {@link #commit}, so that an error on the way leaves no lease half changed. Owned by the
 * lane.
 */
public final class LeaseNotes {
  private record Offer(LeaseKey key, long iaid, long until) {}

  private final LinkLeases leases;
  private final ClientIdentity client;
  private final LeaseFacts facts;
  private final long now;
  private List<Lease> changed = List.of();
  private List<Offer> offered = List.of();

  /**
   * Nothing yet.
   *
   * @param leases of the client's link; null if it is not known, and then nothing may be noted
   * @param client who gets leases
   * @param now seconds since 1970
   */
  public LeaseNotes(
      LinkLeases leases,
      ClientIdentity client,
      ClientFacts facts,
      ReservedLeases reserved,
      long now) {
    this.leases = leases;
    this.client = client;
    this.facts = new LeaseFacts(facts, reserved);
    this.now = now;
  }

  /** Notes that something is to be kept for the client for some seconds. */
  public void offer(LeaseKey key, long iaid, long seconds) {
    offered = offered.isEmpty() ? new ArrayList<>(2) : offered;
    offered.add(new Offer(key, iaid, now + seconds));
  }

  /**
   * Notes that the client gets a lease.
   *
   * @param renewSeconds when it is told to renew
   */
  public void bind(Grant grant, long iaid, long renewSeconds) {
    Lease previous = grant.previousOrNull();
    LeaseTimes times =
        new LeaseTimes(
            previous == null ? now : previous.times().stateSince(),
            now,
            LeaseTimes.end(now, grant.preferredSeconds()),
            LeaseTimes.end(now, grant.validSeconds()));
    Subnet subnet = grant.choice().subnet();
    LeaseDetails before = previous == null ? LeaseDetails.NONE : previous.details();
    change(
        new Lease(
            grant.key(),
            subnet.id(),
            client,
            iaid,
            LeaseState.ACTIVE,
            times,
            facts.of(subnet, before)),
        leases.governanceOrNull() == null
            ? Optional.empty()
            : Optional.of(new Terms(renewSeconds, grant.desiredSeconds())));
  }

  /** Notes that a client gave a lease back; it is remembered. */
  public void release(Lease lease) {
    end(lease, LeaseState.RELEASED);
  }

  /**
   * Notes that the client is to stop using a lease; nobody else gets it before its time is over.
   * What two servers share stays as it is for that: they free what is reset as soon as both know.
   */
  public void takeBack(Lease lease) {
    if (leases.governanceOrNull() != null) {
      return;
    }
    LeaseTimes times = lease.times();
    change(lease.ended(LeaseState.RESET, new LeaseTimes(now, now, now, times.expires())));
  }

  /** Notes that a lease is over; its client is remembered. */
  public void expire(Lease lease) {
    // RFC 8156 section 7.5.4: a partner believes that a lease has expired when it has.
    end(lease, leases.governanceOrNull() == null ? LeaseState.EXPIRED : LeaseState.RELEASED);
  }

  private void end(Lease lease, LeaseState state) {
    long memory = leases.plan().settings().holdReclaimedSeconds();
    change(lease.ended(state, new LeaseTimes(now, now, now, now + memory)));
  }

  /** Notes that somebody else uses an address: it is out of use for a while. */
  public void abandon(Lease lease) {
    change(leases.abandoned(lease.key(), lease.subnetId(), now));
  }

  private void change(Lease lease) {
    change(lease, Optional.empty());
  }

  private void change(Lease lease, Optional<Terms> terms) {
    changed = changed.isEmpty() ? new ArrayList<>(2) : changed;
    changed.add(leases.marked(lease, terms, now));
  }

  /** Makes all that was noted so; returns what changed, for the store. */
  public List<LeaseChange> commit() {
    for (int i = 0; i < offered.size(); i++) {
      Offer offer = offered.get(i);
      leases.offer(offer.key(), client, offer.iaid(), offer.until());
    }
    if (changed.size() == 1) {
      return List.of(leases.commit(changed.get(0)));
    }
    List<LeaseChange> changes = new ArrayList<>(changed.size());
    for (Lease lease : changed) {
      changes.add(leases.commit(lease));
    }
    return List.copyOf(changes);
  }
}

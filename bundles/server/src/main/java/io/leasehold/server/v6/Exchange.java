// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Prefix;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.lease.Wish;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.v6.intake.Dhcp6Request;
import io.leasehold.server.v6.intake.IdentityAssociation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One request and the leases it is about. Decisions are collected here and take effect at the end,
 * in {@link #commit}, so that an error on the way leaves no lease half changed. Owned by the lane.
 */
final class Exchange {
  /** Leases of one client that are looked at. */
  static final int MAX_HELD = 256;

  /** Seconds for which an advertised address or prefix is kept for the client. */
  private static final long OFFER_SECONDS = 60;

  private final Dhcp6Request request;
  private final LinkLeases leases;
  private final long now;
  private final ReservedLeases reserved;
  private final LeaseFacts facts;
  private final List<Lease> pending = new ArrayList<>(2);
  private List<AssociationAnswer> advertised = List.of();
  private List<Lease> heldOrNull;
  private Set<LeaseKey> taken = Set.of();

  Exchange(Dhcp6Request request, LinkLeases leases, long now) {
    this.request = request;
    this.leases = leases;
    this.now = now;
    this.reserved = ReservedLeases.of(request, leases);
    this.facts = new LeaseFacts(request, reserved);
  }

  Dhcp6Request request() {
    return request;
  }

  /** Whether the client's link, and so its leases, are known. */
  boolean knowsLink() {
    return leases != null;
  }

  /** The client's link, which must be known. */
  Link link() {
    return leases.link();
  }

  /** What is reserved for the client on this link. */
  ReservedLeases reserved() {
    return reserved;
  }

  /** The client's active leases of an association on this link, oldest first. */
  List<Lease> bindings(IdentityAssociation association) {
    List<Lease> found = new ArrayList<>(1);
    List<Lease> held = held();
    for (int i = held.size() - 1; i >= 0; i--) {
      Lease lease = held.get(i);
      if (lease.state() == LeaseState.ACTIVE
          && lease.iaid() == association.iaid()
          && lease.key().kind() == association.kind()
          && isOfThisLink(lease)) {
        found.add(lease);
      }
    }
    return found;
  }

  private List<Lease> held() {
    if (heldOrNull == null) {
      heldOrNull = leases.table().ofClient(identity(), MAX_HELD);
    }
    return heldOrNull;
  }

  private boolean isOfThisLink(Lease lease) {
    for (Subnet subnet : link().subnets()) {
      if (subnet.id() == lease.subnetId()) {
        return true;
      }
    }
    return false;
  }

  /** Where an address or prefix belongs, if this client may have it on this link; null if not. */
  Choice locate(LeaseKey key) {
    return leases.locate(key, request.identifiers()).orElse(null);
  }

  /** Whether an address or prefix is kept for somebody else. */
  boolean isReservedForOther(LeaseKey key) {
    return leases.reservedForOther(key, request.identifiers());
  }

  /**
   * Chooses one more address or prefix; null if there is none.
   *
   * @param hintOrNull the one the client would like
   * @param hintLength the length of prefix it would like, 0 for any
   */
  Choice choose(IdentityAssociation association, Prefix hintOrNull, int hintLength) {
    Optional<Choice> choice =
        leases.choose(
            new Wish(
                association.kind(),
                identity(),
                association.iaid(),
                request.identifiers(),
                hintOrNull,
                hintLength,
                taken,
                request.placeOrNull().subnet().id()),
            now);
    return choice.orElse(null);
  }

  /** Keeps what is granted or retired in this message from being chosen again in it. */
  void take(LeaseKey key) {
    if (taken.isEmpty()) {
      taken = new HashSet<>();
    }
    taken.add(key);
  }

  /** How many leases the message has got so far. */
  int takenCount() {
    return taken.size();
  }

  /** Notes that advertised addresses and prefixes are to be kept for the client for a while. */
  void offer(List<AssociationAnswer> answers) {
    advertised = answers;
  }

  private void keepOffers() {
    for (AssociationAnswer answer : advertised) {
      for (Grant grant : answer.grants()) {
        if (grant.previousOrNull() == null) {
          long iaid = answer.association().iaid();
          leases.offer(grant.key(), identity(), iaid, now + OFFER_SECONDS);
        }
      }
    }
  }

  /** Notes that the leases of the answers are to be bound, and that retired ones end. */
  void bind(List<AssociationAnswer> answers) {
    for (AssociationAnswer answer : answers) {
      for (Lease lease : answer.retired()) {
        pending.add(ended(lease, LeaseState.EXPIRED));
      }
      for (Grant grant : answer.grants()) {
        pending.add(bound(answer.association(), grant));
      }
    }
  }

  private Lease bound(IdentityAssociation association, Grant grant) {
    Lease previous = grant.previousOrNull();
    LeaseTimes times =
        new LeaseTimes(
            previous == null ? now : previous.times().stateSince(),
            now,
            LeaseTimes.end(now, grant.preferredSeconds()),
            LeaseTimes.end(now, grant.validSeconds()));
    Subnet subnet = grant.choice().subnet();
    LeaseDetails before = previous == null ? LeaseDetails.NONE : previous.details();
    return new Lease(
        grant.key(),
        subnet.id(),
        identity(),
        association.iaid(),
        LeaseState.ACTIVE,
        times,
        facts.of(subnet, before));
  }

  /** Notes that a client gave a lease back (RFC 8415 section 18.3.7); it is remembered. */
  void release(Lease lease) {
    pending.add(ended(lease, LeaseState.RELEASED));
  }

  private Lease ended(Lease lease, LeaseState state) {
    long memory = leases.plan().settings().holdReclaimedSeconds();
    return lease.with(state, new LeaseTimes(now, now, now, now + memory));
  }

  /** Notes that somebody else uses an address (RFC 8415 section 18.3.8). */
  void abandon(Lease lease) {
    long probation = leases.plan().settings().declineProbationSeconds();
    pending.add(
        new Lease(
            lease.key(),
            lease.subnetId(),
            ClientIdentity.NONE,
            0,
            LeaseState.ABANDONED,
            new LeaseTimes(now, now, now, now + probation),
            LeaseDetails.NONE));
  }

  /** Makes all that was noted so; returns it for the store. */
  List<LeaseChange> commit() {
    keepOffers();
    List<LeaseChange> changes = new ArrayList<>(pending.size());
    for (Lease lease : pending) {
      changes.add(leases.commit(lease));
    }
    return changes;
  }

  private ClientIdentity identity() {
    return request.client().identity();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Prefix;
import io.leasehold.server.answer.Grant;
import io.leasehold.server.answer.LeaseNotes;
import io.leasehold.server.answer.ReservedLeases;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.lease.Wish;
import io.leasehold.server.plan.Link;
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
  private final LeaseNotes notes;
  private List<Lease> heldOrNull;
  private Set<LeaseKey> taken = Set.of();

  Exchange(Dhcp6Request request, LinkLeases leases, long now) {
    this.request = request;
    this.leases = leases;
    this.now = now;
    this.reserved = ReservedLeases.of(request.identifiers(), leases);
    this.notes = new LeaseNotes(leases, identity(), new RequestFacts(request), reserved, now);
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
    return held(association, LeaseState.ACTIVE);
  }

  private List<Lease> held(IdentityAssociation association, LeaseState state) {
    List<Lease> found = new ArrayList<>(1);
    List<Lease> held = held();
    for (int i = held.size() - 1; i >= 0; i--) {
      Lease lease = held.get(i);
      if (lease.state() == state
          && lease.iaid() == association.iaid()
          && lease.key().kind() == association.kind()
          && leases.isOfThisLink(lease)) {
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
    for (AssociationAnswer answer : answers) {
      for (Grant grant : answer.grants()) {
        if (grant.previousOrNull() == null) {
          notes.offer(grant.key(), answer.association().iaid(), OFFER_SECONDS);
        }
      }
    }
  }

  /**
   * Notes that the leases of the answers are to be bound, and that retired ones end. What the
   * client names it still uses, and the Reply that takes it away may be lost: nobody else gets it
   * until the client no longer names it, or its time is over.
   */
  void bind(List<AssociationAnswer> answers) {
    for (AssociationAnswer answer : answers) {
      IdentityAssociation association = answer.association();
      for (Lease lease : answer.retired()) {
        if (association.named(lease.key()) == null) {
          notes.expire(lease);
        } else {
          notes.takeBack(lease);
        }
      }
      letGo(association);
      for (Grant grant : answer.grants()) {
        notes.bind(grant, answer.association().iaid());
      }
    }
  }

  private void letGo(IdentityAssociation association) {
    for (Lease lease : knowsLink() ? held(association, LeaseState.RESET) : List.<Lease>of()) {
      if (association.named(lease.key()) == null) {
        notes.expire(lease);
      }
    }
  }

  /** Notes that a client gave a lease back (RFC 8415 section 18.3.7). */
  void release(Lease lease) {
    notes.release(lease);
  }

  /** Notes that somebody else uses an address (RFC 8415 section 18.3.8). */
  void abandon(Lease lease) {
    notes.abandon(lease);
  }

  /** Makes all that was noted so; returns it for the store. */
  List<LeaseChange> commit() {
    return notes.commit();
  }

  private ClientIdentity identity() {
    return request.client().identity();
  }
}

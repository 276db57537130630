// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Prefix;
import io.leasehold.server.answer.Grant;
import io.leasehold.server.answer.LeaseExchange;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.lease.Wish;
import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.v6.intake.Dhcp6Request;
import io.leasehold.server.v6.intake.IdentityAssociation;
import io.leasehold.server.v6.intake.WantedLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request and the leases of its identity associations. Owned by the lane. */
final class Exchange extends LeaseExchange<Dhcp6Request> {
  /** Leases of one client that are looked at. */
  static final int MAX_HELD = 256;

  /** Seconds for which an advertised address or prefix is kept for the client. */
  private static final long OFFER_SECONDS = 60;

  private List<Lease> heldOrNull;
  private List<LeaseKey> taken = List.of();

  Exchange(Dhcp6Request request, LinkLeases leases, long now) {
    super(request, new RequestFacts(request), leases, now);
  }

  /** The client's active leases of an association on this link, oldest first. */
  List<Lease> bindings(IdentityAssociation association) {
    return held(association, LeaseState.ACTIVE);
  }

  private List<Lease> held(IdentityAssociation association, LeaseState state) {
    List<Lease> found = List.of();
    List<Lease> held = held();
    for (int i = held.size() - 1; i >= 0; i--) {
      Lease lease = held.get(i);
      if (lease.state() == state
          && lease.iaid() == association.iaid()
          && lease.key().kind() == association.kind()
          && leases.isOfThisLink(lease)) {
        found = found.isEmpty() ? new ArrayList<>(1) : found;
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
                request.placeOrNull().subnet().id(),
                classification().members()),
            now);
    return choice.orElse(null);
  }

  /** What the client gets with an address or prefix: fresh lifetimes. */
  Grant grant(IdentityAssociation association, Choice choice, Lease previousOrNull) {
    Lifetimes lifetimes = choice.subnet().lifetimes();
    WantedLease wanted = association.wish(choice.key());
    long desired =
        classification()
            .valid(lifetimes.valid())
            .choose(wanted == null ? 0 : wanted.validSeconds());
    long valid = leases.promisedSeconds(choice.key(), request.client().identity(), desired, now);
    long wish = wanted == null ? 0 : wanted.preferredSeconds();
    long preferred =
        Lifetimes.preferred(classification().preferred(lifetimes.preferred()).choose(wish), valid);
    return told(new Grant(choice, previousOrNull, preferred, valid, desired), wanted != null);
  }

  /** Keeps what is granted or retired in this message from being chosen again in it. */
  void take(LeaseKey key) {
    if (taken.isEmpty()) {
      taken = new ArrayList<>(2);
    }
    if (!taken.contains(key)) {
      taken.add(key);
    }
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
    boolean governed = knowsLink() && leases.governanceOrNull() != null;
    long renew = governed ? RenewalTimes.of(answers).t1Seconds() : 0;
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
        // RFC 8415 section 21.4: a client that is not told renews at a time of its own.
        long renewSeconds = renew == 0 ? grant.preferredSeconds() / 2 : renew;
        notes.bind(grant, answer.association().iaid(), renewSeconds);
      }
    }
  }

  private void letGo(IdentityAssociation association) {
    // What two servers have reset is free when both know.
    boolean ours = knowsLink() && leases.governanceOrNull() == null;
    for (Lease lease : ours ? held(association, LeaseState.RESET) : List.<Lease>of()) {
      if (association.named(lease.key()) == null) {
        notes.expire(lease);
      }
    }
  }

  private ClientIdentity identity() {
    return request.client().identity();
  }
}

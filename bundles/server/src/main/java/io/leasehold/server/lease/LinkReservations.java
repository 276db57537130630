// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Prefix;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.Subnet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The reservations that hold on one link: those of its subnets and the global ones, as far as each
 * subnet looks them up.
 */
final class LinkReservations implements Iterable<Reservation> {
  private final Link link;
  private final Reservations global;
  private final boolean anyGlobal;

  LinkReservations(Link link, Reservations global) {
    this.link = link;
    this.global = global;
    this.anyGlobal =
        !global.isEmpty() && link.subnets().stream().anyMatch(s -> s.reservationScope().global());
  }

  /**
   * The reservation of a client in a subnet: the subnet's own before a global one, each by the
   * identifiers' order.
   */
  Optional<Reservation> of(Subnet subnet, List<HostIdentifier> identifiers) {
    Optional<Reservation> found = Optional.empty();
    if (subnet.reservationScope().inSubnet()) {
      found = first(subnet.reservations(), identifiers);
    }
    return found.isEmpty() && subnet.reservationScope().global()
        ? first(global, identifiers)
        : found;
  }

  /** The same, in a subnet that a client may use. */
  Optional<Reservation> of(Subnet subnet, List<HostIdentifier> identifiers, Membership client) {
    return link.classes().guard().admits(client) && subnet.classes().guard().admits(client)
        ? of(subnet, identifiers)
        : Optional.empty();
  }

  private static Optional<Reservation> first(
      Reservations reservations, List<HostIdentifier> identifiers) {
    if (reservations.isEmpty()) {
      return Optional.empty();
    }
    return identifiers.stream().map(reservations::of).flatMap(Optional::stream).findFirst();
  }

  /**
   * What a reservation keeps in a subnet, as keys of a kind. An address of another subnet is no
   * use.
   */
  static List<LeaseKey> keys(Reservation reservation, Subnet subnet, LeaseKind kind) {
    return kind == LeaseKind.IA_PD
        ? reservation.prefixes().stream().map(LeaseKey::prefix).toList()
        : reservation.addresses().stream()
            .filter(subnet.prefix()::contains)
            .map(address -> new LeaseKey(0, kind, address, 128))
            .toList();
  }

  /** The reservations that keep exactly this key. */
  List<Reservation> holding(LeaseKey key) {
    Prefix resource = key.asPrefix();
    List<Reservation> holding = new ArrayList<>(1);
    for (Subnet subnet : link.subnets()) {
      if (subnet.reservationScope().inSubnet() && !subnet.reservations().isEmpty()) {
        subnet.reservations().of(resource).ifPresent(holding::add);
      }
    }
    if (anyGlobal) {
      global.of(resource).ifPresent(holding::add);
    }
    return holding;
  }

  /** Every reservation that holds on this link. */
  @Override
  public Iterator<Reservation> iterator() {
    List<Reservations> groups = new ArrayList<>();
    for (Subnet subnet : link.subnets()) {
      if (subnet.reservationScope().inSubnet()) {
        groups.add(subnet.reservations());
      }
    }
    if (anyGlobal) {
      groups.add(global);
    }
    return new Iterator<>() {
      private final Iterator<Reservations> next = groups.iterator();
      private Iterator<Reservation> of = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!of.hasNext() && next.hasNext()) {
          of = next.next().all().iterator();
        }
        return of.hasNext();
      }

      @Override
      public Reservation next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return of.next();
      }
    };
  }

  /**
   * Whether the same is out of allocation here as on a link of another plan. Plans have the same
   * object for equal reservations, see {@link Reservations}.
   */
  boolean keepTheSameAs(LinkReservations other) {
    List<Subnet> subnets = link.subnets();
    List<Subnet> others = other.link.subnets();
    if (subnets.size() != others.size()
        || anyGlobal != other.anyGlobal
        || anyGlobal && global != other.global) {
      return false;
    }
    for (int i = 0; i < subnets.size(); i++) {
      Subnet one = subnets.get(i);
      if (!one.reservationScope().equals(others.get(i).reservationScope())
          || one.reservations() != others.get(i).reservations()) {
        return false;
      }
    }
    return true;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.ArrayList;
import java.util.List;

/** What the plan reserves for one client on its link. */
final class ReservedLeases {
  private static final ReservedLeases NONE = new ReservedLeases(List.of());

  private record Found(Subnet subnet, Reservation reservation) {}

  private final List<Found> all;

  private ReservedLeases(List<Found> all) {
    this.all = all;
  }

  /** Looks the client up in every subnet of its link; {@code leases} may be null. */
  static ReservedLeases of(Dhcp6Request request, LinkLeases leases) {
    if (leases == null || request.identifiers().isEmpty()) {
      return NONE;
    }
    boolean global = !leases.plan().globalReservations().isEmpty();
    List<Found> found = List.of();
    for (Subnet subnet : leases.link().subnets()) {
      Reservation reservation =
          global || !subnet.reservations().isEmpty()
              ? leases.reservationFor(subnet, request.identifiers()).orElse(null)
              : null;
      if (reservation != null) {
        found = found.isEmpty() ? new ArrayList<>(1) : found;
        found.add(new Found(subnet, reservation));
      }
    }
    return found.isEmpty() ? NONE : new ReservedLeases(found);
  }

  /** Whether nothing is reserved. */
  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether an address or prefix is reserved for the client. */
  boolean contains(LeaseKey key) {
    for (Found one : all) {
      Reservation reservation = one.reservation();
      boolean contained =
          key.kind() == LeaseKind.IA_PD
              ? reservation.prefixes().contains(key.asPrefix())
              : reservation.addresses().contains(key.address());
      if (contained) {
        return true;
      }
    }
    return false;
  }

  /** The client's reservation in a subnet; null if there is none. */
  Reservation in(Subnet subnet) {
    for (Found one : all) {
      if (one.subnet() == subnet) {
        return one.reservation();
      }
    }
    return null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the plan reserves for one client on its link. */
public final class ReservedLeases {
  private static final ReservedLeases NONE = new ReservedLeases(List.of());

  private record Found(Subnet subnet, Reservation reservation) {}

  private final List<Found> all;

  private ReservedLeases(List<Found> all) {
    this.all = all;
  }

  /**
   * Looks a client up in every subnet of its link.
   *
   * @param leases of the link; null if it is not known
   * @param classes of the client, which may open a subnet to it
   */
  public static ReservedLeases of(
      List<HostIdentifier> identifiers, LinkLeases leases, Membership classes) {
    if (leases == null || identifiers.isEmpty()) {
      return NONE;
    }
    boolean global = !leases.plan().globalReservations().isEmpty();
    List<Found> found = List.of();
    for (Subnet subnet : leases.link().subnets()) {
      Reservation reservation =
          global || !subnet.reservations().isEmpty()
              ? leases.reservationFor(subnet, identifiers, classes).orElse(null)
              : null;
      if (reservation != null) {
        found = found.isEmpty() ? new ArrayList<>(1) : found;
        found.add(new Found(subnet, reservation));
      }
    }
    return found.isEmpty() ? NONE : new ReservedLeases(found);
  }

  /** Whether nothing is reserved. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether an address or prefix is reserved for the client. */
  public boolean contains(LeaseKey key) {
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
  public Reservation in(Subnet subnet) {
    for (Found one : all) {
      if (one.subnet() == subnet) {
        return one.reservation();
      }
    }
    return null;
  }

  /** Tells what is reserved, and by which identifier. */
  void tell(Explanation to) {
    if (!to.isOn()) {
      return;
    }
    if (all.isEmpty()) {
      to.step(Topic.RESERVATION, "none", "");
    }
    for (Found one : all) {
      Reservation reservation = one.reservation();
      HostIdentifier by = reservation.identifier();
      List<Object> what = new ArrayList<>(reservation.addresses());
      what.addAll(reservation.prefixes());
      reservation.hostname().ifPresent(name -> what.add("hostname " + name));
      String word = by.type().name().toLowerCase(Locale.ROOT).replace('_', '-');
      to.step(
          Topic.RESERVATION,
          what.isEmpty()
              ? "without an address"
              : what.stream().map(Object::toString).collect(Collectors.joining(" ")),
          (isGlobal(one) ? "global, in subnet " : "in subnet ")
              + one.subnet().id()
              + " by "
              + word
              + " "
              + by.value().toHex(":"));
    }
  }

  private static boolean isGlobal(Found one) {
    HostIdentifier by = one.reservation().identifier();
    return one.subnet().reservations().of(by).orElse(null) != one.reservation();
  }

  /** The options of the client's reservation in a subnet. */
  OptionSet options(Subnet subnet) {
    Reservation reservation = in(subnet);
    return reservation == null ? OptionSet.NONE : reservation.options();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Prefix;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Reservations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reservations of the plan before. A plan has the same object where it reserves the same, so
 * that plans that follow one another need the memory of one, and it is seen at once that nothing
 * has changed.
 */
final class FormerReservations {
  /** Of no plan. */
  static final FormerReservations NONE = new FormerReservations();

  private final Map<Prefix, Reservations> bySubnet = new HashMap<>();

  private FormerReservations() {}

  /** Those of a plan. */
  FormerReservations(FamilyPlan former) {
    put(Prefix.ALL, former.globalReservations());
    former.links().stream()
        .flatMap(link -> link.subnets().stream())
        .forEach(subnet -> put(subnet.prefix(), subnet.reservations()));
  }

  /** Classes have other numbers in another plan. */
  private void put(Prefix subnet, Reservations reservations) {
    boolean anyClass =
        reservations.all().stream()
            .anyMatch(one -> !one.classes().isEmpty() || one.options().isGuarded());
    if (!anyClass) {
      bySubnet.put(subnet, reservations);
    }
  }

  /** Reservations of a subnet, or the global ones if it is {@link Prefix#ALL}. */
  Reservations of(Prefix subnet, List<Reservation> all) {
    if (all.isEmpty()) {
      return Reservations.NONE;
    }
    Reservations former = bySubnet.get(subnet);
    return former != null && former.all().equals(all) ? former : new Reservations(all);
  }
}

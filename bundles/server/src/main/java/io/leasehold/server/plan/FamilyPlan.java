// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Family;
import java.util.List;
import java.util.Optional;

/**
 * What a plan has for the clients of one family: the {@code Dhcp6} or the {@code Dhcp4} object.
 * Immutable.
 *
 * @param family whose clients
 * @param served whether there is such an object; without it nothing is listened to
 * @param settings what concerns the family as a whole
 * @param links all links
 * @param options options of no link in particular, for a client whose link the plan does not know
 * @param globalReservations reservations that hold in every subnet with {@link
 *     ReservationScope#global()}
 * @param classes the classes that clients may belong to
 */
public record FamilyPlan(
    Family family,
    boolean served,
    FamilySettings settings,
    List<Link> links,
    OptionSet options,
    Reservations globalReservations,
    ClientClasses classes) {

  /** Copies the list. */
  public FamilyPlan {
    links = List.copyOf(links);
  }

  /** One without classes. */
  public FamilyPlan(
      Family family,
      boolean served,
      FamilySettings settings,
      List<Link> links,
      OptionSet options,
      Reservations globalReservations) {
    this(family, served, settings, links, options, globalReservations, ClientClasses.NONE);
  }

  /** Nothing for a family. */
  public static FamilyPlan none(Family family) {
    return new FamilyPlan(
        family, false, FamilySettings.DEFAULT, List.of(), OptionSet.NONE, Reservations.NONE);
  }

  /**
   * By what reservations are looked up, in this order; by nothing if there are none, so that nobody
   * looks for identifiers in vain.
   */
  public List<HostIdentifier.Type> lookups() {
    boolean none =
        globalReservations.isEmpty()
            && links.stream()
                .flatMap(link -> link.subnets().stream())
                .allMatch(subnet -> subnet.reservations().isEmpty());
    return none ? List.of() : settings.reservationIdentifiers();
  }

  /** The subnet with an id. */
  public Optional<Subnet> subnet(long id) {
    return links.stream()
        .flatMap(link -> link.subnets().stream())
        .filter(s -> s.id() == id)
        .findFirst();
  }
}

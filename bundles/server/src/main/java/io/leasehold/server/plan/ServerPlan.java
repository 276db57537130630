// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.codec.option.OptionCatalogue;
import java.util.List;
import java.util.Optional;

/**
 * Everything the server was told about its networks. Immutable; one object is in force at a time.
 *
 * @param digest names the content: equal documents give equal digests
 * @param settings what concerns the server as a whole
 * @param links all links
 * @param options options of no link in particular, for a client whose link the plan does not know
 * @param globalReservations reservations that hold in every subnet with {@link
 *     ReservationScope#global()}
 * @param catalogue standard option definitions and those of the plan and of option bundles
 */
public record ServerPlan(
    String digest,
    ServerSettings settings,
    List<Link> links,
    OptionSet options,
    Reservations globalReservations,
    OptionCatalogue catalogue) {

  /** Copies the list. */
  public ServerPlan {
    links = List.copyOf(links);
  }

  /** The subnet with an id. */
  public Optional<Subnet> subnet(long id) {
    return links.stream()
        .flatMap(link -> link.subnets().stream())
        .filter(s -> s.id() == id)
        .findFirst();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Optional;

/**
 * A link (RFC 8415 section 3): subnets on one wire. A shared network of the plan, or a subnet that
 * stands alone.
 *
 * @param family of whose clients
 * @param name the shared network's name, or the prefix of the subnet that stands alone; unique in a
 *     plan for its family
 * @param shared whether it is a shared network
 * @param selectors which packets come from it, besides those that its subnets name
 * @param subnets at least one, in the order of the plan, which is the order of preference
 * @param governor who says what may be promised on it (RFC 8156); empty if nobody has to be asked
 * @param classes what classes have to do with the shared network; nothing, if it is not shared
 */
public record Link(
    Family family,
    String name,
    boolean shared,
    Selectors selectors,
    List<Subnet> subnets,
    Optional<String> governor,
    ClassTerms classes) {
  /** Copies the list. */
  public Link {
    subnets = List.copyOf(subnets);
  }

  /** One that has nothing to do with classes. */
  public Link(
      Family family,
      String name,
      boolean shared,
      Selectors selectors,
      List<Subnet> subnets,
      Optional<String> governor) {
    this(family, name, shared, selectors, subnets, governor, ClassTerms.NONE);
  }

  /** One without a governor either. */
  public Link(
      Family family, String name, boolean shared, Selectors selectors, List<Subnet> subnets) {
    this(family, name, shared, selectors, subnets, Optional.empty());
  }

  /** The same link with other subnets. */
  public Link with(List<Subnet> others) {
    return new Link(family, name, shared, selectors, others, governor, classes);
  }

  /** Whether one of its subnets contains the address. */
  public boolean contains(Ipv6 address) {
    for (Subnet subnet : subnets) {
      if (subnet.prefix().contains(address)) {
        return true;
      }
    }
    return false;
  }
}

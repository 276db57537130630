// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.net.Family;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything the server was told about its networks. Immutable; one object is in force at a time.
 *
 * @param digest names the content: equal documents give equal digests
 * @param v6 what DHCPv6 clients get
 * @param v4 what DHCPv4 clients get
 * @param catalogue standard option definitions and those of the plan and of option bundles
 */
public record ServerPlan(String digest, FamilyPlan v6, FamilyPlan v4, OptionCatalogue catalogue) {

  /** The part of a family. */
  public FamilyPlan of(Family family) {
    return family == Family.IPV6 ? v6 : v4;
  }

  /** All links, of both families. */
  public List<Link> links() {
    return Stream.concat(v6.links().stream(), v4.links().stream()).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.ServerStatus;
import io.leasehold.server.SubnetUse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The subnet that a user means by its id or its prefix. The plan may have the same id in both
 * families; then the id alone means none.
 *
 * @param family its family; empty if the plan has no such subnet and nobody said
 * @param id its id
 */
record SubnetTarget(Optional<Family> family, long id) {
  /**
   * Finds it. An id that the plan does not have is taken as it is: leases may be left of it.
   *
   * @param family the family that the user named
   * @throws CommandFailure if no subnet or more than one can be meant
   */
  static SubnetTarget find(ServerStatus server, String text, Optional<Family> family)
      throws CommandFailure {
    List<SubnetUse> subnets =
        server.subnets().stream()
            .filter(use -> family.isEmpty() || use.family() == family.get())
            .toList();
    return text.contains("/")
        ? ofPrefix(subnets, Filters.prefix(text))
        : ofId(subnets, text, family);
  }

  private static SubnetTarget ofPrefix(List<SubnetUse> subnets, Prefix prefix)
      throws CommandFailure {
    return subnets.stream()
        .filter(use -> use.prefix().equals(prefix.toString()))
        .findFirst()
        .map(SubnetTarget::of)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "the plan has no subnet " + prefix + "; dhcp:subnet-list shows all"));
  }

  private static SubnetTarget ofId(List<SubnetUse> subnets, String text, Optional<Family> family)
      throws CommandFailure {
    long id = id(text);
    List<SubnetUse> found = subnets.stream().filter(use -> use.id() == id).toList();
    if (found.size() > 1) {
      throw new CommandFailure(
          "subnet "
              + id
              + " may be "
              + found.stream().map(SubnetUse::prefix).collect(Collectors.joining(" or "))
              + "; name it by its prefix, or add --family");
    }
    return found.isEmpty() ? new SubnetTarget(family, id) : of(found.get(0));
  }

  private static SubnetTarget of(SubnetUse use) {
    return new SubnetTarget(Optional.of(use.family()), use.id());
  }

  private static long id(String text) throws CommandFailure {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CommandFailure(
          "'" + text + "' is not a subnet; write its id or its prefix, as dhcp:subnet-list does");
    }
  }

  /** Its leases among those of a query. */
  LeaseQuery in(LeaseQuery query) {
    LeaseQuery ofSubnet = query.ofSubnet(id);
    return family.isPresent() ? ofSubnet.ofFamily(family.get()) : ofSubnet;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.sim;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.Compatibility;
import io.leasehold.server.plan.Dhcp4Terms;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.FamilySettings;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PingCheck;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.ReservationScope;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Plans of the simulated server: for each protocol one link of its own and one behind a relay. */
final class SimPlans {
  private static final long VALID = 300;
  private static final Selectors DIRECT =
      new Selectors(Optional.of("eth1"), Optional.empty(), List.of());

  private SimPlans() {}

  /**
   * A plan: the first pools go with the second generation, the prefixes are others in the third,
   * and the first link has another prefix in the fourth.
   */
  static ServerPlan plan(String allocator, int addresses, int generation) {
    Selectors relayed =
        new Selectors(Optional.empty(), Optional.empty(), List.of(Ipv6.ofText("2001:db8:2::ffff")));
    int first = generation < 3 ? 1 : 11;
    Family v6 = Family.IPV6;
    Family v4 = Family.IPV4;
    return new ServerPlan(
        "test",
        family(
            v6,
            link(v6, subnet(v6, first, DIRECT, allocator, addresses, generation)),
            link(v6, subnet(v6, 2, relayed, allocator, addresses, generation))),
        family(
            v4,
            link(v4, subnet(v4, first, DIRECT, allocator, addresses, generation)),
            link(v4, subnet(v4, 2, Selectors.NONE, allocator, addresses, generation))),
        OptionCatalogue.EMPTY);
  }

  private static FamilyPlan family(Family family, Link... links) {
    FamilySettings settings =
        new FamilySettings(
            List.of(),
            Optional.empty(),
            600,
            900,
            List.of(HostIdentifier.Type.DUID),
            Set.of(),
            true,
            Compatibility.NONE,
            PingCheck.OFF,
            Optional.empty());
    return new FamilyPlan(
        family, true, settings, List.of(links), OptionSet.NONE, Reservations.NONE);
  }

  private static Link link(Family family, Subnet subnet) {
    return new Link(family, subnet.prefix().toString(), false, Selectors.NONE, List.of(subnet));
  }

  private static Subnet subnet(
      Family family, int id, Selectors selectors, String allocator, int addresses, int generation) {
    boolean six = family == Family.IPV6;
    Prefix prefix = Prefix.ofText(six ? "2001:db8:" + id + "::/64" : "10." + id + ".0.0/16");
    Ipv6 first = prefix.first().plus(16);
    int half = addresses / 2;
    AddressPool small = new AddressPool(first, first.plus(half - 1), OptionSet.NONE);
    AddressPool large =
        new AddressPool(first.plus(1000), first.plus(999 + addresses - half), OptionSet.NONE);
    Lifetimes.Range valid = new Lifetimes.Range(VALID, VALID, VALID);
    Lifetimes.Range preferred = new Lifetimes.Range(200, 200, 200);
    return new Subnet(
        id,
        prefix,
        selectors,
        new Lifetimes(preferred, valid, OptionalLong.empty(), OptionalLong.empty(), true, 0.5, 0.8),
        true,
        generation == 0 ? List.of(small, large) : List.of(large),
        six ? List.of(delegated(id, generation)) : List.of(),
        OptionSet.NONE,
        Reservations.NONE,
        new ReservationScope(true, false, false),
        allocator,
        allocator,
        false,
        Dhcp4Terms.DEFAULT);
  }

  private static PrefixPool delegated(int id, int generation) {
    return new PrefixPool(
        Prefix.ofText("2001:db8:" + id + (generation < 2 ? "000" : "10") + "::/44"),
        48,
        Optional.empty(),
        OptionSet.NONE);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.ClassTerms;
import io.leasehold.server.plan.Dhcp4Terms;
import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.plan.Lifetimes.Range;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.LocalOptions;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.ReservationScope;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.plan.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Builds subnets for tests: preferred lifetime 3000 s, valid 4000 s, T1 and T2 computed. */
public final class SubnetBuilder {
  public static final Lifetimes LIFETIMES = computed(always(3000), always(4000));

  private final long id;
  private final Prefix prefix;
  private final List<AddressPool> addressPools = new ArrayList<>();
  private final List<PrefixPool> prefixPools = new ArrayList<>();
  private final List<PlanOption> options = new ArrayList<>();
  private final List<PlanOption> network = new ArrayList<>();
  private final List<Reservation> reservations = new ArrayList<>();
  private Selectors selectors = Selectors.NONE;
  private Lifetimes lifetimes = LIFETIMES;
  private boolean rapidCommit;
  private boolean storeRelayIds;
  private Dhcp4Terms dhcp4 = Dhcp4Terms.DEFAULT;

  public SubnetBuilder(long id, String prefix) {
    this.id = id;
    this.prefix = Prefix.ofText(prefix);
  }

  /** The subnet on eth1 that most tests use, with 16 addresses. */
  public static SubnetBuilder lab() {
    return new SubnetBuilder(1, "2001:db8:1::/64")
        .on("eth1")
        .pool("2001:db8:1::10", "2001:db8:1::1f");
  }

  public SubnetBuilder on(String interfaceName) {
    selectors = new Selectors(Optional.of(interfaceName), Optional.empty(), List.of());
    return this;
  }

  public SubnetBuilder interfaceId(String hex) {
    selectors = new Selectors(Optional.empty(), Optional.of(Bytes.ofHex(hex)), List.of());
    return this;
  }

  public SubnetBuilder relay(String address) {
    selectors = new Selectors(Optional.empty(), Optional.empty(), List.of(Ipv6.ofText(address)));
    return this;
  }

  public SubnetBuilder pool(String first, String last, PlanOption... own) {
    addressPools.add(
        new AddressPool(Ipv6.ofText(first), Ipv6.ofText(last), new OptionSet(List.of(own))));
    return this;
  }

  public SubnetBuilder prefixPool(String prefix, int length, PlanOption... own) {
    prefixPools.add(
        new PrefixPool(
            Prefix.ofText(prefix), length, Optional.empty(), new OptionSet(List.of(own))));
    return this;
  }

  public SubnetBuilder prefixPoolExcluding(String prefix, int length, String excluded) {
    prefixPools.add(
        new PrefixPool(
            Prefix.ofText(prefix), length, Optional.of(Prefix.ofText(excluded)), OptionSet.NONE));
    return this;
  }

  public SubnetBuilder option(PlanOption option) {
    options.add(option);
    return this;
  }

  /** What its shared network says. */
  public SubnetBuilder network(PlanOption option) {
    network.add(option);
    return this;
  }

  public SubnetBuilder reserve(Reservation reservation) {
    reservations.add(reservation);
    return this;
  }

  public SubnetBuilder lifetimes(Lifetimes other) {
    lifetimes = other;
    return this;
  }

  public SubnetBuilder rapidCommit() {
    rapidCommit = true;
    return this;
  }

  public SubnetBuilder storeRelayIds() {
    storeRelayIds = true;
    return this;
  }

  /** What only DHCPv4 has. */
  public SubnetBuilder dhcp4(Dhcp4Terms terms) {
    dhcp4 = terms;
    return this;
  }

  /** Lifetimes from which T1 and T2 are computed. */
  public static Lifetimes computed(Range preferred, Range valid) {
    return new Lifetimes(
        preferred, valid, OptionalLong.empty(), OptionalLong.empty(), true, 0.5, 0.8);
  }

  /** A lifetime that clients cannot change. */
  public static Range always(long seconds) {
    return new Range(seconds, seconds, seconds);
  }

  public Subnet build() {
    LocalOptions local = LocalOptions.of(new OptionSet(options), new OptionSet(network));
    return new Subnet(
        id,
        prefix,
        selectors,
        lifetimes,
        rapidCommit,
        addressPools,
        prefixPools,
        local.all(),
        new Reservations(reservations),
        new ReservationScope(true, false, false),
        "iterative",
        "iterative",
        storeRelayIds,
        dhcp4,
        local,
        ClassTerms.NONE);
  }

  private Family family() {
    return prefix.isMapped() ? Family.IPV4 : Family.IPV6;
  }

  /** A link of this subnet alone. */
  public Link link() {
    return new Link(family(), prefix.toString(), false, Selectors.NONE, List.of(build()));
  }

  /** A link of this subnet alone that is shared with another server. */
  public Link sharedLink(String governor) {
    return new Link(
        family(),
        prefix.toString(),
        false,
        Selectors.NONE,
        List.of(build()),
        Optional.of(governor));
  }

  /** A link of several subnets, which the plan calls a shared network. */
  public static Link network(SubnetBuilder... subnets) {
    return new Link(
        subnets[0].family(),
        "lab",
        true,
        Selectors.NONE,
        Stream.of(subnets).map(SubnetBuilder::build).toList());
  }
}

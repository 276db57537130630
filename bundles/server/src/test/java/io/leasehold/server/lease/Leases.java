// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.Dhcp4Terms;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.FamilySettings;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
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
import java.util.Set;
import java.util.SplittableRandom;

/** Short words for plans, wishes and leases in tests. */
final class Leases {
  static final long NOW = 1_000_000_000L;

  private Leases() {}

  static ClientIdentity client(int number) {
    return ClientIdentity.of(duid(number));
  }

  static Duid duid(int number) {
    return new Duid(
        Bytes.of(0, 3, 0, 1, 2, 0, 0, number >> 16 & 255, number >> 8 & 255, number & 255));
  }

  static HostIdentifier identifier(int number) {
    return new HostIdentifier(HostIdentifier.Type.DUID, duid(number).value());
  }

  static HostIdentifier hardware(int number) {
    return new HostIdentifier(HostIdentifier.Type.HW_ADDRESS, Bytes.of(2, 0, 0, 0, 0, number));
  }

  static Wish knownBy(Wish wish, HostIdentifier identifier) {
    return new Wish(
        wish.kind(),
        wish.client(),
        wish.iaid(),
        List.of(identifier),
        wish.hintOrNull(),
        wish.hintLength(),
        wish.already(),
        0);
  }

  static LeaseKey na(String address) {
    return LeaseKey.address(Ipv6.ofText(address));
  }

  static LeaseKey pd(String prefix) {
    return LeaseKey.prefix(Prefix.ofText(prefix));
  }

  static Lease active(LeaseKey key, int client, long iaid, long until) {
    return lease(key, client, iaid, LeaseState.ACTIVE, until);
  }

  static Lease lease(LeaseKey key, int client, long iaid, LeaseState state, long until) {
    LeaseTimes times = new LeaseTimes(NOW, NOW, until, until);
    return new Lease(key, 1, client(client), iaid, state, times, LeaseDetails.NONE);
  }

  static Wish address(int client, long iaid) {
    return new Wish(
        LeaseKind.IA_NA, client(client), iaid, List.of(identifier(client)), null, 0, Set.of(), 0);
  }

  static Wish prefix(int client, long iaid) {
    return new Wish(
        LeaseKind.IA_PD, client(client), iaid, List.of(identifier(client)), null, 0, Set.of(), 0);
  }

  static Wish hinting(Wish wish, String prefix) {
    Prefix hint = Prefix.ofText(prefix);
    return new Wish(
        wish.kind(),
        wish.client(),
        wish.iaid(),
        wish.identifiers(),
        hint,
        hint.length(),
        wish.already(),
        0);
  }

  static Wish hinting(Wish wish, int length) {
    return new Wish(
        wish.kind(),
        wish.client(),
        wish.iaid(),
        wish.identifiers(),
        null,
        length,
        wish.already(),
        0);
  }

  static Wish having(Wish wish, LeaseKey... already) {
    return new Wish(
        wish.kind(),
        wish.client(),
        wish.iaid(),
        wish.identifiers(),
        wish.hintOrNull(),
        wish.hintLength(),
        Set.of(already),
        0);
  }

  static Reservation reservation(int client, List<String> addresses, List<String> prefixes) {
    return reservation(identifier(client), addresses, prefixes);
  }

  static Reservation reservation(
      HostIdentifier identifier, List<String> addresses, List<String> prefixes) {
    return new Reservation(
        identifier,
        addresses.stream().map(Ipv6::ofText).toList(),
        prefixes.stream().map(Prefix::ofText).toList(),
        Optional.empty(),
        BootFields.NONE,
        OptionSet.NONE);
  }

  static SubnetBuilder subnet(long id, String prefix) {
    return new SubnetBuilder(id, prefix);
  }

  /** A link with these subnets over a table, with nothing global. */
  static LinkLeases link(LeaseTable table, SubnetBuilder... subnets) {
    return link(table, Reservations.NONE, subnets);
  }

  static LinkLeases link(LeaseTable table, Reservations global, SubnetBuilder... subnets) {
    List<Subnet> built = List.of(subnets).stream().map(SubnetBuilder::build).toList();
    Link link = new Link(Family.IPV6, "lab", subnets.length > 1, Selectors.NONE, built);
    FamilyPlan plan =
        new FamilyPlan(
            Family.IPV6, true, FamilySettings.DEFAULT, List.of(link), OptionSet.NONE, global);
    return new LinkLeases(
        link,
        plan,
        new LinkGround(
            table, word -> StandardPolicies.named(word).orElseThrow(), new SplittableRandom(11)));
  }

  /** A link that a governor shares with another server. */
  static LinkLeases governed(LeaseTable table, FakeGovernor governor, SubnetBuilder... subnets) {
    List<Subnet> built = List.of(subnets).stream().map(SubnetBuilder::build).toList();
    Optional<String> name = Optional.of(FakeGovernor.NAME);
    Link link = new Link(Family.IPV6, "lab", subnets.length > 1, Selectors.NONE, built, name);
    FamilyPlan plan =
        new FamilyPlan(
            Family.IPV6,
            true,
            FamilySettings.DEFAULT,
            List.of(link),
            OptionSet.NONE,
            Reservations.NONE);
    return new LinkLeases(
        link,
        plan,
        new LinkGround(
            table,
            word -> StandardPolicies.named(word).orElseThrow(),
            one -> one.equals(FakeGovernor.NAME) ? governor : null,
            new SplittableRandom(11)));
  }

  /** A subnet, part by part. */
  static final class SubnetBuilder {
    private final long id;
    private final Prefix prefix;
    private final List<AddressPool> pools = new ArrayList<>();
    private final List<PrefixPool> prefixPools = new ArrayList<>();
    private final List<Reservation> reservations = new ArrayList<>();
    private ReservationScope scope = new ReservationScope(true, false, false);
    private String allocator = "iterative";

    private SubnetBuilder(long id, String prefix) {
      this.id = id;
      this.prefix = Prefix.ofText(prefix);
    }

    SubnetBuilder pool(String first, String last) {
      pools.add(new AddressPool(Ipv6.ofText(first), Ipv6.ofText(last), OptionSet.NONE));
      return this;
    }

    SubnetBuilder prefixPool(String prefix, int length) {
      prefixPools.add(
          new PrefixPool(Prefix.ofText(prefix), length, Optional.empty(), OptionSet.NONE));
      return this;
    }

    SubnetBuilder prefixPool(String prefix, int length, String excluded) {
      prefixPools.add(
          new PrefixPool(
              Prefix.ofText(prefix), length, Optional.of(Prefix.ofText(excluded)), OptionSet.NONE));
      return this;
    }

    SubnetBuilder reserve(int client, String... addresses) {
      reservations.add(reservation(client, List.of(addresses), List.of()));
      return this;
    }

    SubnetBuilder reserve(
        HostIdentifier identifier, List<String> addresses, List<String> prefixes) {
      reservations.add(reservation(identifier, addresses, prefixes));
      return this;
    }

    SubnetBuilder reservePrefix(int client, String... prefixes) {
      reservations.add(reservation(client, List.of(), List.of(prefixes)));
      return this;
    }

    SubnetBuilder allocator(String word) {
      allocator = word;
      return this;
    }

    SubnetBuilder scope(boolean inSubnet, boolean outOfPool, boolean global) {
      scope = new ReservationScope(inSubnet, outOfPool, global);
      return this;
    }

    private Subnet build() {
      Lifetimes.Range range = new Lifetimes.Range(1000, 3600, 7200);
      Lifetimes lifetimes =
          new Lifetimes(range, range, OptionalLong.empty(), OptionalLong.empty(), true, 0.5, 0.8);
      return new Subnet(
          id,
          prefix,
          Selectors.NONE,
          lifetimes,
          false,
          pools,
          prefixPools,
          OptionSet.NONE,
          reservations.isEmpty() ? Reservations.NONE : new Reservations(reservations),
          scope,
          allocator,
          allocator,
          false,
          Dhcp4Terms.DEFAULT);
    }
  }
}

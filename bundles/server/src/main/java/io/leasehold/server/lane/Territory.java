// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.allocation.GovernedLeases.Pool;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.protocol.PrefixIndex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What of a plan is governed, and by whom. Immutable, for any thread. */
public final class Territory {
  /** Nothing is governed. */
  static final Territory NONE = new Territory(List.of(), family -> Reservations.NONE);

  private static final int ADDRESS_BITS = 128;

  private final PrefixIndex<Place> addresses = new PrefixIndex<>();
  private final PrefixIndex<Place> prefixes = new PrefixIndex<>();
  private final Map<String, List<Pool>> pools = new LinkedHashMap<>();

  /**
   * Of these links.
   *
   * @param global reservations of a family that are of no subnet
   */
  Territory(List<Link> links, Function<Family, Reservations> global) {
    for (Link link : links) {
      link.governor()
          .ifPresent(
              governor -> {
                List<Pool> all = pools.computeIfAbsent(governor, name -> new ArrayList<>());
                List<Prefix> reserved = reserved(link, global.apply(link.family()));
                link.subnets().forEach(subnet -> add(new Place(link, subnet), reserved, all));
              });
    }
    pools.replaceAll((governor, all) -> List.copyOf(all));
  }

  private static List<Prefix> reserved(Link link, Reservations global) {
    boolean isGlobal = link.subnets().stream().anyMatch(one -> one.reservationScope().global());
    return Stream.concat(
            link.subnets().stream()
                .filter(subnet -> subnet.reservationScope().inSubnet())
                .map(Subnet::reservations),
            Stream.of(isGlobal ? global : Reservations.NONE))
        .flatMap(reservations -> reservations.all().stream())
        .flatMap(reservation -> counted(link.family(), reservation))
        .toList();
  }

  /** What is reserved of what two servers share by counting. */
  private static Stream<Prefix> counted(Family family, Reservation reservation) {
    return family == Family.IPV4
        ? reservation.addresses().stream().map(address -> address.prefix(ADDRESS_BITS))
        : reservation.prefixes().stream();
  }

  private void add(Place place, List<Prefix> reserved, List<Pool> all) {
    Subnet subnet = place.subnet();
    Family family = place.link().family();
    addresses.add(subnet.prefix(), place);
    for (AddressPool pool : subnet.pools()) {
      long units = units(pool.first(), pool.last(), ADDRESS_BITS);
      List<Prefix> here =
          family == Family.IPV4
              ? reserved.stream().filter(one -> isIn(pool, one.address())).toList()
              : List.of();
      all.add(new Pool(LeaseKey.address(family, pool.first()), units, here));
    }
    for (PrefixPool pool : subnet.prefixPools()) {
      prefixes.add(pool.prefix(), place);
      Prefix first = new Prefix(pool.prefix().first(), pool.delegatedLength());
      long units = units(pool.prefix().first(), pool.prefix().last(), pool.delegatedLength());
      List<Prefix> here = reserved.stream().filter(pool.prefix()::overlaps).toList();
      all.add(new Pool(LeaseKey.prefix(first), units, here));
    }
    subnet.reservations().all().stream()
        .flatMap(reservation -> reservation.prefixes().stream())
        .forEach(prefix -> prefixes.add(prefix, place));
  }

  private static boolean isIn(AddressPool pool, Ipv6 address) {
    return pool.first().compareTo(address) <= 0 && address.compareTo(pool.last()) <= 0;
  }

  private static long units(Ipv6 first, Ipv6 last, int length) {
    BigInteger units = last.minus(first).shiftRight(ADDRESS_BITS - length).add(BigInteger.ONE);
    return units.bitLength() < Long.SIZE ? units.longValue() : Long.MAX_VALUE;
  }

  /** Names of all governors. */
  public Set<String> governors() {
    return pools.keySet();
  }

  /** Where a key is, if a governor has it; null if none does. */
  Place find(LeaseKey key) {
    return key.kind() == LeaseKind.IA_PD
        ? prefixes.find(key.asPrefix())
        : addresses.find(key.address());
  }

  /** Where a key is, if a governor has it; null if it does not. */
  public Place find(String governor, LeaseKey key) {
    Place place = find(key);
    return place != null && place.link().governor().equals(Optional.of(governor)) ? place : null;
  }

  /** The pools of a governor, in the order of the plan. */
  public List<Pool> pools(String governor) {
    return pools.getOrDefault(governor, List.of());
  }
}

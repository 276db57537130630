// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Prefix;
import java.util.List;

/**
 * A subnet, with what it inherits from its shared network and the globals already in place.
 *
 * @param id stable id of the plan, kept with every lease
 * @param prefix its prefix
 * @param selectors which packets mean this subnet
 * @param lifetimes lifetimes and T1/T2
 * @param rapidCommit whether the two-message exchange is offered (RFC 8415 section 18.3.1)
 * @param pools address pools, in order
 * @param prefixPools pools of prefixes to delegate, in order
 * @param options options for its clients, inherited ones included
 * @param reservations reservations made in this subnet
 * @param reservationScope which reservations are looked up
 * @param allocator word of the allocation policy for addresses
 * @param prefixAllocator word of the allocation policy for prefixes
 * @param storeRelayIds whether Relay-Id and Remote-Id are kept with a lease (Kea's {@code
 *     store-extended-info})
 * @param dhcp4 what only DHCPv4 has; the default in a DHCPv6 subnet
 * @param localOptions {@code options} without those of the globals: options of classes come between
 * @param classes what classes have to do with it
 */
public record Subnet(
    long id,
    Prefix prefix,
    Selectors selectors,
    Lifetimes lifetimes,
    boolean rapidCommit,
    List<AddressPool> pools,
    List<PrefixPool> prefixPools,
    OptionSet options,
    Reservations reservations,
    ReservationScope reservationScope,
    String allocator,
    String prefixAllocator,
    boolean storeRelayIds,
    Dhcp4Terms dhcp4,
    LocalOptions localOptions,
    ClassTerms classes) {

  /** Copies the lists. */
  public Subnet {
    pools = List.copyOf(pools);
    prefixPools = List.copyOf(prefixPools);
  }

  /** One that has nothing to do with classes. */
  public Subnet(
      long id,
      Prefix prefix,
      Selectors selectors,
      Lifetimes lifetimes,
      boolean rapidCommit,
      List<AddressPool> pools,
      List<PrefixPool> prefixPools,
      OptionSet options,
      Reservations reservations,
      ReservationScope reservationScope,
      String allocator,
      String prefixAllocator,
      boolean storeRelayIds,
      Dhcp4Terms dhcp4) {
    this(
        id,
        prefix,
        selectors,
        lifetimes,
        rapidCommit,
        pools,
        prefixPools,
        options,
        reservations,
        reservationScope,
        allocator,
        prefixAllocator,
        storeRelayIds,
        dhcp4,
        LocalOptions.of(options, OptionSet.NONE),
        ClassTerms.NONE);
  }

  /** The same subnet with another id. */
  public Subnet withId(long other) {
    return new Subnet(
        other,
        prefix,
        selectors,
        lifetimes,
        rapidCommit,
        pools,
        prefixPools,
        options,
        reservations,
        reservationScope,
        allocator,
        prefixAllocator,
        storeRelayIds,
        dhcp4,
        localOptions,
        classes);
  }
}

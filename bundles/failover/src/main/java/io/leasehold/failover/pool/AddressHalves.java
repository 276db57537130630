// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.failover.lease.Role;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Ipv6;

/**
 * Which half of the IPv6 addresses is whose (RFC 8156 section 4.2.1.1): odd ones are the primary's,
 * even ones the secondary's. Nothing else is halved; prefixes and IPv4 addresses are shared by
 * counting.
 */
public final class AddressHalves {
  /** Interface identifiers that RFC 5453 reserves. */
  private static final long ETHERNET_FIRST = 0x0200_5eff_fe00_0000L;

  private static final long ETHERNET_LAST = 0x0200_5eff_feff_ffffL;
  private static final long ANYCAST_FIRST = 0xfdff_ffff_ffff_ff80L;
  private static final long ANYCAST_LAST = 0xfdff_ffff_ffff_ffffL;

  private AddressHalves() {}

  /** Whether units of a kind are divided by their lowest bit. */
  public static boolean isHalved(LeaseKind kind) {
    return kind == LeaseKind.IA_NA || kind == LeaseKind.IA_TA;
  }

  /** Whose half an address is in. */
  public static Role owner(Ipv6 address) {
    return (address.low() & 1) == 1 ? Role.PRIMARY : Role.SECONDARY;
  }

  /**
   * Whether the pools of a role have a unit at all: of what is halved every second one, of the rest
   * all.
   */
  public static boolean has(Role role, LeaseKey key) {
    return !isHalved(key.kind()) || owner(key.address()) == role;
  }

  /**
   * Whether an address is never given to anybody: its interface identifier has a meaning. Without
   * this only the secondary would ever give that of subnet-router anycast, which is 0.
   */
  public static boolean isReserved(LeaseKey key) {
    long identifier = key.address().low();
    return isHalved(key.kind())
        && (identifier == 0
            || isBetween(ETHERNET_FIRST, identifier, ETHERNET_LAST)
            || isBetween(ANYCAST_FIRST, identifier, ANYCAST_LAST));
  }

  private static boolean isBetween(long first, long value, long last) {
    return Long.compareUnsigned(first, value) <= 0 && Long.compareUnsigned(value, last) <= 0;
  }
}

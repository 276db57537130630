// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.Objects;

/**
 * What is leased. Two leases with equal keys are the same lease.
 *
 * @param realm address realm, 0 unless customers share address space
 * @param kind what it is for; an IPv4 address is kept as an IPv4-mapped IPv6 address
 *     (::ffff:a.b.c.d)
 * @param address the address, or the first address of a prefix
 * @param prefixLength 128 for an address
 */
public record LeaseKey(int realm, LeaseKind kind, Ipv6 address, int prefixLength)
    implements Comparable<LeaseKey> {

  /** Rejects impossible values. */
  public LeaseKey {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(address);
    if (realm < 0 || prefixLength < 0 || prefixLength > 128) {
      throw new IllegalArgumentException("realm " + realm + ", prefix length " + prefixLength);
    }
  }

  /** An IPv6 address in an IA_NA of realm 0. */
  public static LeaseKey address(Ipv6 address) {
    return new LeaseKey(0, LeaseKind.IA_NA, address, 128);
  }

  /** An address of realm 0, of the kind that its family has. */
  public static LeaseKey address(Family family, Ipv6 address) {
    LeaseKind kind = family == Family.IPV4 ? LeaseKind.IPV4 : LeaseKind.IA_NA;
    return new LeaseKey(0, kind, address, 128);
  }

  /** A delegated prefix of realm 0. */
  public static LeaseKey prefix(Prefix prefix) {
    return new LeaseKey(0, LeaseKind.IA_PD, prefix.address(), prefix.length());
  }

  /** The same as a prefix; a single address has length 128. */
  public Prefix asPrefix() {
    return new Prefix(address, prefixLength);
  }

  /**
   * Written out because tables ask often: the method that a record gets is several times slower.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof LeaseKey that
        && address.equals(that.address)
        && prefixLength == that.prefixLength
        && kind == that.kind
        && realm == that.realm;
  }

  /** As a record's, see {@link #equals}. */
  @Override
  public int hashCode() {
    return 31 * (31 * (31 * realm + kind.code()) + address.hashCode()) + prefixLength;
  }

  /** By realm, kind, address, then prefix length. */
  @Override
  public int compareTo(LeaseKey other) {
    int order = Integer.compare(realm, other.realm);
    if (order == 0) {
      order = kind.compareTo(other.kind);
    }
    if (order == 0) {
      order = address.compareTo(other.address);
    }
    return order == 0 ? Integer.compare(prefixLength, other.prefixLength) : order;
  }

  @Override
  public String toString() {
    String text = kind == LeaseKind.IA_PD ? address + "/" + prefixLength : address.toString();
    return realm == 0 ? text : text + "%" + realm;
  }
}

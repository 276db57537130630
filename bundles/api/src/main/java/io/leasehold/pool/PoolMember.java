// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import io.leasehold.net.Ipv6;
import java.util.Locale;
import java.util.Objects;

/**
 * An element of a pool as its users see it.
 *
 * @param id PE identifier, 32 bits, unique in its pool; the same as long as the element is,
 *     wherever it is registered
 * @param group members of one group share their leases; 0 for policies without groups, whose
 *     members are all alike
 * @param weight share of clients of the group, 0 to 2^32 - 1
 * @param rank within the group, 0 to 2^32 - 1; the highest is to be asked first
 * @param address where it serves; an IPv4 address is IPv4-mapped
 * @param port where it serves
 * @param transport how it is spoken with
 * @param home identifier of the registrar that it is registered at; 0 if not known
 */
public record PoolMember(
    long id,
    long group,
    long weight,
    long rank,
    Ipv6 address,
    int port,
    UserTransport transport,
    long home) {
  /** Refuses numbers that do not fit. */
  public PoolMember {
    unsigned("id", id, 0xffff_ffffL);
    unsigned("group", group, 0xffff_ffffL);
    unsigned("weight", weight, 0xffff_ffffL);
    unsigned("rank", rank, 0xffff_ffffL);
    unsigned("port", port, 0xffff);
    unsigned("home", home, 0xffff_ffffL);
    Objects.requireNonNull(address);
    Objects.requireNonNull(transport);
  }

  private static void unsigned(String name, long value, long most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(name + " " + value + " is not in 0 to " + most);
    }
  }

  /** Whether it is reached in the same way as another one, whatever its place in the pool. */
  public boolean isReachedAs(PoolMember other) {
    return id == other.id
        && port == other.port
        && transport == other.transport
        && address.equals(other.address);
  }

  /** An identifier as operators see it: eight hex digits. */
  public static String idText(long id) {
    return "%08x".formatted(id);
  }

  /** For logs and tables: {@code 0a0b0c0d udp [2001:db8::1]:547}. */
  @Override
  public String toString() {
    String host = address.isMapped() ? address.toString() : "[" + address + "]";
    return idText(id) + " " + transport.name().toLowerCase(Locale.ROOT) + " " + host + ":" + port;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.function.Function;

/** An address of the packet: four octets if it stands for an IPv4 address, else sixteen. */
record AddressTerm(Function<PacketFacts, Ipv6> address) implements Term {
  private static final int LENGTH_4 = 4;
  private static final int LENGTH_6 = 16;

  @Override
  public Bytes of(PacketFacts facts) {
    Ipv6 value = address.apply(facts);
    return value.isMapped() ? value.toIpv4().bytes() : value.bytes();
  }

  @Override
  public boolean is(PacketFacts facts, Bytes octets) {
    Ipv6 value = address.apply(facts);
    return value.isMapped()
        ? octets.length() == LENGTH_4 && octets.u32(0) == (value.low() & 0xffff_ffffL)
        : isSixteen(value, octets);
  }

  /** Whether the sixteen octets of an address are these. */
  static boolean isSixteen(Ipv6 address, Bytes octets) {
    return octets.length() == LENGTH_6
        && octets.i64(0) == address.high()
        && octets.i64(8) == address.low();
  }
}

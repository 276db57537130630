// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;

/** An address that a relay agent wrote; nothing if there is no such relay agent. */
record RelayAddressTerm(int nest, Field field) implements Term {
  /** One of the two addresses. */
  @FunctionalInterface
  interface Field {
    Ipv6 of(PacketFacts facts, int relay);
  }

  @Override
  public Bytes of(PacketFacts facts) {
    int relay = Lookup.relay(nest, facts);
    return relay < 0 ? Bytes.EMPTY : field.of(facts, relay).bytes();
  }

  @Override
  public boolean is(PacketFacts facts, Bytes octets) {
    int relay = Lookup.relay(nest, facts);
    return relay < 0 ? octets.isEmpty() : AddressTerm.isSixteen(field.of(facts, relay), octets);
  }
}

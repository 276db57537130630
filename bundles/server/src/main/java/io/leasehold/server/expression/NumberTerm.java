// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.function.ToLongFunction;

/** A number of the packet: in expressions, four octets. */
record NumberTerm(ToLongFunction<PacketFacts> number) implements Term {
  @Override
  public Bytes of(PacketFacts facts) {
    return octets(number.applyAsLong(facts));
  }

  @Override
  public boolean is(PacketFacts facts, Bytes octets) {
    return octets.length() == Integer.BYTES && octets.u32(0) == number.applyAsLong(facts);
  }

  /** The lower 32 bits of a number. */
  static Bytes octets(long number) {
    return new ByteWriter(Integer.BYTES).u32(number & 0xffff_ffffL).toBytes();
  }
}

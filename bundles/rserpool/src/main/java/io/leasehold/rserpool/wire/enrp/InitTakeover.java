// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.Unsigned;

/**
 * A registrar wants to take over the pool elements of another (RFC 5353 section 2.7).
 *
 * @param sender identifier of who sends it, 32 bits
 * @param receiver identifier of whom it is for, 32 bits; 0 for everybody
 * @param target identifier of the registrar that is gone, 32 bits
 */
public record InitTakeover(long sender, long receiver, long target) implements EnrpMessage {
  /** Refuses numbers that do not fit. */
  public InitTakeover {
    Unsigned.u32(sender, "sender");
    Unsigned.u32(receiver, "receiver");
    Unsigned.u32(target, "target");
  }

  static InitTakeover read(Ends ends, ParameterReader in) {
    return new InitTakeover(ends.sender(), ends.receiver(), in.u32());
  }

  @Override
  public int type() {
    return INIT_TAKEOVER;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(INIT_TAKEOVER, 0).u32(sender).u32(receiver).u32(target).encode();
  }
}

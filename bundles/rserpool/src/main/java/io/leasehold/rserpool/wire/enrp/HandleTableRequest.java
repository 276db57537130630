// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.Unsigned;

/**
 * A registrar asks another for what it knows (RFC 5353 section 2.2).
 *
 * @param sender identifier of who sends it, 32 bits
 * @param receiver identifier of whom it is for, 32 bits; 0 for everybody
 * @param ownOnly whether only pool elements are wanted that the receiver owns
 */
public record HandleTableRequest(long sender, long receiver, boolean ownOnly)
    implements EnrpMessage {
  private static final int OWN_ONLY = 0x01;

  /** Refuses numbers that do not fit. */
  public HandleTableRequest {
    Unsigned.u32(sender, "sender");
    Unsigned.u32(receiver, "receiver");
  }

  static HandleTableRequest read(Ends ends, int flags, ParameterReader in) {
    return new HandleTableRequest(ends.sender(), ends.receiver(), (flags & OWN_ONLY) != 0);
  }

  @Override
  public int type() {
    return HANDLE_TABLE_REQUEST;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(HANDLE_TABLE_REQUEST, ownOnly ? OWN_ONLY : 0)
        .u32(sender)
        .u32(receiver)
        .encode();
  }
}

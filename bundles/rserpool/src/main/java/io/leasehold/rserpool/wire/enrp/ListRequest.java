// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.Unsigned;

/**
 * A registrar asks another which registrars it knows (RFC 5353 section 2.5).
 *
 * @param sender identifier of who sends it, 32 bits
 * @param receiver identifier of whom it is for, 32 bits; 0 for everybody
 */
public record ListRequest(long sender, long receiver) implements EnrpMessage {
  /** Refuses numbers that do not fit. */
  public ListRequest {
    Unsigned.u32(sender, "sender");
    Unsigned.u32(receiver, "receiver");
  }

  static ListRequest read(Ends ends, ParameterReader in) {
    return new ListRequest(ends.sender(), ends.receiver());
  }

  @Override
  public int type() {
    return LIST_REQUEST;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(LIST_REQUEST, 0).u32(sender).u32(receiver).encode();
  }
}

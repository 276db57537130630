// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.ElementChecksum;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import java.util.Objects;
import java.util.Optional;

/**
 * A registrar is there (RFC 5353 section 2.1). That the reply is bit 0 is left out of the figure.
 *
 * @param sender identifier of who sends it, 32 bits
 * @param receiver identifier of whom it is for, 32 bits; 0 for everybody
 * @param replyRequired whether the same is wanted in return
 * @param checksum of the pool elements that the sender owns, 16 bits
 * @param information where the sender is reached
 */
public record Presence(
    long sender,
    long receiver,
    boolean replyRequired,
    int checksum,
    Optional<ServerInformation> information)
    implements EnrpMessage {
  private static final int REPLY_REQUIRED = 0x01;

  /** Refuses numbers that do not fit. */
  public Presence {
    Unsigned.u32(sender, "sender");
    Unsigned.u32(receiver, "receiver");
    Unsigned.u16(checksum, "PE checksum");
    Objects.requireNonNull(information);
  }

  static Presence read(Ends ends, int flags, ParameterReader in) {
    return new Presence(
        ends.sender(),
        ends.receiver(),
        (flags & REPLY_REQUIRED) != 0,
        in.one(ElementChecksum.FORMAT),
        in.optional(ServerInformation.FORMAT));
  }

  @Override
  public int type() {
    return PRESENCE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(PRESENCE, replyRequired ? REPLY_REQUIRED : 0)
        .u32(sender)
        .u32(receiver)
        .add(new ElementChecksum(checksum))
        .add(information)
        .encode();
  }
}

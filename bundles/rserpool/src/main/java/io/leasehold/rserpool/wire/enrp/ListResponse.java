// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import java.util.List;

/**
 * Which registrars a registrar knows (RFC 5353 section 2.6).
 *
 * @param sender identifier of who sends it, 32 bits
 * @param receiver identifier of whom it is for, 32 bits; 0 for everybody
 * @param rejected whether there is no answer
 * @param servers which they are
 */
public record ListResponse(
    long sender, long receiver, boolean rejected, List<ServerInformation> servers)
    implements EnrpMessage {
  private static final int REJECTED = 0x01;

  /** Refuses numbers that do not fit. */
  public ListResponse {
    Unsigned.u32(sender, "sender");
    Unsigned.u32(receiver, "receiver");
    servers = List.copyOf(servers);
  }

  static ListResponse read(Ends ends, int flags, ParameterReader in) {
    return new ListResponse(
        ends.sender(), ends.receiver(), (flags & REJECTED) != 0, in.any(ServerInformation.FORMAT));
  }

  /** There is no answer. */
  public static ListResponse rejected(long sender, long receiver) {
    return new ListResponse(sender, receiver, true, List.of());
  }

  @Override
  public int type() {
    return LIST_RESPONSE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(LIST_RESPONSE, rejected ? REJECTED : 0)
        .u32(sender)
        .u32(receiver)
        .add(servers)
        .encode();
  }
}

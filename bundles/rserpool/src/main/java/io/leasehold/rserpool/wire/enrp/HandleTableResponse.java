// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.Unsigned;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of what a registrar knows (RFC 5353 section 2.3).
 *
 * @param sender identifier of who sends it, 32 bits
 * @param receiver identifier of whom it is for, 32 bits; 0 for everybody
 * @param moreToSend whether there are further pages
 * @param rejected whether there is no answer
 * @param entries pools, each with members; a pool may be on several pages
 */
public record HandleTableResponse(
    long sender, long receiver, boolean moreToSend, boolean rejected, List<PoolEntry> entries)
    implements EnrpMessage {
  private static final int REJECTED = 0x01;
  private static final int MORE_TO_SEND = 0x02;

  /** Refuses numbers that do not fit. */
  public HandleTableResponse {
    Unsigned.u32(sender, "sender");
    Unsigned.u32(receiver, "receiver");
    entries = List.copyOf(entries);
  }

  static HandleTableResponse read(Ends ends, int flags, ParameterReader in) {
    List<PoolEntry> entries = new ArrayList<>();
    while (in.hasNext()) {
      entries.add(PoolEntry.read(in));
    }
    return new HandleTableResponse(
        ends.sender(),
        ends.receiver(),
        (flags & MORE_TO_SEND) != 0,
        (flags & REJECTED) != 0,
        entries);
  }

  /** There is no answer. */
  public static HandleTableResponse rejected(long sender, long receiver) {
    return new HandleTableResponse(sender, receiver, false, true, List.of());
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (PoolEntry each : entries) {
      parameters.add(each.handle());
      parameters.addAll(each.elements());
    }
    return parameters;
  }

  @Override
  public int type() {
    return HANDLE_TABLE_RESPONSE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(
            HANDLE_TABLE_RESPONSE, (moreToSend ? MORE_TO_SEND : 0) | (rejected ? REJECTED : 0))
        .u32(sender)
        .u32(receiver)
        .add(parameters())
        .encode();
  }
}

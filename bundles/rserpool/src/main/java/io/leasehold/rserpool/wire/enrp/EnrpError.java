// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.util.Objects;

/**
 * Something of a message was not understood or not accepted (RFC 5353 section 2.10). Never an
 * answer to another error.
 *
 * @param sender identifier of who sends it, 32 bits
 * @param receiver identifier of whom it is for, 32 bits; 0 for everybody
 * @param error what
 */
public record EnrpError(long sender, long receiver, OperationError error) implements EnrpMessage {
  /** Refuses numbers that do not fit. */
  public EnrpError {
    Unsigned.u32(sender, "sender");
    Unsigned.u32(receiver, "receiver");
    Objects.requireNonNull(error);
  }

  static EnrpError read(Ends ends, ParameterReader in) {
    return new EnrpError(ends.sender(), ends.receiver(), in.one(OperationError.FORMAT));
  }

  @Override
  public int type() {
    return ERROR;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(ERROR, 0).u32(sender).u32(receiver).add(error).encode();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.util.Objects;

/**
 * Something of a message was not understood or not accepted (RFC 5352 section 2.2.14). Never an
 * answer to another error.
 *
 * @param error what
 */
public record AsapError(OperationError error) implements AsapMessage {
  /** Keeps the error. */
  public AsapError {
    Objects.requireNonNull(error);
  }

  static AsapError read(ParameterReader in) {
    return new AsapError(in.one(OperationError.FORMAT));
  }

  @Override
  public int type() {
    return ERROR;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(ERROR, 0).add(error).encode();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.ElementIdentifier;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a deregistration, or that a registration has ended by itself (RFC 5352 section
 * 2.2.4).
 *
 * @param handle its pool
 * @param element its PE identifier, 32 bits
 * @param error why it was refused, if it was
 */
public record DeregistrationResponse(
    PoolHandle handle, long element, Optional<OperationError> error) implements AsapMessage {
  /** Refuses numbers that do not fit. */
  public DeregistrationResponse {
    Objects.requireNonNull(handle);
    Unsigned.u32(element, "PE identifier");
    Objects.requireNonNull(error);
  }

  static DeregistrationResponse read(ParameterReader in) {
    return new DeregistrationResponse(
        in.one(PoolHandle.FORMAT),
        in.one(ElementIdentifier.FORMAT),
        in.optional(OperationError.FORMAT));
  }

  /** Which pool element. */
  public ElementKey key() {
    return new ElementKey(handle, element);
  }

  @Override
  public int type() {
    return DEREGISTRATION_RESPONSE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(DEREGISTRATION_RESPONSE, 0)
        .add(handle)
        .add(new ElementIdentifier(element))
        .add(error)
        .encode();
  }
}

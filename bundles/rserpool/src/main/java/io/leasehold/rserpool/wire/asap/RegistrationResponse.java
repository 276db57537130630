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
 * What became of a registration (RFC 5352 section 2.2.3).
 *
 * @param rejected whether it was refused
 * @param handle its pool
 * @param element its PE identifier, 32 bits
 * @param error why it was refused; if it was not, which values the registrar changed
 */
public record RegistrationResponse(
    boolean rejected, PoolHandle handle, long element, Optional<OperationError> error)
    implements AsapMessage {
  private static final int REJECTED = 0x01;

  /** Refuses numbers that do not fit. */
  public RegistrationResponse {
    Objects.requireNonNull(handle);
    Unsigned.u32(element, "PE identifier");
    Objects.requireNonNull(error);
  }

  /** It was accepted as it is. */
  public static RegistrationResponse accepted(ElementKey key) {
    return new RegistrationResponse(false, key.handle(), key.identifier(), Optional.empty());
  }

  /** It was refused. */
  public static RegistrationResponse rejected(ElementKey key, OperationError error) {
    return new RegistrationResponse(true, key.handle(), key.identifier(), Optional.of(error));
  }

  static RegistrationResponse read(int flags, ParameterReader in) {
    return new RegistrationResponse(
        (flags & REJECTED) != 0,
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
    return REGISTRATION_RESPONSE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(REGISTRATION_RESPONSE, rejected ? REJECTED : 0)
        .add(handle)
        .add(new ElementIdentifier(element))
        .add(error)
        .encode();
  }
}

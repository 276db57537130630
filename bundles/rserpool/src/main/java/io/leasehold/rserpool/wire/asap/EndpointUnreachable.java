// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.ElementIdentifier;
import java.util.Objects;

/**
 * Somebody did not reach a pool element (RFC 5352 section 2.2.9).
 *
 * @param handle its pool
 * @param element its PE identifier, 32 bits
 */
public record EndpointUnreachable(PoolHandle handle, long element) implements AsapMessage {
  /** Refuses numbers that do not fit. */
  public EndpointUnreachable {
    Objects.requireNonNull(handle);
    Unsigned.u32(element, "PE identifier");
  }

  static EndpointUnreachable read(ParameterReader in) {
    return new EndpointUnreachable(in.one(PoolHandle.FORMAT), in.one(ElementIdentifier.FORMAT));
  }

  /** Which pool element. */
  public ElementKey key() {
    return new ElementKey(handle, element);
  }

  @Override
  public int type() {
    return ENDPOINT_UNREACHABLE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(ENDPOINT_UNREACHABLE, 0)
        .add(handle)
        .add(new ElementIdentifier(element))
        .encode();
  }
}

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
 * A pool element is alive (RFC 5352 section 2.2.8).
 *
 * @param handle its pool
 * @param element its PE identifier, 32 bits
 */
public record EndpointKeepAliveAck(PoolHandle handle, long element) implements AsapMessage {
  /** Refuses numbers that do not fit. */
  public EndpointKeepAliveAck {
    Objects.requireNonNull(handle);
    Unsigned.u32(element, "PE identifier");
  }

  static EndpointKeepAliveAck read(ParameterReader in) {
    return new EndpointKeepAliveAck(in.one(PoolHandle.FORMAT), in.one(ElementIdentifier.FORMAT));
  }

  /** Which pool element. */
  public ElementKey key() {
    return new ElementKey(handle, element);
  }

  @Override
  public int type() {
    return ENDPOINT_KEEP_ALIVE_ACK;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(ENDPOINT_KEEP_ALIVE_ACK, 0)
        .add(handle)
        .add(new ElementIdentifier(element))
        .encode();
  }
}

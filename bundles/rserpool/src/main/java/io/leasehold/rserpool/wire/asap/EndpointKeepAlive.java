// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.ElementIdentifier;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A registrar asks whether a pool element is alive (RFC 5352 section 2.2.7).
 *
 * @param home whether the registrar is its home from now on
 * @param server identifier of the registrar, 32 bits
 * @param handle the pool
 * @param element its PE identifier, 32 bits; not of the RFC, but rsplib says it
 */
public record EndpointKeepAlive(boolean home, long server, PoolHandle handle, OptionalLong element)
    implements AsapMessage {
  private static final int HOME = 0x01;

  /** Refuses numbers that do not fit. */
  public EndpointKeepAlive {
    Unsigned.u32(server, "server identifier");
    Objects.requireNonNull(handle);
    if (element.isPresent()) {
      Unsigned.u32(element.getAsLong(), "PE identifier");
    }
  }

  static EndpointKeepAlive read(int flags, ParameterReader in) {
    long server = in.u32();
    PoolHandle handle = in.one(PoolHandle.FORMAT);
    Optional<Long> element = in.optional(ElementIdentifier.FORMAT);
    return new EndpointKeepAlive(
        (flags & HOME) != 0,
        server,
        handle,
        element.isPresent() ? OptionalLong.of(element.get()) : OptionalLong.empty());
  }

  @Override
  public int type() {
    return ENDPOINT_KEEP_ALIVE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(ENDPOINT_KEEP_ALIVE, home ? HOME : 0)
        .u32(server)
        .add(handle)
        .add(
            element.isPresent()
                ? Optional.of(new ElementIdentifier(element.getAsLong()))
                : Optional.empty())
        .encode();
  }
}

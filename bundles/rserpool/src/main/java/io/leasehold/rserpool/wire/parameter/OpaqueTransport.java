// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.ParameterType;
import java.util.List;
import java.util.Objects;

/**
 * A transport address that is handed on unchanged (RFC 5354 section 3.16).
 *
 * @param octets what applications understand
 */
public record OpaqueTransport(Bytes octets) implements TransportParameter {
  /** Keeps the octets. */
  public OpaqueTransport {
    Objects.requireNonNull(octets);
  }

  @Override
  public int type() {
    return ParameterType.OPAQUE_TRANSPORT;
  }

  @Override
  public int port() {
    return 0;
  }

  @Override
  public List<Ipv6> addresses() {
    return List.of();
  }

  @Override
  public int valueLength() {
    return octets.length();
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.bytes(octets);
  }

  /** {@code opaque (12 octets)}. */
  @Override
  public String toString() {
    return "opaque (" + octets.length() + " octets)";
  }
}

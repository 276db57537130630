// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Unsigned;
import java.util.List;
import java.util.Objects;

/**
 * A user transport over DCCP (RFC 5354 section 3.3).
 *
 * @param port 0 to 65535
 * @param serviceCode 32 bits
 * @param address its address
 */
public record DccpTransport(int port, long serviceCode, Ipv6 address)
    implements TransportParameter {
  private static final int FIELDS = 8;

  /** Refuses numbers that do not fit. */
  public DccpTransport {
    Unsigned.u16(port, "port");
    Unsigned.u32(serviceCode, "service code");
    Objects.requireNonNull(address);
  }

  @Override
  public int type() {
    return ParameterType.DCCP_TRANSPORT;
  }

  @Override
  public List<Ipv6> addresses() {
    return List.of(address);
  }

  @Override
  public int valueLength() {
    return FIELDS + Addresses.length(addresses());
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.u16(port).u16(0).u32(serviceCode);
    Addresses.write(addresses(), out);
  }

  /** {@code dccp [192.0.2.1]:67}. */
  @Override
  public String toString() {
    return "dccp [" + address + "]:" + port;
  }
}

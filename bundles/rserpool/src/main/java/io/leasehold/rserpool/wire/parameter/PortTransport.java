// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Unsigned;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A transport over TCP, UDP or UDP-Lite (RFC 5354 sections 3.5 to 3.7).
 *
 * @param protocol which of them
 * @param port 0 to 65535
 * @param address its address
 */
public record PortTransport(Protocol protocol, int port, Ipv6 address)
    implements TransportParameter {
  private static final int FIELDS = 4;

  /** What has an address and a port, and nothing else. */
  public enum Protocol {
    /** TCP. */
    TCP(ParameterType.TCP_TRANSPORT),
    /** UDP. */
    UDP(ParameterType.UDP_TRANSPORT),
    /** UDP-Lite. */
    UDP_LITE(ParameterType.UDP_LITE_TRANSPORT);

    private final int type;

    Protocol(int type) {
      this.type = type;
    }

    static Protocol ofType(int type) {
      return type == TCP.type ? TCP : type == UDP.type ? UDP : UDP_LITE;
    }
  }

  /** Refuses numbers that do not fit. */
  public PortTransport {
    Objects.requireNonNull(protocol);
    Unsigned.u16(port, "port");
    Objects.requireNonNull(address);
  }

  /** A transport over TCP. */
  public static PortTransport tcp(Ipv6 address, int port) {
    return new PortTransport(Protocol.TCP, port, address);
  }

  /** A transport over UDP. */
  public static PortTransport udp(Ipv6 address, int port) {
    return new PortTransport(Protocol.UDP, port, address);
  }

  @Override
  public int type() {
    return protocol.type;
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
    out.u16(port).u16(0);
    Addresses.write(addresses(), out);
  }

  /** {@code udp [2001:db8::1]:547}. */
  @Override
  public String toString() {
    return protocol.name().toLowerCase(Locale.ROOT).replace('_', '-')
        + " ["
        + address
        + "]:"
        + port;
  }
}

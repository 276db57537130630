// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import io.leasehold.net.Family;

/** What is spoken on a connection. */
public enum Application {
  /** Relayed DHCPv6, framed as RFC 5460 section 5.1 says. */
  DHCPV6_RELAY("dhcpv6-relay/1", Family.IPV6, 547, 10547),
  /** Relayed DHCPv4, framed as RFC 6926 section 6.1 says. */
  DHCPV4_RELAY("dhcpv4-relay/1", Family.IPV4, 67, 10067),
  /** RFC 8156. */
  FAILOVER("dhcp-failover/1", Family.IPV6, 647, 0),
  /** RFC 5460 and RFC 7653. */
  DHCPV6_LEASEQUERY("dhcp-leasequery/1", Family.IPV6, 547, 0),
  /** RFC 6926 and RFC 7724. */
  DHCPV4_LEASEQUERY("dhcp-leasequery/1", Family.IPV4, 67, 0);

  private final String protocolName;
  private final Family family;
  private final int streamPort;
  private final int datagramPort;

  Application(String protocolName, Family family, int streamPort, int datagramPort) {
    this.protocolName = protocolName;
    this.family = family;
    this.streamPort = streamPort;
    this.datagramPort = datagramPort;
  }

  /** Name for application-layer protocol negotiation (RFC 7301). */
  public String protocolName() {
    return protocolName;
  }

  /** Family of the messages; connections may be of the other one. */
  public Family family() {
    return family;
  }

  /** Port of streams. */
  public int streamPort() {
    return streamPort;
  }

  /** Port of DTLS; 0 if there is none. */
  public int datagramPort() {
    return datagramPort;
  }
}

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
  DHCPV4_LEASEQUERY("dhcp-leasequery/1", Family.IPV4, 67, 0),
  /** Pool elements and pool users with a registrar (RFC 5352 section 8.2). */
  ASAP("asap/1", 3863, 3864),
  /** Registrars among themselves (RFC 5353 section 5.3). */
  ENRP("enrp/1", 9901, 9902);

  private final String protocolName;
  private final Family family;
  private final Framing framing;
  private final int clearPort;
  private final int streamPort;
  private final int datagramPort;

  /** One of DHCP: one port for all streams, because TLS is asked for or told by its first octet. */
  Application(String protocolName, Family family, int streamPort, int datagramPort) {
    this.protocolName = protocolName;
    this.family = family;
    this.framing = Framing.LENGTH_BEFORE;
    this.clearPort = streamPort;
    this.streamPort = streamPort;
    this.datagramPort = datagramPort;
  }

  /** One of RSerPool. */
  Application(String protocolName, int clearPort, int streamPort) {
    this.protocolName = protocolName;
    this.family = Family.IPV6;
    this.framing = Framing.LENGTH_WITHIN;
    this.clearPort = clearPort;
    this.streamPort = streamPort;
    this.datagramPort = 0;
  }

  /** Name for application-layer protocol negotiation (RFC 7301). */
  public String protocolName() {
    return protocolName;
  }

  /**
   * Family of the messages; connections may be of the other one. Without meaning for those of
   * RSerPool, whose messages have none.
   */
  public Family family() {
    return family;
  }

  /** How messages are told apart. */
  public Framing framing() {
    return framing;
  }

  /**
   * Whether TLS can be asked for by a message: STARTTLS or DHCPTLS (RFC 7653 section 8.2, RFC 7724
   * section 7.2). The others have ports on which a connection begins with TLS.
   */
  public boolean hasStartTls() {
    return framing == Framing.LENGTH_BEFORE;
  }

  /** Port of streams that something protects. */
  public int streamPort() {
    return streamPort;
  }

  /** Port of streams that nothing protects. */
  public int clearPort() {
    return clearPort;
  }

  /** Port of DTLS; 0 if there is none. */
  public int datagramPort() {
    return datagramPort;
  }
}

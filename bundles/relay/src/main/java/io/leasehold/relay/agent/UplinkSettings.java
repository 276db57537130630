// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopUri;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;

/**
 * A server, or a relay agent nearer to it.
 *
 * @param uri as configured
 * @param address of it; may be a group for datagrams; an IPv4 address is IPv4-mapped
 * @param port of it
 * @param interfaceName out of which datagrams go; empty: the one that the system would choose
 * @param channel profile that protects the hop; empty for plain datagrams
 * @param peer who it must be; empty for every server
 * @param startTls whether to ask for TLS instead of beginning with it
 */
public record UplinkSettings(
    String uri,
    String scheme,
    Ipv6 address,
    int port,
    String interfaceName,
    String channel,
    String peer,
    boolean startTls) {

  /**
   * Reads one.
   *
   * @param channel of those that name none
   * @throws IllegalArgumentException saying what is wrong and what is accepted
   */
  static UplinkSettings of(String text, Application application, String channel) {
    HopUri uri = HopUri.parse(text);
    for (String parameter : uri.parameters().keySet()) {
      if (!parameter.matches("channel|peer|interface|starttls")) {
        throw new IllegalArgumentException(
            "'" + text + "': accepted are the parameters channel, peer, interface and starttls");
      }
    }
    requireCarrier(text, uri);
    int zone = uri.host().indexOf('%');
    Ipv6 address = Ipv6.ofText(zone < 0 ? uri.host() : uri.host().substring(0, zone));
    String zoneName = zone < 0 ? "" : uri.host().substring(zone + 1);
    boolean datagrams = uri.scheme().equals("udp");
    if (datagrams && address.isMapped() != (application.family() == Family.IPV4)) {
      throw new IllegalArgumentException("'" + text + "': the address is of the other family");
    }
    return new UplinkSettings(
        text,
        uri.scheme(),
        address,
        uri.portFor(application),
        uri.parameters().getOrDefault("interface", zoneName),
        uri.parameters().getOrDefault("channel", channel),
        uri.parameters().getOrDefault("peer", ""),
        Boolean.parseBoolean(uri.parameters().getOrDefault("starttls", "false")));
  }

  /** Whether messages go as datagrams that the network protects, or nothing does. */
  public boolean isDatagrams() {
    return scheme.equals("udp");
  }

  /** Whether it is known without asking anybody that nothing protects the hop. */
  public boolean isPlain() {
    return scheme.equals("tcp") || isDatagrams() && channel.isEmpty();
  }

  /** Name of the transport of connections. */
  public String transport() {
    return transport(scheme);
  }

  /**
   * A hop by which DHCP can go.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void requireCarrier(String text, HopUri uri) {
    if (uri.transport().equals("sctp")) {
      throw new IllegalArgumentException(
          "'" + text + "': SCTP carries no DHCP; accepted are udp://, tls://, dtls:// and tcp://");
    }
  }

  /** Plain and protected streams are of one transport. */
  static String transport(String scheme) {
    return scheme.equals("tls") ? "tcp" : scheme;
  }
}

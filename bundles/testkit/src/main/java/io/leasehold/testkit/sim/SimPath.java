// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * The way by which a datagram of a simulated client would have come to a server whose first link is
 * on {@code eth1}.
 *
 * @param interfaceAddresses the server's own addresses there
 * @param wire takes what is sent back
 */
public record SimPath(
    List<Ipv6> interfaceAddresses, Ipv6 local, Ipv6 remote, int remotePort, Predicate<Bytes> wire)
    implements Path {
  private static final Ipv6 ALL_AGENTS = Ipv6.ofText("ff02::1:2");
  private static final List<Ipv6> OWN6 = List.of(Ipv6.ofText("2001:db8:ffff::1"));
  private static final List<Ipv6> OWN4 = List.of(Ipv6.ofText("10.1.0.1"));
  private static final int RELAY_FORW = 12;

  /** The way of a request. */
  public static SimPath of(Bytes request, Predicate<Bytes> wire) {
    return of(request, OWN4, wire);
  }

  /** The same to a server that has this IPv4 address. */
  public static SimPath of(Bytes request, Ipv4 server, Predicate<Bytes> wire) {
    return of(request, List.of(Ipv6.mapped(server)), wire);
  }

  private static SimPath of(Bytes request, List<Ipv6> own4, Predicate<Bytes> wire) {
    if (!SimPackets.isDhcp4(request)) {
      return request.at(0) == RELAY_FORW
          ? new SimPath(OWN6, OWN6.get(0), ClientMessages.RELAY, 547, wire)
          : new SimPath(OWN6, ALL_AGENTS, Ipv6.ofText("fe80::a"), 546, wire);
    }
    Dhcp4Message message = Dhcp4Message.decode(request);
    if (message.isRelayed()) {
      return new SimPath(own4, own4.get(0), Ipv6.mapped(message.relayAddress()), 67, wire);
    }
    Ipv6 to = message.isBroadcast() ? Ipv6.mapped(Ipv4.BROADCAST) : own4.get(0);
    return new SimPath(own4, to, Ipv6.mapped(message.clientAddress()), 68, wire);
  }

  @Override
  public String interfaceName() {
    return "eth1";
  }

  @Override
  public boolean send(Bytes message, Destination to) {
    return wire.test(message);
  }
}

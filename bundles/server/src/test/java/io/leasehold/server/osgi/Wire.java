// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The link of a test: makes the datagrams of clients and keeps what the server sends. */
final class Wire {
  private static final Ipv6 SERVERS = Ipv6.ofText("ff02::1:2");
  private static final Ipv6 CLIENT = Ipv6.ofText("fe80::c");

  final Queue<ClientServerMessage> replies = new ConcurrentLinkedQueue<>();

  /** The way of a datagram that came in on an interface. */
  Path path(String interfaceName) {
    return new Way(interfaceName, SERVERS, CLIENT, 546, List.of(), replies);
  }

  private record Way(
      String interfaceName,
      Ipv6 local,
      Ipv6 remote,
      int remotePort,
      List<Ipv6> interfaceAddresses,
      Queue<ClientServerMessage> replies)
      implements Path {
    @Override
    public boolean send(Bytes message, Destination to) {
      return replies.add(ClientServerMessage.decode(message));
    }
  }

  /** How many replies of a type have come. */
  long count(int type) {
    return replies.stream().filter(reply -> reply.type() == type).count();
  }

  /** A Solicit of client number {@code n} for one address. */
  static Bytes solicit(int n) {
    return message(Dhcp6MessageType.SOLICIT, n, null);
  }

  /** A Request of client number {@code n} for one address. */
  static Bytes request(int n, Duid server) {
    return message(Dhcp6MessageType.REQUEST, n, server);
  }

  /** An Information-request for DNS servers. */
  static Bytes informationRequest() {
    Options options = Options.builder().add(Dhcp6Options.ORO, OptionRequest.of(23)).build();
    return new ClientServerMessage(Dhcp6MessageType.INFORMATION_REQUEST, 1, options).encode();
  }

  private static Bytes message(int type, int n, Duid server) {
    Options.Builder options = Options.builder();
    options.add(
        Dhcp6Options.CLIENT_ID,
        Duid.ofText(
            "00:03:00:01:02:00:%08x".formatted(n).replaceAll("(..)(..)(..)(..)$", "$1:$2:$3:$4")));
    if (server != null) {
      options.add(Dhcp6Options.SERVER_ID, server);
    }
    options.add(Dhcp6Options.IA_NA, new IaNa(1, 0, 0, Options.EMPTY));
    return new ClientServerMessage(type, n, options.build()).encode();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.v4.intake.Dhcp4Request;
import io.leasehold.transport.Destination;
import java.util.Optional;

/** Where answers go (RFC 2131 sections 4.1 and 4.3.5). */
final class ReturnPath {
  private static final int CLIENT_PORT = 68;
  private static final int SERVER_PORT = 67;
  private static final Ipv6 EVERYBODY = Ipv6.mapped(Ipv4.BROADCAST);

  private ReturnPath() {}

  /** Where a reply goes; null if that cannot be told. */
  static Destination of(Dhcp4Request request, Dhcp4Message reply) {
    Dhcp4Message query = request.message();
    if (request.type() == Dhcp4MessageType.INFORM) {
      return informed(request);
    }
    if (query.isRelayed()) {
      return relay(request);
    }
    // RFC 2131 section 4.1: without a relay agent every DHCPNAK is broadcast.
    if (reply.type() == Dhcp4MessageType.NAK) {
      return client(EVERYBODY);
    }
    if (!query.clientAddress().isUnspecified()) {
      return client(Ipv6.mapped(query.clientAddress()));
    }
    Optional<HardwareAddress> hardware = query.hardware();
    if (reply.isBroadcast() || reply.yourAddress().isUnspecified() || hardware.isEmpty()) {
      return client(EVERYBODY);
    }
    // The client does not answer for its address yet.
    return new Destination(Ipv6.mapped(reply.yourAddress()), CLIENT_PORT, hardware);
  }

  /** RFC 2131 section 4.3.5: to ciaddr, also past a relay agent. */
  private static Destination informed(Dhcp4Request request) {
    Dhcp4Message query = request.message();
    if (!query.clientAddress().isUnspecified()) {
      return client(Ipv6.mapped(query.clientAddress()));
    }
    if (query.isRelayed()) {
      return relay(request);
    }
    Ipv6 remote = request.arrival().remote();
    return remote.isMapped() && !remote.toIpv4().isUnspecified() ? client(remote) : null;
  }

  private static Destination client(Ipv6 address) {
    return Destination.of(address, CLIENT_PORT);
  }

  private static Destination relay(Dhcp4Request request) {
    // RFC 8357 section 5.2: with the sub-option, back to the port it came from.
    boolean anyPort = request.relay().subOptions().has(RelayAgentOptions.RELAY_PORT);
    int port = anyPort ? request.arrival().remotePort() : SERVER_PORT;
    return Destination.of(Ipv6.mapped(request.message().relayAddress()), port);
  }
}

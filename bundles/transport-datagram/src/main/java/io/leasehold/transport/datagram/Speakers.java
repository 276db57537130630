// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Destination;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Sends what answers no message, with the sockets that are open at that moment. May be used from
 * any thread.
 */
final class Speakers {
  /**
   * A socket, and what it has to be told.
   *
   * @param local its address
   * @param index interface by which it sends; 0 if the route decides
   */
  private record Speaker(DatagramPath.Answers socket, Ipv6 local, int index) {}

  private final Endpoints endpoints;
  private final DatagramSockets sockets;
  private final Routes routes;

  Speakers(Endpoints endpoints, DatagramSockets sockets, Routes routes) {
    this.endpoints = endpoints;
    this.sockets = sockets;
    this.routes = routes;
  }

  /** Sends; false and one count if it cannot. */
  boolean send(Bytes message, Destination to, String interfaceName) {
    Optional<Speaker> found =
        interfaceName.isEmpty() ? byRoute(to) : onInterface(to.address(), interfaceName);
    if (found.isEmpty()) {
      sockets.counters().sendNoInterface.increment();
      return false;
    }
    Speaker speaker = found.get();
    if (isBroadcast(to.address())) {
      return speaker.socket.broadcast(message, to.port());
    }
    if (to.linkLayer().isPresent()) {
      return speaker.socket.frame(message, speaker.local, to);
    }
    InetSocketAddress remote = new InetSocketAddress(host(to.address(), speaker.index), to.port());
    return speaker.index == 0
        ? speaker.socket.unicast(message, remote)
        : speaker.socket.direct(message, remote);
  }

  /** A group goes out of the interface in its scope, however far it reaches. */
  private static InetAddress host(Ipv6 address, int index) {
    return address.isMulticast()
        ? SocketAddresses.scoped(address, index)
        : SocketAddresses.on(address, index);
  }

  private static boolean isBroadcast(Ipv6 address) {
    return address.equals(SocketAddresses.LIMITED_BROADCAST);
  }

  /** Out of an interface: from an address whose scope reaches as far as the destination's. */
  private Optional<Speaker> onInterface(Ipv6 to, String interfaceName) {
    Optional<NetworkPort> port = endpoints.port(interfaceName);
    if (port.isEmpty()) {
      return Optional.empty();
    }
    boolean near = !to.isMapped() && SocketAddresses.isLinkScope(to);
    Optional<Speaker> fitting = ofPort(port.get(), near, true);
    return fitting.isPresent() ? fitting : ofPort(port.get(), near, false);
  }

  private Optional<Speaker> ofPort(NetworkPort port, boolean near, boolean fits) {
    for (Ipv6 local : port.addresses()) {
      if ((local.isLinkLocal() == near) == fits) {
        Optional<? extends DatagramPath.Answers> socket = sockets.speaker(local, port.index());
        if (socket.isPresent()) {
          return Optional.of(new Speaker(socket.get(), local, port.index()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * From the address that the system would take, if the binding has it; else from another of the
   * binding: the way is the same, and answers find it.
   */
  private Optional<Speaker> byRoute(Destination to) {
    if (SocketAddresses.isLinkScope(to.address())
        || to.address().isMulticast()
        || to.linkLayer().isPresent()) {
      return Optional.empty(); // it means something on one link only, and which is not said
    }
    Optional<Speaker> usual = routes.sourceFor(to.address()).flatMap(this::anywhere);
    return usual.isPresent() ? usual : anyOfBinding();
  }

  private Optional<Speaker> anyOfBinding() {
    for (Ipv6 local : endpoints.listeningOn()) {
      if (!SocketAddresses.isLinkScope(local) && !local.isMulticast()) {
        Optional<Speaker> speaker = anywhere(local);
        if (speaker.isPresent()) {
          return speaker;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Speaker> anywhere(Ipv6 local) {
    return sockets.speaker(local, 0).map(socket -> new Speaker(socket, local, 0));
  }
}

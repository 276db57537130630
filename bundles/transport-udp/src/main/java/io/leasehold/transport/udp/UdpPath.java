// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.net.InetSocketAddress;
import java.util.List;

/** The way of a datagram; answers by the socket it came to. Immutable. */
final class UdpPath implements Path {
  private final UdpSocket socket;
  private final String interfaceName;
  private final Ipv6 local;
  private final Ipv6 remote;
  private final InetSocketAddress sender;

  UdpPath(UdpSocket socket, String interfaceName, Ipv6 local, InetSocketAddress sender) {
    this.socket = socket;
    this.interfaceName = interfaceName;
    this.local = local;
    this.remote = SocketAddresses.ipv6(sender.getAddress());
    this.sender = sender;
  }

  @Override
  public String interfaceName() {
    return interfaceName;
  }

  @Override
  public Ipv6 local() {
    return local;
  }

  @Override
  public Ipv6 remote() {
    return remote;
  }

  @Override
  public int remotePort() {
    return sender.getPort();
  }

  @Override
  public List<Ipv6> interfaceAddresses() {
    return List.of();
  }

  @Override
  public boolean send(Bytes message, Destination to) {
    return socket.send(message, address(to));
  }

  private InetSocketAddress address(Destination to) {
    if (!to.address().equals(remote)) {
      return new InetSocketAddress(SocketAddresses.inet(to.address()), to.port());
    }
    // The sender's own address has the scope that a link-local one needs.
    return to.port() == sender.getPort()
        ? sender
        : new InetSocketAddress(sender.getAddress(), to.port());
  }

  @Override
  public String toString() {
    String where = interfaceName.isEmpty() ? "" : "%" + interfaceName;
    return "udp [" + remote + "]:" + sender.getPort() + where + " -> " + local;
  }
}

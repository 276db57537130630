// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Path;
import java.net.InetSocketAddress;

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
  public boolean send(Bytes message, int remotePort) {
    InetSocketAddress to =
        remotePort == sender.getPort()
            ? sender
            : new InetSocketAddress(sender.getAddress(), remotePort);
    return socket.send(message, to);
  }

  @Override
  public String toString() {
    String where = interfaceName.isEmpty() ? "" : "%" + interfaceName;
    return "udp [" + remote + "]:" + sender.getPort() + where + " -> " + local;
  }
}

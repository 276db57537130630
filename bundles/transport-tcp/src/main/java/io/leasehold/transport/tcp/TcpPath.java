// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.HopEnd;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import io.leasehold.transport.datagram.SocketAddresses;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The way of the messages of one connection. Whatever destination an answer names, it goes to the
 * peer that asked. Immutable.
 *
 * @param ends ours and the other
 * @param interfaceAddresses of the interface that has our address
 * @param peer who is at the other end
 * @param assurance what the channel vouches for
 * @param answers sends an answer back
 */
record TcpPath(
    Ends ends,
    List<Ipv6> interfaceAddresses,
    Optional<AuthenticatedPeer> peer,
    Assurance assurance,
    Predicate<Bytes> answers)
    implements Path {
  /** Of a connection whose peer is not known yet. */
  static TcpPath begun(SocketChannel channel) throws IOException {
    InetSocketAddress local = channel.localAddress();
    Ends ends = new Ends(end(local), end(channel.remoteAddress()));
    return new TcpPath(
        ends, addressesAt(local), Optional.empty(), Assurance.NONE, message -> false);
  }

  private static HopEnd end(InetSocketAddress address) {
    return new HopEnd(SocketAddresses.ipv6(address.getAddress()), address.getPort());
  }

  private static List<Ipv6> addressesAt(InetSocketAddress local) throws IOException {
    NetworkInterface found = NetworkInterface.getByInetAddress(local.getAddress());
    Ipv6 address = SocketAddresses.ipv6(local.getAddress());
    return found == null
        ? List.of(address)
        : found
            .inetAddresses()
            .map(SocketAddresses::ipv6)
            .filter(each -> each.isMapped() == address.isMapped())
            .toList();
  }

  /** The two ends of a connection. */
  record Ends(HopEnd local, HopEnd remote) {
    @Override
    public String toString() {
      return text(local) + " - " + text(remote);
    }

    static String text(HopEnd end) {
      String address = end.address().toString();
      return (end.address().isMapped() ? address : "[" + address + "]") + ":" + end.port();
    }
  }

  @Override
  public String interfaceName() {
    return "";
  }

  @Override
  public Ipv6 local() {
    return ends.local().address();
  }

  @Override
  public Ipv6 remote() {
    return ends.remote().address();
  }

  @Override
  public int remotePort() {
    return ends.remote().port();
  }

  @Override
  public boolean send(Bytes message, Destination to) {
    return answers.test(message);
  }

  @Override
  public String toString() {
    return "tcp " + ends + peer.map(each -> " (" + each.peerId() + ")").orElse("");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Inbound;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;

/**
 * One socket, bound to one address or one group. Opened, joined and closed by the binding's
 * watcher; {@link #drain} belongs to one receiving thread; {@link #send} is for every thread.
 *
 * <p>A link-scope address is bound with its interface, and Linux then gives the socket only what
 * came in there. A socket that is bound to a group gets only what was sent to that group, so its
 * address is the destination of every message.
 */
final class UdpSocket {
  /** Largest message: 65535 octets of UDP less its header (RFC 768). */
  static final int LARGEST_MESSAGE = 65_527;

  /** Messages of one socket before the others have their turn. */
  private static final int TURN = 256;

  private static final ThreadLocal<ByteBuffer> OUTGOING =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(LARGEST_MESSAGE));

  private final DatagramChannel channel;
  private final Ipv6 local;
  private final String interfaceName;
  private final UdpCounters counters;
  private final Map<Integer, MembershipKey> memberships = new HashMap<>();
  private SocketAddress lastSender;
  private UdpPath lastPath;

  private UdpSocket(
      DatagramChannel channel, Ipv6 local, String interfaceName, UdpCounters counters) {
    this.channel = channel;
    this.local = local;
    this.interfaceName = interfaceName;
    this.counters = counters;
  }

  /**
   * Opens and binds.
   *
   * @param interfaceName the interface that every message of this socket comes in on; empty if
   *     there may be several
   */
  static UdpSocket open(
      Wanted.SocketKey key, String interfaceName, int port, int bufferOctets, UdpCounters counters)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET6);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferOctets);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferOctets);
      channel.bind(new InetSocketAddress(SocketAddresses.scoped(key.address(), key.index()), port));
      return new UdpSocket(channel, key.address(), interfaceName, counters);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Joins the group on an interface, if it is a group and not joined there. */
  void join(int index) throws IOException {
    if (local.isMulticast() && !memberships.containsKey(index)) {
      NetworkInterface where = NetworkInterface.getByIndex(index);
      if (where == null) {
        throw new IOException("the interface has just gone");
      }
      memberships.put(index, channel.join(SocketAddresses.scoped(local, index), where));
    }
  }

  /** Leaves the group on an interface. */
  void leave(int index) {
    MembershipKey membership = memberships.remove(index);
    if (membership != null) {
      membership.drop();
    }
  }

  void register(Selector selector) throws ClosedChannelException {
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  int receiveBufferOctets() throws IOException {
    SocketOption<Integer> option = StandardSocketOptions.SO_RCVBUF;
    return channel.getOption(option);
  }

  /** Hands over what is waiting. */
  void drain(ByteBuffer buffer, Inbound inbound) throws IOException {
    for (int turn = 0; turn < TURN; turn++) {
      buffer.clear();
      SocketAddress sender = channel.receive(buffer);
      if (sender == null) {
        return;
      }
      buffer.flip();
      if (!buffer.hasRemaining()) {
        counters.receivedEmpty.increment();
        continue;
      }
      counters.received.increment();
      counters.receivedOctets.add(buffer.remaining());
      byte[] message = new byte[buffer.remaining()];
      buffer.get(message);
      hand(Bytes.wrap(message), path(sender), inbound);
    }
  }

  private void hand(Bytes message, UdpPath path, Inbound inbound) {
    try {
      inbound.message(message, path);
    } catch (RuntimeException | Error e) {
      counters.receiverThrew.increment();
      TrafficLog.threw(path, e);
    }
  }

  /** The JDK gives the same object for the same sender in a row; so a busy relay costs one path. */
  private UdpPath path(SocketAddress sender) {
    if (sender != lastSender) {
      InetSocketAddress remote = (InetSocketAddress) sender;
      lastPath = new UdpPath(this, cameIn(remote), local, remote);
      lastSender = sender;
    }
    return lastPath;
  }

  private String cameIn(InetSocketAddress remote) {
    if (interfaceName.isEmpty()
        && remote.getAddress() instanceof Inet6Address
        && remote.getAddress().isLinkLocalAddress()) {
      NetworkInterface scope = ((Inet6Address) remote.getAddress()).getScopedInterface();
      return scope == null ? byIndex((Inet6Address) remote.getAddress()) : scope.getName();
    }
    return interfaceName;
  }

  private static String byIndex(Inet6Address remote) {
    try {
      NetworkInterface scope = NetworkInterface.getByIndex(remote.getScopeId());
      return scope == null ? "" : scope.getName();
    } catch (IOException | IllegalArgumentException e) {
      return ""; // the interface has just gone
    }
  }

  /** Sends; false and one count if it could not. */
  boolean send(Bytes message, InetSocketAddress to) {
    if (message.length() > LARGEST_MESSAGE) {
      counters.sendTooLarge.increment();
      return false;
    }
    ByteBuffer buffer = OUTGOING.get();
    buffer.clear();
    message.putInto(buffer);
    buffer.flip();
    try {
      if (channel.send(buffer, to) == 0) {
        counters.sendBufferFull.increment();
        return false;
      }
    } catch (ClosedChannelException e) {
      counters.sendAfterClose.increment();
      return false;
    } catch (IOException | RuntimeException e) { // among them UnresolvedAddressException
      counters.sendFailed.increment();
      TrafficLog.notSent(local, to, e);
      return false;
    }
    counters.sent.increment();
    counters.sentOctets.add(message.length());
    return true;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      counters.receiveFailed.increment(); // the descriptor is gone all the same
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.datagram.AnsweringSocket;
import io.leasehold.transport.datagram.Arrears;
import io.leasehold.transport.datagram.DatagramCounters;
import io.leasehold.transport.datagram.DatagramPath;
import io.leasehold.transport.datagram.SocketAddresses;
import io.leasehold.transport.datagram.TrafficLog;
import io.leasehold.transport.datagram.Wanted;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
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
import java.util.Optional;

/**
 * One socket, bound to one address, to one group or, for broadcasts, to none. Opened, joined and
 * closed by the binding's watcher; {@link #drain} belongs to one receiving thread; sending is for
 * every thread.
 *
 * <p>A link-scope address is bound with its interface, and Linux then gives the socket only what
 * came in there. A socket that is bound to a group gets only what was sent to that group, so its
 * address is the destination of every message.
 */
final class UdpSocket extends AnsweringSocket {
  /** Messages of one socket before the others have their turn. */
  private static final int TURN = 256;

  private static final ThreadLocal<ByteBuffer> OUTGOING =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(LARGEST_MESSAGE));

  private final DatagramChannel channel;
  private final UdpSockets all;
  private final DatagramCounters counters;
  private final Map<Integer, MembershipKey> memberships = new HashMap<>();
  private final Arrears arrears = new Arrears();
  private SocketAddress lastSender;
  private DatagramPath lastPath;

  private UdpSocket(
      DatagramChannel channel, Wanted.SocketKey key, String interfaceName, UdpSockets all) {
    super(key, interfaceName, all);
    this.channel = channel;
    this.all = all;
    this.counters = all.udpCounters();
  }

  /**
   * Opens it; it is not bound yet.
   *
   * @param interfaceName the interface that every message of this socket comes in on; empty if
   *     there may be several
   */
  static UdpSocket open(Wanted.SocketKey key, String interfaceName, UdpSockets all)
      throws IOException {
    boolean four = key.address().isMapped();
    DatagramChannel channel =
        DatagramChannel.open(four ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, all.bufferOctets());
      channel.setOption(StandardSocketOptions.SO_SNDBUF, all.bufferOctets());
      channel.setOption(StandardSocketOptions.SO_BROADCAST, four);
      return new UdpSocket(channel, key, interfaceName, all);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Binds it. The JDK refuses 255.255.255.255; what no other socket has is for everybody. */
  void bind(int port) throws IOException {
    InetAddress address =
        UdpSockets.isBroadcast(key.address())
            ? SocketAddresses.inet(Ipv6.mapped(Ipv4.UNSPECIFIED))
            : SocketAddresses.on(key.address(), key.index());
    channel.bind(new InetSocketAddress(address, port));
  }

  /** Whether other sockets may have an address that is like its own. */
  void shareAddress(boolean share) throws IOException {
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, share);
  }

  /** Joins the group on an interface, if it is a group and not joined there. */
  void join(int index) throws IOException {
    if (key.address().isMulticast() && !memberships.containsKey(index)) {
      NetworkInterface where = NetworkInterface.getByIndex(index);
      if (where == null) {
        throw new IOException("the interface has just gone");
      }
      memberships.put(index, channel.join(SocketAddresses.scoped(key.address(), index), where));
    }
  }

  /** Leaves the group on an interface. */
  void leave(int index) {
    MembershipKey membership = memberships.remove(index);
    if (membership != null) {
      membership.drop();
    }
  }

  /** What it sends to groups goes out of this interface, unless the address says another. */
  void sendGroupsBy(int index) throws IOException {
    NetworkInterface where = NetworkInterface.getByIndex(index);
    if (where != null && !key.address().isMapped() && !key.address().isMulticast()) {
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, where);
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
    try {
      arrears.turned(receive(buffer, inbound), System.nanoTime());
    } finally {
      gathered(inbound);
    }
  }

  /** Whether there may be more. */
  private boolean receive(ByteBuffer buffer, Inbound inbound) throws IOException {
    for (int turn = 0; turn < TURN; turn++) {
      buffer.clear();
      SocketAddress sender = channel.receive(buffer);
      if (sender == null) {
        return false;
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
    return true;
  }

  private void hand(Bytes message, DatagramPath path, Inbound inbound) {
    try {
      if (arrears.isStanding()) {
        inbound.late(message, path);
      } else {
        inbound.gather(message, path);
      }
    } catch (RuntimeException | Error e) {
      counters.receiverThrew.increment();
      TrafficLog.threw(path, e);
    }
  }

  private void gathered(Inbound inbound) {
    try {
      inbound.gathered();
    } catch (RuntimeException | Error e) {
      counters.receiverThrew.increment();
      TrafficLog.threw(lastPath, e);
    }
  }

  /** The JDK gives the same object for the same sender in a row; so a busy relay costs one path. */
  private DatagramPath path(SocketAddress sender) {
    InetSocketAddress remote = (InetSocketAddress) sender;
    String cameIn = cameIn(remote);
    if (sender != lastSender || !lastPath.interfaceName().equals(cameIn)) {
      lastPath = new DatagramPath(this, cameIn, key.address(), remote);
      lastSender = sender;
    }
    return lastPath;
  }

  private String cameIn(InetSocketAddress remote) {
    if (!interfaceName.isEmpty()) {
      return interfaceName;
    }
    if (key.address().isMapped()) {
      return all.onlyInterface();
    }
    if (remote.getAddress() instanceof Inet6Address && remote.getAddress().isLinkLocalAddress()) {
      NetworkInterface scope = ((Inet6Address) remote.getAddress()).getScopedInterface();
      return scope == null ? byIndex((Inet6Address) remote.getAddress()) : scope.getName();
    }
    return "";
  }

  private static String byIndex(Inet6Address remote) {
    try {
      NetworkInterface scope = NetworkInterface.getByIndex(remote.getScopeId());
      return scope == null ? "" : scope.getName();
    } catch (IOException | IllegalArgumentException e) {
      return ""; // the interface has just gone
    }
  }

  @Override
  public boolean frame(Bytes message, Ipv6 local, Destination to) {
    all.udpCounters().broadcastInstead.increment();
    return broadcast(message, to.port());
  }

  @Override
  public boolean direct(Bytes message, InetSocketAddress to) {
    return unicast(message, to);
  }

  @Override
  public boolean broadcast(Bytes message, int port) {
    Ipv6 everybody = SocketAddresses.LIMITED_BROADCAST;
    return unicast(message, new InetSocketAddress(SocketAddresses.inet(everybody), port));
  }

  @Override
  public boolean unicast(Bytes message, InetSocketAddress to) {
    if (!UdpSockets.isBroadcast(key.address())) {
      return send(message, to);
    }
    Optional<UdpSocket> answerer = all.answerer(all.onlyInterface());
    if (answerer.isEmpty()) {
      (channel.isOpen() ? counters.sendNoInterface : counters.sendAfterClose).increment();
      return false;
    }
    return answerer.get().send(message, to);
  }

  private boolean send(Bytes message, InetSocketAddress to) {
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
        all.udpCounters().sendBufferFull.increment();
        return false;
      }
    } catch (ClosedChannelException e) {
      counters.sendAfterClose.increment();
      return false;
    } catch (IOException | RuntimeException e) { // among them UnresolvedAddressException
      counters.sendFailed.increment();
      TrafficLog.notSent(transportName(), key.address(), to, e);
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

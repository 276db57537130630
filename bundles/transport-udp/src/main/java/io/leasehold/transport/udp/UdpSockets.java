// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.datagram.DatagramSockets;
import io.leasehold.transport.datagram.NetworkPort;
import io.leasehold.transport.datagram.SocketAddresses;
import io.leasehold.transport.datagram.Wanted;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of a binding. Changed by the owner of its endpoints. */
final class UdpSockets extends DatagramSockets {
  private static final Logger LOG = LoggerFactory.getLogger(UdpSockets.class);
  private static final String SEVERAL =
      "JDK sockets cannot tell the broadcasts of several interfaces apart: name one interface in"
          + " interfaces-config, or install leasehold-transport-epoll";

  private final BindSpec spec;
  private final int bufferOctets;
  private final List<Receiver> receivers;
  private final UdpCounters counters;
  private final Map<Wanted.SocketKey, UdpSocket> sockets = new ConcurrentHashMap<>();
  private List<NetworkPort> ports = List.of();
  private volatile String onlyInterface = "";
  private int nextReceiver;
  private boolean saidSmallBuffer;

  UdpSockets(BindSpec spec, int bufferOctets, List<Receiver> receivers, UdpCounters counters) {
    super("udp", counters);
    this.spec = spec;
    this.bufferOctets = bufferOctets;
    this.receivers = receivers;
    this.counters = counters;
  }

  @Override
  protected void changed(List<NetworkPort> now, List<Wanted> wanted) {
    ports = now;
    List<String> names =
        wanted.stream()
            .filter(each -> each.absence().isEmpty())
            .map(Wanted::interfaceName)
            .distinct()
            .toList();
    onlyInterface = names.size() == 1 ? names.get(0) : "";
  }

  @Override
  protected void open(Wanted wanted) throws IOException {
    Ipv6 address = wanted.address().orElseThrow();
    if (isBroadcast(address) && onlyInterface.isEmpty()) {
      throw new IOException(SEVERAL);
    }
    UdpSocket socket = sockets.get(wanted.socket());
    if (socket == null) {
      socket = openSocket(wanted);
    }
    socket.join(wanted.index());
  }

  private UdpSocket openSocket(Wanted wanted) throws IOException {
    Wanted.SocketKey key = wanted.socket();
    UdpSocket socket = UdpSocket.open(key, knownInterface(wanted), this);
    try {
      bindBeside(socket);
      socket.sendGroupsBy(wanted.index());
      socket.join(wanted.index());
      checkBuffer(socket);
      receivers.get(nextReceiver++ % receivers.size()).add(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
    sockets.put(key, socket);
    return socket;
  }

  /**
   * Binds a socket although ours have a like address: that for broadcasts has every one. They allow
   * it for this moment only, so that a port which another program has is never shared with it.
   */
  private void bindBeside(UdpSocket socket) throws IOException {
    try {
      shareAddresses(socket, !sockets.isEmpty());
      socket.bind(spec.port());
    } finally {
      shareAddresses(socket, false);
    }
  }

  private void shareAddresses(UdpSocket socket, boolean share) throws IOException {
    if (spec.family() == Family.IPV4) {
      socket.shareAddress(share);
      for (UdpSocket each : sockets.values()) {
        each.shareAddress(share);
      }
    }
  }

  /**
   * The only interface that a socket can hear, or empty: global addresses may be reached through
   * any.
   */
  private String knownInterface(Wanted wanted) {
    boolean loopback =
        ports.stream().anyMatch(port -> port.loopback() && port.index() == wanted.index());
    boolean oneLink = spec.family() == Family.IPV6 && wanted.socket().index() != 0;
    return oneLink || loopback && !wanted.isForMany() ? wanted.interfaceName() : "";
  }

  private void checkBuffer(UdpSocket socket) throws IOException {
    int granted = socket.receiveBufferOctets();
    if (granted < bufferOctets && !saidSmallBuffer) {
      saidSmallBuffer = true;
      LOG.warn(
          "udp: the kernel grants a receive buffer of {} octets instead of {}; bursts may be lost."
              + " Raise it with 'sysctl -w net.core.rmem_max={}' and restart",
          granted,
          bufferOctets,
          bufferOctets);
    }
  }

  @Override
  protected void leave(Wanted gone, Collection<Wanted> listening) {
    Wanted.SocketKey key = gone.socket();
    if (listening.stream().anyMatch(each -> each.socket().equals(key))) {
      sockets.get(key).leave(gone.index());
    } else {
      sockets.remove(key).close();
      receivers.forEach(Receiver::forgetClosed);
    }
  }

  @Override
  protected String remark(Wanted listening) {
    boolean several = onlyInterface.isEmpty() && isBroadcast(listening.address().orElseThrow());
    return several ? SEVERAL : "";
  }

  @Override
  protected void close() {
    sockets.values().forEach(UdpSocket::close);
    sockets.clear();
  }

  UdpCounters udpCounters() {
    return counters;
  }

  int bufferOctets() {
    return bufferOctets;
  }

  /** The interface of IPv4 messages: that of the binding if it has only one; else empty. */
  String onlyInterface() {
    return onlyInterface;
  }

  @Override
  protected Optional<UdpSocket> speaker(Ipv6 local, int index) {
    int scope = SocketAddresses.isLinkScope(local) ? index : 0;
    return Optional.ofNullable(sockets.get(new Wanted.SocketKey(local, scope)));
  }

  /** The socket that answers broadcasts: Linux sends out of the interface of its address. */
  Optional<UdpSocket> answerer(String interfaceName) {
    return addressesOf(interfaceName).stream()
        .map(address -> sockets.get(new Wanted.SocketKey(address, 0)))
        .filter(socket -> socket != null)
        .findFirst();
  }

  static boolean isBroadcast(Ipv6 address) {
    return address.equals(SocketAddresses.LIMITED_BROADCAST);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Destination;
import io.leasehold.transport.datagram.SocketAddresses;
import io.leasehold.transport.datagram.TrafficLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends datagrams to hosts that have no address yet, in frames to their link-layer address (RFC
 * 2131 section 4.1). The socket for that is opened with the first of them, so that who needs none
 * needs no permission. Any thread.
 */
final class Frames {
  private static final Logger LOG = LoggerFactory.getLogger(Frames.class);
  private static final int ETHERNET_OCTETS = 6;

  /** Where frames leave, and whom they are from. */
  record Link(int index, Ipv6 source, int port) {}

  private final EpollCounters counters;
  private final boolean wanted;
  private PacketSocket socket;
  private boolean closed;
  private volatile String refusal = "";

  /**
   * Frames of a binding.
   *
   * @param wanted false if they were switched off
   */
  Frames(EpollCounters counters, boolean wanted) {
    this.counters = counters;
    this.wanted = wanted;
  }

  /** Why clients are broadcast to instead; empty while nothing is known against frames. */
  String refusal() {
    return refusal;
  }

  /** Sends; false if the message has to be broadcast instead. */
  boolean send(Bytes message, Link link, Destination to) {
    if (!wanted || !refusal.isEmpty() || !isEthernet(to.linkLayer().orElseThrow())) {
      return false;
    }
    byte[] packet =
        Ipv4Datagram.encode(
            message,
            new Ipv4Datagram.End(link.source(), link.port()),
            new Ipv4Datagram.End(to.address(), to.port()));
    try {
      synchronized (this) {
        if (closed || !isOpen()) {
          return false;
        }
        counters.sendCalls.increment();
        socket.send(packet, link.index(), to.linkLayer().orElseThrow().address());
      }
    } catch (IOException e) { // longer than the link allows, the link is down, or no room
      TrafficLog.notSent(
          "epoll",
          link.source(),
          new InetSocketAddress(SocketAddresses.inet(to.address()), to.port()),
          e);
      return false;
    }
    counters.sentFrames.increment();
    counters.sent.increment();
    counters.sentOctets.add(message.length());
    return true;
  }

  private static boolean isEthernet(HardwareAddress address) {
    return address.type() == HardwareAddress.ETHERNET
        && address.address().length() == ETHERNET_OCTETS;
  }

  private boolean isOpen() {
    if (socket == null && refusal.isEmpty()) {
      try {
        socket = PacketSocket.open();
      } catch (IOException | LinkageError e) {
        refusal =
            "clients without an address are answered by broadcast: no packet socket ("
                + e.getMessage()
                + "); give the server CAP_NET_RAW and restart it";
        LOG.warn("epoll: {}", refusal);
      }
    }
    return socket != null;
  }

  synchronized void close() {
    closed = true;
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}

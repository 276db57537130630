// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.net.Ipv6;
import io.leasehold.transport.Sieve;
import io.leasehold.transport.datagram.DatagramSockets;
import io.leasehold.transport.datagram.NetworkPort;
import io.leasehold.transport.datagram.SocketAddresses;
import io.leasehold.transport.datagram.Wanted;
import io.leasehold.transport.datagram.Wanted.SocketKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of a binding. Changed by the owner of its endpoints.
 *
 * <p>A group, the broadcasts and a link-local address have a socket on each interface. Any other
 * address has one on its interface, which tells where a message came in, and one without, which
 * hears what came in elsewhere and sends by the routes. Unicast sockets are there once for each
 * thread; what is for many is delivered to every socket there is, so there is one.
 */
final class EpollSockets extends DatagramSockets {
  private static final Logger LOG = LoggerFactory.getLogger(EpollSockets.class);

  private final BindingContext context;
  private final List<Loop> loops;
  private final Map<SocketKey, List<EpollSocket>> sockets = new ConcurrentHashMap<>();
  private int nextLoop;
  private ByteBuffer filter;
  private boolean saidNoFilter;
  private boolean saidSmallBuffer;

  EpollSockets(BindingContext context, List<Loop> loops) {
    super("epoll", context.counters());
    this.context = context;
    this.loops = loops;
  }

  BindingContext context() {
    return context;
  }

  @Override
  protected void changed(List<NetworkPort> ports, List<Wanted> wanted) {
    // Each socket knows its interface.
  }

  @Override
  protected void open(Wanted wanted) throws IOException {
    Ipv6 address = wanted.address().orElseThrow();
    SocketKey onInterface = new SocketKey(address, wanted.index());
    if (wanted.isForMany()) {
      Loop one = loops.get(nextLoop++ % loops.size());
      sockets.put(onInterface, open(onInterface, wanted.interfaceName(), List.of(one), List.of()));
      return;
    }
    List<EpollSocket> routed = List.of();
    SocketKey anywhere = new SocketKey(address, 0);
    if (!address.isLinkLocal()) {
      routed = sockets.get(anywhere);
      if (routed == null) {
        routed = open(anywhere, "", loops, List.of());
        sockets.put(anywhere, routed);
      }
    }
    try {
      sockets.put(onInterface, open(onInterface, wanted.interfaceName(), loops, routed));
    } catch (IOException | RuntimeException e) {
      forget(anywhere, sockets.keySet().stream().noneMatch(key -> isFor(key, address)));
      throw e;
    }
  }

  private static boolean isFor(SocketKey key, Ipv6 address) {
    return key.index() != 0 && key.address().equals(address);
  }

  /**
   * Opens one socket for each loop.
   *
   * @param routed sockets of the same address without an interface, which answer; or none
   */
  private List<EpollSocket> open(
      SocketKey key, String interfaceName, List<Loop> each, List<EpollSocket> routed)
      throws IOException {
    List<EpollSocket> opened = new ArrayList<>();
    try {
      for (int i = 0; i < each.size(); i++) {
        EpollSocket socket = new EpollSocket(key, interfaceName, each.get(i), this);
        opened.add(socket);
        if (!routed.isEmpty()) {
          socket.answerBy(routed.get(i));
        }
        bindBeside(socket, each.get(i), opened, routed);
        checkBuffer(socket);
        filter(socket);
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.forEach(EpollSocket::close);
      throw e;
    }
  }

  /**
   * Binds a socket although ours have a like address. They allow it for this moment only, so that a
   * port which another program has is never shared with it unnoticed.
   */
  private static void bindBeside(
      EpollSocket socket, Loop loop, List<EpollSocket> opened, List<EpollSocket> routed)
      throws IOException {
    List<EpollSocket> ours = Stream.concat(opened.stream(), routed.stream()).toList();
    boolean alone = ours.size() == 1;
    try {
      ours.forEach(each -> each.shareAddress(!alone));
      if (opened.size() > 1) {
        opened.forEach(EpollSocket::shareMessages);
      }
      socket.bind(loop);
    } finally {
      ours.forEach(each -> each.shareAddress(false));
    }
  }

  private void checkBuffer(EpollSocket socket) {
    int wanted = context.settings().socketBufferOctets();
    int granted = socket.receiveBufferOctets();
    if (granted < wanted && !saidSmallBuffer) {
      saidSmallBuffer = true;
      LOG.warn(
          "epoll: the kernel grants a receive buffer of {} octets instead of {}; bursts may be lost."
              + " Give the server CAP_NET_ADMIN, or raise the limit with"
              + " 'sysctl -w net.core.rmem_max={}' and restart",
          granted,
          wanted,
          wanted);
    }
  }

  @Override
  protected synchronized void thin(Sieve sieve, int perMille) {
    filter = perMille >= 1000 ? null : SieveProgram.of(sieve, perMille);
    sockets.values().forEach(each -> each.forEach(this::filter));
  }

  /** Where the kernel refuses, everything is received: slower, and nothing else. */
  private synchronized void filter(EpollSocket socket) {
    try {
      socket.filter(filter);
    } catch (IOException | RuntimeException e) {
      if (!saidNoFilter) {
        saidNoFilter = true;
        LOG.warn("epoll: under overload the kernel cannot drop for the server: {}", e.getMessage());
      }
    }
  }

  @Override
  protected void leave(Wanted gone, Collection<Wanted> listening) {
    Ipv6 address = gone.address().orElseThrow();
    forget(new SocketKey(address, gone.index()), true);
    forget(
        new SocketKey(address, 0),
        listening.stream().noneMatch(each -> each.address().equals(gone.address())));
  }

  private void forget(SocketKey key, boolean needless) {
    if (needless) {
      List<EpollSocket> closed = sockets.remove(key);
      if (closed != null) {
        closed.forEach(EpollSocket::close);
      }
    }
  }

  @Override
  protected String remark(Wanted listening) {
    boolean broadcasts =
        listening.address().filter(SocketAddresses.LIMITED_BROADCAST::equals).isPresent();
    return broadcasts ? context.frames().refusal() : "";
  }

  @Override
  protected Optional<EpollSocket> speaker(Ipv6 local, int index) {
    List<EpollSocket> found = sockets.get(new SocketKey(local, index));
    return found == null ? Optional.empty() : Optional.of(found.get(0));
  }

  @Override
  protected void close() {
    sockets.values().forEach(each -> each.forEach(EpollSocket::close));
    sockets.clear();
  }
}

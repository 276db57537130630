// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Channel;
import io.leasehold.security.Channels;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerSelector;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.connection.HopLog;
import io.leasehold.transport.connection.OctetBudget;
import io.leasehold.transport.connection.Protection;
import io.leasehold.transport.connection.SendQueue;
import io.leasehold.transport.datagram.SocketAddresses;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hops over TCP. May be used from any thread. */
public final class TcpHopTransport implements HopTransport, SessionTransport, AutoCloseable {
  static final String NAME = "tcp";

  private static final Logger LOG = LoggerFactory.getLogger(TcpHopTransport.class);

  private final Channels channels;
  private final Supplier<List<Peer>> peers;
  private final TcpSettings settings;
  private final Loops loops;
  private final OctetBudget budget;
  private final HopLog log = new HopLog("io.leasehold.transport.tcp");
  private final AtomicInteger ids = new AtomicInteger();
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final Set<OutgoingLink> links = ConcurrentHashMap.newKeySet();
  private final Set<OutgoingSession> sessions = ConcurrentHashMap.newKeySet();

  /**
   * A transport without connections.
   *
   * @param peers that are configured, as far as that is known: those with an address among their
   *     names find a place however many strangers come
   */
  public TcpHopTransport(Channels channels, Supplier<List<Peer>> peers, TcpSettings settings) {
    this.channels = channels;
    this.peers = peers;
    this.settings = settings;
    this.budget = new OctetBudget(settings.limits().totalOctets());
    this.loops = new Loops(settings.threadsFor(Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Binding listen(ListenSpec spec, Inbound inbound) {
    HopSpec hop = hop(spec, false, false);
    return added(new Listener(spec, hop, new Delivery(inbound, guard(hop)), this));
  }

  @Override
  public Binding accept(ListenSpec spec, boolean startTls, SessionUser user) {
    HopSpec hop = hop(spec, startTls, true);
    return added(new Listener(spec, hop, new SessionDelivery(user, guard(hop)), this));
  }

  private Guard guard(HopSpec hop) {
    return new Guard(hop.counters(), log);
  }

  private Listener added(Listener listener) {
    listeners.add(listener);
    return listener;
  }

  private HopSpec hop(ListenSpec spec, boolean startTls, boolean sessions) {
    requireStartTls(spec.application(), startTls);
    return new HopSpec(
        spec.application(),
        HandshakeRole.SERVER,
        startTls,
        sessions,
        spec.expected().speaking(spec.application().protocolName()),
        spec.limits(),
        new Protection(channel(spec.channel()), spec.inClear()),
        new HopCounters(),
        settings);
  }

  HopSpec hop(ConnectSpec spec, HopLimits limits, boolean sessions) {
    requireStartTls(spec.application(), spec.startTls());
    return new HopSpec(
        spec.application(),
        HandshakeRole.CLIENT,
        spec.startTls(),
        sessions,
        spec.expected().speaking(spec.application().protocolName()),
        limits,
        new Protection(channel(spec.channel()), spec.inClear()),
        new HopCounters(),
        settings);
  }

  private static void requireStartTls(Application application, boolean startTls) {
    if (startTls && !application.hasStartTls()) {
      throw new IllegalArgumentException(
          application.protocolName() + " has no message that asks for TLS");
    }
  }

  @Override
  public HopSession connect(ConnectSpec spec, SessionUser user) {
    OutgoingSession session = new OutgoingSession(spec, user, this);
    sessions.add(session);
    session.begin();
    return session;
  }

  @Override
  public Link connect(ConnectSpec spec, Inbound inbound) {
    OutgoingLink link = new OutgoingLink(spec, inbound, this);
    links.add(link);
    return link;
  }

  @Override
  public List<LinkStatus> links() {
    List<LinkStatus> all = new ArrayList<>();
    links.forEach(each -> all.add(each.status()));
    sessions.forEach(each -> all.add(each.status()));
    listeners.forEach(each -> all.addAll(each.links()));
    return all;
  }

  @Override
  public boolean drain(String id) {
    for (OutgoingLink link : links) {
      if (link.id().equals(id)) {
        link.renew();
        return true;
      }
    }
    for (OutgoingSession session : sessions) {
      if (session.id().equals(id)) {
        session.drain();
        return true;
      }
    }
    return listeners.stream().anyMatch(each -> each.drain(id));
  }

  /** Ends everything that is still open, and its threads. */
  @Override
  public void close() {
    links.forEach(OutgoingLink::close);
    sessions.forEach(OutgoingSession::abandon);
    listeners.forEach(Listener::close);
    loops.close();
  }

  TcpSettings settings() {
    return settings;
  }

  Loops loops() {
    return loops;
  }

  HopLog log() {
    return log;
  }

  Channel channel(String profile) {
    return channels.channel(profile);
  }

  SendQueue newQueue() {
    return new SendQueue(settings.limits(), budget);
  }

  String newId() {
    return NAME + "-" + ids.incrementAndGet();
  }

  void forget(Listener listener) {
    listeners.remove(listener);
  }

  void forget(OutgoingLink link) {
    links.remove(link);
  }

  void forget(OutgoingSession session) {
    sessions.remove(session);
  }

  /** Whether a peer that may connect is configured with this address. */
  boolean isListed(Ipv6 source, PeerSelector expected) {
    PeerName name = new PeerName(PeerName.Kind.ADDRESS, source.toString());
    return peers.get().stream()
        .anyMatch(each -> each.names().contains(name) && expected.accepts(each));
  }

  /** Connects on a loop; the connection hears of it. */
  ChannelFuture dial(ConnectSpec spec, EventLoop loop, Connection connection) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.times().connect().toMillis())
            .handler(connection);
    SocketOptions.connections().forEach((option, value) -> set(bootstrap, option, value));
    return bootstrap.connect(
        new InetSocketAddress(SocketAddresses.inet(spec.remote()), spec.port()));
  }

  @SuppressWarnings("unchecked")
  private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
    bootstrap.option(option, (T) value);
  }

  /** Waits until all are closed, but not on a loop, which would wait for itself. */
  void await(List<ChannelFuture> closing, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (ChannelFuture each : closing) {
      long left = end - System.nanoTime();
      if (each.channel().eventLoop().inEventLoop() || left <= 0) {
        return;
      }
      each.awaitUninterruptibly(left, TimeUnit.NANOSECONDS);
    }
  }

  static void unsubscribe(AutoCloseable changes) {
    try {
      changes.close();
    } catch (Exception e) {
      LOG.warn("a listener of changes of a channel could not be removed: {}", e.toString());
    }
  }
}

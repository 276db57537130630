// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.Connections;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Channel;
import io.leasehold.security.Channels;
import io.leasehold.transport.Binding;
import io.leasehold.transport.connection.HopLog;
import io.leasehold.transport.connection.OctetBudget;
import io.leasehold.transport.connection.Protection;
import io.leasehold.transport.connection.SendQueue;
import io.leasehold.transport.datagram.SocketAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of pools over SCTP, in clear (RFC 5352 section 9.2 asks for TLS over SCTP or TCP, and
 * here it is TCP that has it). Where there is no SCTP nothing of it fails but what would use it,
 * which hears why. May be used from any thread.
 */
public final class SctpSessionTransport implements SessionTransport, Connections, AutoCloseable {
  static final String NAME = "sctp";

  private static final Logger LOG = LoggerFactory.getLogger(SctpSessionTransport.class);

  private final Channels channels;
  private final SctpSettings settings;
  private final Sockets sockets;
  private final OctetBudget budget;
  private final HopLog log = new HopLog("io.leasehold.transport.sctp");
  private final AtomicInteger ids = new AtomicInteger();
  private final Set<SctpListener> listeners = ConcurrentHashMap.newKeySet();
  private final Map<Association, AutoCloseable> outgoing = new ConcurrentHashMap<>();

  /** All whose socket may be open; of the thread. */
  private final Set<Association> associations = ConcurrentHashMap.newKeySet();

  private SctpLoop loop;
  private boolean closed;

  /** A transport without connections, and without a thread until it is used. */
  public SctpSessionTransport(Channels channels, SctpSettings settings) {
    this(channels, settings, new KernelSockets());
  }

  SctpSessionTransport(Channels channels, SctpSettings settings, Sockets sockets) {
    this.channels = channels;
    this.settings = settings;
    this.sockets = sockets;
    this.budget = new OctetBudget(settings.limits().totalOctets());
  }

  /** Why there is no SCTP on this host, with what can be done; empty if there is. */
  public Optional<String> absence() {
    return sockets.absence();
  }

  @Override
  public Binding accept(ListenSpec spec, boolean startTls, SessionUser user) {
    require(spec.application(), spec.channel(), startTls, spec.inClear());
    Hop hop = hop(spec.application(), false, spec.channel(), spec.port(), spec.limits(), user);
    SctpListener listener = new SctpListener(spec, hop, this);
    listeners.add(listener);
    listener.open();
    return listener;
  }

  @Override
  public HopSession connect(ConnectSpec spec, SessionUser user) {
    require(spec.application(), spec.channel(), spec.startTls(), spec.inClear());
    HopLimits usual = HopLimits.USUAL;
    HopLimits limits =
        new HopLimits(0, 0, 0, usual.handshake(), usual.frame(), Duration.ZERO, Duration.ZERO);
    Hop hop = hop(spec.application(), true, spec.channel(), spec.port(), limits, user);
    Association association = association(hop, new Outgoing(), spec.remote());
    Channel channel = channel(spec.channel());
    outgoing.put(
        association,
        channel.onChange(
            change -> loop().later(() -> association.changed(change, channel, channel.grace()))));
    loop().later(() -> begin(association, spec));
    return association.session();
  }

  private static void require(
      Application application, String channel, boolean startTls, boolean inClear) {
    PoolMessages.protocol(application);
    if (startTls) {
      throw new IllegalArgumentException(
          application.protocolName() + " has no message that asks for TLS");
    }
    if (!inClear) {
      throw new IllegalArgumentException(
          "%s with channel %s: SCTP protects nothing; use tls://, or sctp:// and a channel of provider none"
              .formatted(application.protocolName(), channel));
    }
  }

  private Hop hop(
      Application application,
      boolean isOutgoing,
      String channel,
      int port,
      HopLimits limits,
      SessionUser user) {
    return new Hop(
        application,
        isOutgoing,
        channel,
        port,
        limits,
        new Protection(channel(channel), true),
        user,
        new Counters(),
        log);
  }

  private void begin(Association association, ConnectSpec spec) {
    if (association.isOver()) {
      return;
    }
    try {
      association.hop().protection().check();
      sockets.connect(
          association,
          new InetSocketAddress(SocketAddresses.inet(spec.remote()), spec.port()),
          settings.addresses().stream().map(SocketAddresses::inet).toList(),
          loop());
    } catch (Protection.Refused e) {
      association.end(Ending.CHANNEL_DOWN, e.getMessage());
    } catch (IOException e) {
      association.lost(String.valueOf(e.getMessage()));
    }
  }

  /** Hears of associations that this host makes; their users say what becomes of them. */
  private final class Outgoing implements Association.Owner {
    @Override
    public void opened(Association association) {
      // The user hears it.
    }

    @Override
    public void ended(Association association, Ending why, String detail) {
      AutoCloseable changes = outgoing.remove(association);
      if (changes != null) {
        unsubscribe(changes);
      }
    }
  }

  /** A new association. */
  Association association(Hop hop, Association.Owner owner, Ipv6 remote) {
    Association association =
        new Association(
            NAME + "-" + ids.incrementAndGet(),
            hop,
            new SendQueue(settings.limits(), budget),
            loop(),
            owner,
            remote,
            new Timing(hop.limits(), settings.connect(), loop().nanos()));
    associations.add(association);
    return association;
  }

  private void tick(long nanos) {
    listeners.forEach(each -> each.tick(nanos));
    for (Association each : associations) {
      each.tick(nanos);
      if (each.isClosed()) {
        associations.remove(each);
      }
    }
  }

  @Override
  public List<LinkStatus> links() {
    List<LinkStatus> all = new ArrayList<>();
    outgoing.keySet().forEach(each -> all.add(each.session().status()));
    listeners.forEach(each -> all.addAll(each.links()));
    return all;
  }

  @Override
  public boolean drain(String id) {
    for (Association each : outgoing.keySet()) {
      if (each.id().equals(id)) {
        loop().soon(() -> each.end(Ending.DRAINED, "an operator ended it"));
        return true;
      }
    }
    return listeners.stream().anyMatch(each -> each.drain(id));
  }

  /** Ends everything that is still open, and the thread. */
  @Override
  public void close() {
    SctpLoop running;
    synchronized (this) {
      closed = true;
      running = loop;
    }
    if (running != null) {
      listeners.forEach(SctpListener::close);
      running.await(
          () -> associations.forEach(each -> each.end(Ending.CLOSED, "this side is closed")));
      running.close(() -> associations.isEmpty());
      associations.forEach(Association::closeWire);
    }
  }

  /**
   * The thread.
   *
   * @throws IllegalStateException if the transport has ended
   */
  synchronized SctpLoop loop() {
    if (loop == null && closed) {
      throw new IllegalStateException("the transport has ended");
    }
    if (loop == null) {
      loop = new SctpLoop(this::tick);
    }
    return loop;
  }

  Sockets sockets() {
    return sockets;
  }

  SctpSettings settings() {
    return settings;
  }

  Channel channel(String profile) {
    return channels.channel(profile);
  }

  void forget(SctpListener listener) {
    listeners.remove(listener);
  }

  void unsubscribe(AutoCloseable changes) {
    try {
      changes.close();
    } catch (Exception e) {
      LOG.warn("a listener of changes of a channel could not be removed: {}", e.toString());
    }
  }
}

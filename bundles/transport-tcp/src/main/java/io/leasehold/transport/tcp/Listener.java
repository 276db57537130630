// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Channel;
import io.leasehold.security.Sanitizer;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.connection.AcceptGovernor;
import io.leasehold.transport.connection.Protection;
import io.leasehold.transport.connection.Refusal;
import io.leasehold.transport.datagram.SocketAddresses;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Accepts connections. Who is in is decided under a lock, because connections belong to several
 * loops and nobody else is slowed down by it: it is taken a few times in the life of a connection.
 */
final class Listener implements Binding, ConnectionOwner {
  private static final long CLOSE_PATIENCE_MILLIS = 2000;

  /** A connection that was let in. */
  private record Visit(AcceptGovernor.Guest guest, Connection connection) {}

  private final ListenSpec spec;
  private final TcpHopTransport transport;
  private final Channel channel;
  private final HopSpec hop;
  private final HopCounters counters;
  private final Audience audience;
  private final AcceptGovernor governor;
  private final Endpoints endpoints;
  private final Map<Connection, Visit> visits = new ConcurrentHashMap<>();
  private final AutoCloseable changes;
  private final Future<?> rescan;
  private volatile boolean closed;

  Listener(ListenSpec spec, HopSpec hop, Audience audience, TcpHopTransport transport) {
    this.spec = spec;
    this.hop = hop;
    this.counters = hop.counters();
    this.audience = audience;
    this.transport = transport;
    this.channel = transport.channel(spec.channel());
    TcpSettings settings = transport.settings();
    this.governor =
        new AcceptGovernor(
            spec.limits(),
            settings.limits(),
            source -> audience.expects(source) || transport.isListed(source, spec.expected()),
            hop.sessions(),
            System.nanoTime());
    this.endpoints = new Endpoints(spec, counters, transport.loops(), this::accepted);
    this.changes = channel.onChange(this::changed);
    endpoints.scan();
    long millis = settings.times().rescan().toMillis();
    this.rescan =
        transport
            .loops()
            .next()
            .scheduleWithFixedDelay(endpoints::scan, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void accepted(SocketChannel socket) {
    InetSocketAddress remote = socket.remoteAddress();
    if (remote == null) {
      socket.close(); // it has gone already
      return;
    }
    Ipv6 source = SocketAddresses.ipv6(remote.getAddress());
    if (!audience.admits(source)) {
      refuse(socket, source, Refusal.ADDRESS);
      return;
    }
    AcceptGovernor.Decision decision;
    Connection connection =
        new Connection(transport.newId(), hop, this, transport.newQueue(), transport.loops());
    synchronized (this) {
      decision = governor.arrive(source, System.nanoTime());
      if (decision.guest().isPresent()) {
        visits.put(connection, new Visit(decision.guest().get(), connection));
      }
    }
    if (decision.guest().isEmpty() || closed) {
      refuse(socket, source, decision.refusal());
      visits.remove(connection);
      return;
    }
    counters.count(HopCounters.ACCEPTED);
    socket.pipeline().addLast(connection);
    decision
        .displaced()
        .ifPresent(guest -> tell(guest, Ending.DISPLACED, "a known peer needed its place"));
  }

  private void refuse(SocketChannel socket, Ipv6 source, Refusal why) {
    if (why != null) {
      counters.count(why.counter());
      transport
          .log()
          .warn(
              "refused " + why + " " + spec.channel(),
              what() + ": " + source + " is refused: " + why.text() + "; counter " + why.counter());
    }
    socket.config().setSoLinger(0); // nothing of it stays in the kernel
    socket.close();
  }

  private String what() {
    return "tcp port " + spec.port() + " (channel " + spec.channel() + ")";
  }

  private void tell(AcceptGovernor.Guest guest, Ending why, String detail) {
    for (Visit each : visits.values()) {
      if (each.guest() == guest) {
        soon(each.connection(), why, detail);
      }
    }
  }

  /** Ends a connection on its loop. */
  private void soon(Connection connection, Ending why, String detail) {
    onLoop(connection, () -> connection.end(why, detail));
  }

  private static void onLoop(Connection connection, Runnable task) {
    SocketChannel socket = connection.channel();
    if (socket != null) {
      socket.eventLoop().execute(task);
    }
  }

  @Override
  public void established(Connection connection) {
    Optional<AcceptGovernor.Guest> surplus = Optional.empty();
    synchronized (this) {
      Visit visit = visits.get(connection);
      if (visit != null) {
        surplus = governor.authenticated(visit.guest(), identity(connection));
      }
    }
    surplus.ifPresent(
        guest -> tell(guest, Ending.REPLACED, "the peer has newer connections, as many as it may"));
    audience.opened(connection);
    if (!hop.sessions()) {
      relieveOutdated(connection);
    }
  }

  private void relieveOutdated(Connection connection) {
    String identity = identity(connection);
    for (Connection each : visits.keySet()) {
      if (each != connection && each.isOutdated() && identity(each).equals(identity)) {
        onLoop(each, each::succeeded);
      }
    }
  }

  /** The peer; of connections in clear the address, which is all that is known. */
  private static String identity(Connection connection) {
    return connection
        .path()
        .peer()
        .map(AuthenticatedPeer::peerId)
        .orElseGet(() -> "address " + connection.path().remote());
  }

  @Override
  public void message(Connection connection, Bytes message) {
    audience.message(connection, message);
  }

  @Override
  public void gathered() {
    audience.gathered();
  }

  @Override
  public boolean answer(Connection connection, Bytes message) {
    if (!Frames.fits(connection.spec().application().framing(), message)) {
      counters.count(HopCounters.TOO_LARGE);
      return false;
    }
    Optional<Connection> by = connection.isUp() ? Optional.of(connection) : sibling(connection);
    if (by.isEmpty()) {
      counters.count(HopCounters.NO_CONNECTION);
      return false;
    }
    counters.add(HopCounters.QUEUE_DROPPED, by.get().queue().offer(message));
    by.get().wake();
    return true;
  }

  /** The newest other connection of the same peer. */
  private Optional<Connection> sibling(Connection connection) {
    String identity = identity(connection);
    Connection found = null;
    for (Connection each : visits.keySet()) {
      if (each != connection && each.isUp() && identity(each).equals(identity)) {
        found = found == null || found.since().isBefore(each.since()) ? each : found;
      }
    }
    return Optional.ofNullable(found);
  }

  @Override
  public void ended(Connection connection, Ending why, String detail) {
    counters.count(why.counter());
    synchronized (this) {
      Visit visit = visits.remove(connection);
      if (visit != null) {
        governor.left(visit.guest());
      }
    }
    passOn(connection);
    counters.add(HopCounters.QUEUE_DROPPED, connection.queue().shut());
    if (connection.wasUp()) {
      audience.ended(connection, why.counter() + ": " + Sanitizer.line(detail));
    }
    if (why.isFailure() && !closed) {
      TcpPath path = connection.path();
      String who = path == null ? "a connection" : TcpPath.Ends.text(path.ends().remote());
      transport
          .log()
          .warn(
              why + " " + spec.channel() + " " + detail,
              what() + ": " + who + ": " + why.counter() + ": " + Sanitizer.line(detail));
    }
  }

  /** What waits in a connection that ended goes by another one of the peer. */
  private void passOn(Connection connection) {
    if (connection.queue().isEmpty()) {
      return;
    }
    boolean nowhere = closed || hop.sessions();
    Optional<Connection> other = nowhere ? Optional.empty() : sibling(connection);
    if (other.isEmpty()) {
      return;
    }
    Bytes message = connection.queue().poll();
    while (message != null) {
      counters.add(HopCounters.QUEUE_DROPPED, other.get().queue().offer(message));
      message = connection.queue().poll();
    }
    other.get().wake();
  }

  private void changed(Channel.Change change) {
    if (change == Channel.Change.GONE) {
      String reason = "channel " + spec.channel() + ": " + channel.health().reason();
      visits.keySet().forEach(each -> soon(each, Ending.CHANNEL_DOWN, reason));
    } else if (change == Channel.Change.RENEWED) {
      Duration grace = channel.grace();
      visits.keySet().forEach(each -> onLoop(each, () -> each.outdate(part(grace))));
    }
  }

  /** Peers that did not begin anew by themselves do not all come at once in the end. */
  private static Duration part(Duration grace) {
    long spread = grace.toNanos() / 4;
    return grace.minusNanos(spread > 0 ? ThreadLocalRandom.current().nextLong(spread) : 0);
  }

  /** Ends the connection with that id in good order; false if there is none. */
  boolean drain(String id) {
    for (Visit each : visits.values()) {
      if (each.connection().id().equals(id)) {
        soon(each.connection(), Ending.DRAINED, "an operator ended it");
        return true;
      }
    }
    return false;
  }

  /** Its connections. */
  List<LinkStatus> links() {
    List<LinkStatus> all = new ArrayList<>();
    for (Visit each : visits.values()) {
      TcpPath path = each.connection().path();
      if (path != null) {
        all.add(status(each, path));
      }
    }
    return all;
  }

  private LinkStatus status(Visit visit, TcpPath path) {
    Connection connection = visit.connection();
    return new LinkStatus(
        connection.id(),
        TcpHopTransport.NAME,
        spec.application(),
        false,
        TcpPath.Ends.text(path.ends().local()),
        TcpPath.Ends.text(path.ends().remote()),
        spec.channel(),
        connection.state(),
        connection.reason(),
        path.peer(),
        path.assurance(),
        connection.since(),
        connection.sent(),
        connection.received(),
        0);
  }

  @Override
  public List<EndpointStatus> endpoints() {
    String complaint = "";
    try {
      hop.protection().check();
    } catch (Protection.Refused e) {
      complaint = "closes every connection: " + e.getMessage();
    }
    return endpoints.status(complaint);
  }

  @Override
  public Map<String, Long> counters() {
    return counters.snapshot();
  }

  @Override
  public void close() {
    closed = true;
    transport.forget(this);
    rescan.cancel(false);
    TcpHopTransport.unsubscribe(changes);
    List<ChannelFuture> closing = new ArrayList<>(endpoints.close());
    for (Connection each : visits.keySet()) {
      soon(each, Ending.CLOSED, "this side is closed");
      if (each.channel() != null) {
        closing.add(each.channel().closeFuture());
      }
    }
    transport.await(closing, CLOSE_PATIENCE_MILLIS);
  }
}

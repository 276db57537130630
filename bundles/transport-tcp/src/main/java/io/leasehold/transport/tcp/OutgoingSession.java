// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Channel;
import io.leasehold.security.HopEnd;
import io.leasehold.security.Sanitizer;
import io.leasehold.transport.connection.Protection;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One try to connect, and the connection that comes of it. Belongs to one event loop. */
final class OutgoingSession implements HopSession, ConnectionOwner {
  /** For the peer to be known; what comes of slow ones is the user's to say. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(30);

  /**
   * The user hears of these, and says it as often as it likes; channels tell when they are down.
   */
  private static final Set<Ending> SAID_BY_OTHERS =
      EnumSet.of(Ending.CONNECT_FAILED, Ending.CONNECTION_LOST, Ending.CHANNEL_DOWN);

  private final ConnectSpec spec;
  private final SessionUser user;
  private final TcpHopTransport transport;
  private final Channel channel;
  private final HopSpec hop;
  private final Guard guard;
  private final EventLoop loop;
  private final Connection connection;
  private final TcpSession opened;
  private AutoCloseable changes = () -> {};

  OutgoingSession(ConnectSpec spec, SessionUser user, TcpHopTransport transport) {
    this.spec = spec;
    this.user = user;
    this.transport = transport;
    this.channel = transport.channel(spec.channel());
    HopLimits usual = HopLimits.USUAL;
    this.hop =
        transport.hop(
            spec,
            new HopLimits(0, 0, 0, HANDSHAKE, usual.frame(), Duration.ZERO, Duration.ZERO),
            true);
    this.guard = new Guard(hop.counters(), transport.log());
    this.loop = transport.loops().next();
    this.connection =
        new Connection(transport.newId(), hop, this, transport.newQueue(), transport.loops());
    this.opened = new TcpSession(connection);
  }

  /** Connects. */
  void begin() {
    loop.execute(this::dial);
  }

  private void dial() {
    changes = channel.onChange(change -> loop.execute(() -> changed(change)));
    try {
      hop.protection().check();
    } catch (Protection.Refused e) {
      connection.end(Ending.CHANNEL_DOWN, e.getMessage());
      return;
    }
    transport
        .dial(spec, loop, connection)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                connection.end(
                    Ending.CONNECT_FAILED, "cannot connect: " + done.cause().getMessage());
              }
            });
  }

  private void changed(Channel.Change change) {
    if (change == Channel.Change.GONE) {
      connection.end(
          Ending.CHANNEL_DOWN, "channel " + spec.channel() + ": " + channel.health().reason());
    } else if (change == Channel.Change.RENEWED && connection.isUp()) {
      connection.outdate(channel.grace());
      guard.call(this, () -> user.outdated(this));
    } else if (change == Channel.Change.RENEWED) {
      connection.end(Ending.DRAINED, Deadlines.CHANGED);
    }
  }

  @Override
  public void established(Connection established) {
    guard.call(this, () -> user.opened(this));
  }

  @Override
  public void message(Connection from, Bytes message) {
    guard.call(this, () -> user.message(this, message));
  }

  @Override
  public void gathered() {
    // Each message was handed over when it came.
  }

  @Override
  public boolean answer(Connection to, Bytes message) {
    return send(message);
  }

  @Override
  public void ended(Connection over, Ending why, String detail) {
    connection.queue().shut();
    transport.forget(this);
    TcpHopTransport.unsubscribe(changes);
    String line = why.counter() + ": " + Sanitizer.line(detail);
    if (why.isFailure() && !SAID_BY_OTHERS.contains(why)) {
      transport.log().warn(why + remoteText() + detail, this + ": " + line);
    }
    guard.call(this, () -> user.ended(this, line));
  }

  private String remoteText() {
    return TcpPath.Ends.text(new HopEnd(spec.remote(), spec.port()));
  }

  @Override
  public String id() {
    return connection.id();
  }

  @Override
  public boolean isOutgoing() {
    return true;
  }

  @Override
  public Ipv6 remote() {
    return spec.remote();
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return connection.path() == null ? Optional.empty() : opened.peer();
  }

  @Override
  public Assurance assurance() {
    return connection.path() == null ? Assurance.NONE : opened.assurance();
  }

  @Override
  public boolean send(Bytes message) {
    return opened.send(message);
  }

  @Override
  public boolean sendAll(List<Bytes> messages) {
    return opened.sendAll(messages);
  }

  @Override
  public void read(boolean wanted) {
    opened.read(wanted);
  }

  @Override
  public void close() {
    Loops.execute(loop, connection::finish);
  }

  /** Ends it so that the user begins anew. */
  void drain() {
    loop.execute(() -> connection.end(Ending.DRAINED, "an operator ended it"));
  }

  /** Ends it now, because the transport ends. */
  void abandon() {
    loop.execute(() -> connection.end(Ending.CLOSED, "this side is closed"));
  }

  /** How it is. */
  LinkStatus status() {
    TcpPath path = connection.path();
    return new LinkStatus(
        id(),
        TcpHopTransport.NAME,
        spec.application(),
        true,
        path == null ? "" : TcpPath.Ends.text(path.ends().local()),
        remoteText(),
        spec.channel(),
        path == null ? LinkStatus.State.CONNECTING : connection.state(),
        connection.reason(),
        peer(),
        assurance(),
        connection.since(),
        connection.sent(),
        connection.received(),
        0);
  }

  @Override
  public String toString() {
    return "tcp session " + id() + " to " + remoteText() + " (channel " + spec.channel() + ")";
  }
}

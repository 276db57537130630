// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import io.leasehold.security.Channel;
import io.leasehold.security.HopEnd;
import io.leasehold.security.Sanitizer;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.connection.Protection;
import io.leasehold.transport.connection.SendQueue;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps a connection up. All its connections belong to one event loop, as do the fields that are
 * not volatile; messages to be sent wait in one queue, which the newest connection empties.
 */
final class OutgoingLink implements Link, ConnectionOwner {
  /** How long messages may wait for the next connection after the peer ended one in good order. */
  private static final Duration RESUMPTION = Duration.ofSeconds(5);

  /** A connection that lasted so long, or brought a message, was good. */
  private static final Duration PROOF = Duration.ofSeconds(10);

  /** Part of the age by which connections of one time differ. */
  private static final int AGE_SPREAD = 10;

  private final ConnectSpec spec;
  private final TcpHopTransport transport;
  private final String id;
  private final Channel channel;
  private final HopSpec hop;
  private final HopCounters counters;
  private final Delivery delivery;
  private final SendQueue queue;
  private final EventLoop loop;
  private final Pauses pauses;
  private final LongAdder sentBefore = new LongAdder();
  private final Set<Connection> old = new LinkedHashSet<>();
  private final AutoCloseable changes;
  private final Future<?> tick;
  private Connection next;
  private long retryNanos;
  private long resumeEndNanos;
  private long renewNanos;
  private boolean renewWanted;
  private volatile Connection current;
  private volatile boolean resuming;
  private volatile boolean closed;
  private volatile boolean connecting;
  private volatile String reason = "was not tried yet";
  private volatile Instant since = Instant.now();

  OutgoingLink(ConnectSpec spec, Inbound inbound, TcpHopTransport transport) {
    this.spec = spec;
    this.transport = transport;
    this.id = transport.newId();
    this.channel = transport.channel(spec.channel());
    this.hop = transport.hop(spec, HopLimits.USUAL, false);
    this.counters = hop.counters();
    this.delivery = new Delivery(inbound, new Guard(counters, transport.log()));
    this.queue = transport.newQueue();
    this.loop = transport.loops().next();
    this.pauses = new Pauses(transport.settings().times(), ThreadLocalRandom.current());
    this.changes = channel.onChange(change -> loop.execute(() -> changed(change)));
    this.retryNanos = System.nanoTime();
    long millis = TcpTimes.TICK.toMillis();
    this.tick = loop.scheduleWithFixedDelay(this::tick, 0, millis, TimeUnit.MILLISECONDS);
  }

  /** Short and unique. */
  String id() {
    return id;
  }

  private void tick() {
    long now = System.nanoTime();
    if (closed) {
      return;
    }
    if (resuming && now - resumeEndNanos >= 0) {
      noLongerResuming();
    }
    if (next == null && current == null && now - retryNanos >= 0) {
      attempt();
    }
    if (next == null && current != null && renewWanted && now - renewNanos >= 0) {
      attempt();
    }
  }

  private void noLongerResuming() {
    resuming = false;
    counters.add(HopCounters.QUEUE_DROPPED, queue.clear());
  }

  private void attempt() {
    renewWanted = false;
    try {
      hop.protection().check();
    } catch (Protection.Refused e) {
      failed(Ending.CHANNEL_DOWN, e.getMessage());
      return;
    }
    Connection connection = new Connection(id, hop, this, queue, transport.loops());
    next = connection;
    connecting = true;
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

  @Override
  public void established(Connection connection) {
    if (connection != next || closed) {
      connection.end(Ending.CLOSED, "it is not needed any more");
      return;
    }
    Connection before = current;
    next = null;
    connecting = false;
    current = connection;
    resuming = false;
    reason = "";
    since = Instant.now();
    scheduleRenewalForAge();
    if (before != null) {
      old.add(before);
      before.drain();
    }
    transport
        .log()
        .info(
            what()
                + ": up"
                + connection.path().peer().map(each -> ", " + each.peerId()).orElse(""));
    connection.wake();
  }

  private void scheduleRenewalForAge() {
    long age = transport.settings().times().age().toNanos();
    renewWanted = age > 0;
    renewNanos = System.nanoTime() + age;
    if (age >= AGE_SPREAD) {
      renewNanos -= ThreadLocalRandom.current().nextLong(age / AGE_SPREAD);
    }
  }

  private String what() {
    String remote = TcpPath.Ends.text(new HopEnd(spec.remote(), spec.port()));
    return "tcp link " + id + " to " + remote + " (channel " + spec.channel() + ")";
  }

  @Override
  public void message(Connection connection, Bytes message) {
    pauses.reset();
    delivery.message(connection, message);
  }

  @Override
  public void gathered() {
    delivery.gathered();
  }

  @Override
  public boolean answer(Connection connection, Bytes message) {
    return send(message);
  }

  @Override
  public void ended(Connection connection, Ending why, String detail) {
    sentBefore.add(connection.sent());
    counters.count(why.counter());
    boolean wasCurrent = connection == current;
    boolean wasNext = connection == next;
    old.remove(connection);
    if (wasCurrent) {
      current = null;
      lost(connection, why, detail);
    } else if (wasNext) {
      next = null;
      connecting = false;
      failed(why, detail);
    }
  }

  /** The connection that carried messages has ended. */
  private void lost(Connection connection, Ending why, String detail) {
    since = Instant.now();
    boolean good =
        connection.received() > 0
            || Duration.between(connection.since(), Instant.now()).compareTo(PROOF) > 0;
    if (good && !why.isFailure() && !closed) {
      resuming = true;
      resumeEndNanos = System.nanoTime() + RESUMPTION.toNanos();
      reason = detail;
      if (next == null) {
        attempt();
      }
    } else if (next == null) {
      failed(why, detail);
    } else {
      down(why, detail);
    }
  }

  /** A try has failed; another one comes after a pause. */
  private void failed(Ending why, String detail) {
    long pause = pauses.nextNanos();
    long at = System.nanoTime() + pause;
    // That a channel is down is said once, by the channel.
    boolean told = closed || !channel.health().usable();
    String line = why.counter() + ": " + line(detail);
    if (current != null) {
      renewWanted = true;
      renewNanos = at;
      if (!told) {
        transport.log().warn(id + why, what() + ": could not be replaced: " + line);
      }
      return;
    }
    retryNanos = at;
    down(why, detail);
    if (!told) {
      String again = "; tried again in " + TimeUnit.NANOSECONDS.toMillis(pause) + " ms";
      transport.log().warn(id + why + detail, what() + " is down: " + line + again);
    }
  }

  private static String line(String detail) {
    return Sanitizer.line(detail);
  }

  private void down(Ending why, String detail) {
    noLongerResuming();
    reason = why.counter() + ": " + line(detail);
    since = Instant.now();
  }

  private void changed(Channel.Change change) {
    if (closed) {
      return;
    }
    switch (change) {
      case GONE -> {
        String why = "channel " + spec.channel() + ": " + channel.health().reason();
        all().forEach(each -> each.end(Ending.CHANNEL_DOWN, why));
      }
      case RENEWED -> {
        if (next != null) {
          next.end(Ending.DRAINED, Deadlines.CHANGED);
        }
        Duration grace = channel.grace();
        all().forEach(each -> each.outdate(grace));
        tryNow();
      }
      case HEALTH -> {
        if (current == null && channel.health().usable()) {
          tryNow();
        }
      }
    }
  }

  private void tryNow() {
    long now = System.nanoTime();
    pauses.reset();
    retryNanos = now;
    renewNanos = now;
    renewWanted = true;
    tick();
  }

  private List<Connection> all() {
    List<Connection> all = new ArrayList<>(old);
    if (next != null) {
      all.add(next);
    }
    if (current != null) {
      all.add(current);
    }
    return all;
  }

  @Override
  public Assurance assurance() {
    Connection connection = current;
    return connection == null ? Assurance.NONE : connection.path().assurance();
  }

  @Override
  public LinkStatus status() {
    Connection connection = current;
    TcpPath path = connection == null ? null : connection.path();
    LinkStatus.State state =
        connection != null
            ? LinkStatus.State.UP
            : connecting ? LinkStatus.State.CONNECTING : LinkStatus.State.DOWN;
    return new LinkStatus(
        id,
        TcpHopTransport.NAME,
        spec.application(),
        true,
        path == null ? "" : TcpPath.Ends.text(path.ends().local()),
        TcpPath.Ends.text(new HopEnd(spec.remote(), spec.port())),
        spec.channel(),
        state,
        connection != null ? "" : reason,
        path == null ? Optional.empty() : path.peer(),
        path == null ? Assurance.NONE : path.assurance(),
        since,
        counters.of(HopCounters.SENT),
        counters.of(HopCounters.RECEIVED),
        counters.of(HopCounters.QUEUE_DROPPED));
  }

  @Override
  public boolean isUp() {
    return !closed && (current != null || resuming);
  }

  @Override
  public boolean send(Bytes message) {
    if (!Frames.fits(spec.application().framing(), message)) {
      counters.count(HopCounters.TOO_LARGE);
      return false;
    }
    if (!isUp()) {
      return false;
    }
    counters.add(HopCounters.QUEUE_DROPPED, queue.offer(message));
    Connection connection = current;
    if (connection != null) {
      connection.wake();
    }
    return true;
  }

  @Override
  public void renew() {
    loop.execute(
        () -> {
          if (!closed) {
            tryNow();
          }
        });
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    transport.forget(this);
    tick.cancel(false);
    TcpHopTransport.unsubscribe(changes);
    loop.execute(() -> all().forEach(each -> each.end(Ending.CLOSED, "this side is closed")));
  }
}

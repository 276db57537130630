// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.LinkStatus;
import io.leasehold.net.Bytes;
import io.leasehold.security.HandshakeRole;
import io.leasehold.transport.connection.Protection;
import io.leasehold.transport.connection.SendQueue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One TCP connection. Belongs to its event loop; what other threads may call says so. Its owner
 * hears once how it ended.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Session.Events {
  private final String id;
  private final HopSpec spec;
  private final ConnectionOwner owner;
  private final SendQueue queue;
  private final Loops loops;
  private final Deadlines deadlines;
  private final AtomicBoolean awake = new AtomicBoolean();
  private Session session;
  private Future<?> tick;
  private boolean unflushed;
  private boolean paused;
  private boolean finishing;
  private volatile SocketChannel channel;
  private volatile boolean up;
  private boolean wasUp;
  private volatile boolean leaving;
  private volatile boolean outdated;
  private volatile Ending ending;
  private volatile TcpPath path;
  private volatile Instant since = Instant.now();
  private volatile long sent;
  private volatile long received;

  /** A connection whose messages to be sent wait in a queue that may be others' too. */
  Connection(String id, HopSpec spec, ConnectionOwner owner, SendQueue queue, Loops loops) {
    this.id = id;
    this.spec = spec;
    this.owner = owner;
    this.queue = queue;
    this.loops = loops;
    this.deadlines = new Deadlines(spec);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = (SocketChannel) context.channel();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws IOException {
    if (ending != null) {
      channel.close();
      return;
    }
    deadlines.connected(System.nanoTime());
    path = TcpPath.begun(channel);
    session = new Session(spec, path.ends(), this, deadlines, loops.scratch(channel.eventLoop()));
    long millis = TcpTimes.TICK.toMillis();
    tick =
        channel
            .eventLoop()
            .scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    session.start(ThreadLocalRandom.current().nextInt());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf octets = (ByteBuf) message;
    try {
      if (ending == null) {
        session.take(octets.nioBuffer());
      }
    } finally {
      octets.release();
    }
  }

  @Override
  public void write(ByteBuffer octets) {
    channel.write(Unpooled.copiedBuffer(octets));
    unflushed = true;
  }

  @Override
  public void flush() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
  }

  @Override
  public void established() {
    TcpPath before = path;
    path =
        new TcpPath(
            before.ends(),
            before.interfaceAddresses(),
            session.peer(),
            session.assurance(),
            message -> owner.answer(this, message));
    since = Instant.now();
    up = true;
    wasUp = true;
    spec.counters().count(HopCounters.ESTABLISHED);
    owner.established(this);
  }

  @Override
  public void message(Bytes message) {
    if (finishing) {
      return; // nobody hears it any more
    }
    received++;
    spec.counters().count(HopCounters.RECEIVED);
    spec.counters().add(HopCounters.RECEIVED_OCTETS, message.length());
    owner.message(this, message);
  }

  @Override
  public void gathered() {
    owner.gathered();
  }

  @Override
  public void over(Ending why, String detail) {
    end(why, detail);
  }

  @Override
  public void ready() {
    channel.eventLoop().execute(session::pump);
  }

  /** There may be something to send. Any thread. */
  void wake() {
    if (!awake.getAndSet(true)) {
      Loops.execute(channel.eventLoop(), this::sendQueued);
    }
  }

  private void sendQueued() {
    awake.set(false);
    Bytes message = next();
    while (message != null) {
      session.send(message);
      sent++;
      spec.counters().count(HopCounters.SENT);
      spec.counters().add(HopCounters.SENT_OCTETS, message.length());
      message = next();
    }
    if (session != null) {
      session.sendGathered();
      flush();
    }
    if (finishing && (!up || queue.isEmpty())) {
      end(Ending.CLOSED, "this side ended it");
    }
  }

  /** Ends it when what waits was sent. */
  void finish() {
    finishing = true;
    sendQueued();
  }

  /** Whether its messages are wanted now. */
  void read(boolean wanted) {
    paused = !wanted;
    deadlines.paused(paused, System.nanoTime());
    applyReading();
  }

  /** Who does not take its answers is asked for no more questions. */
  private void applyReading() {
    if (ending == null) {
      boolean may = spec.role() == HandshakeRole.CLIENT || channel.isWritable();
      channel.config().setAutoRead(may && !paused);
    }
  }

  private Bytes next() {
    boolean may = up && !leaving && channel.isWritable() && session.maySend();
    return may ? queue.poll() : null;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    applyReading();
    if (channel.isWritable()) {
      sendQueued();
    }
  }

  private void tick() {
    long now = System.nanoTime();
    if (ending != null) {
      if (deadlines.isLingerOver(now)) {
        channel.close();
      }
      return;
    }
    Deadlines.Overdue overdue = deadlines.due(now, !queue.isEmpty() && !channel.isWritable());
    if (overdue == null) {
      session.tick(now);
    } else {
      end(overdue.ending(), overdue.detail());
    }
  }

  /** Sends no more, and ends when nothing came for a while. */
  void drain() {
    leaving = true;
    deadlines.draining(System.nanoTime());
  }

  /**
   * Its channel has changed: it lives on for a while. One in clear, which nobody vouches for but
   * the configuration, ends if it could not be made now.
   */
  void outdate(Duration grace) {
    if (session == null || !session.hasBegun()) {
      return; // its channel will be made in the new way
    }
    if (spec.protection().isInClear()) {
      try {
        spec.protection().check(path.ends().local(), path.ends().remote());
      } catch (Protection.Refused e) {
        end(Ending.CHANNEL_DOWN, e.getMessage());
        return;
      }
    }
    outdated = true;
    deadlines.outdated(System.nanoTime() + grace.toNanos());
  }

  /** Its peer has made another connection. */
  void succeeded() {
    deadlines.succeeded(System.nanoTime());
  }

  /** Ends it; the first reason counts. */
  void end(Ending why, String detail) {
    if (ending != null) {
      return;
    }
    ending = why;
    up = false;
    deadlines.ended(System.nanoTime());
    if (session != null) {
      session.close(why.closeReason());
    }
    if (channel != null) {
      shut(why);
    }
    owner.ended(this, why, detail);
  }

  private void shut(Ending why) {
    if (!channel.isActive()) {
      channel.close();
    } else if (why.isFailure()) {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      // What the peer still sends is taken and forgotten: closing now would reset the connection,
      // and the peer might lose what we said last.
      channel.config().setAutoRead(true);
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> channel.shutdownOutput());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (tick != null) {
      tick.cancel(false);
    }
    if (session != null) {
      end(session.cut(), "the peer cut the connection");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable why) {
    if (why instanceof IOException) {
      end(
          session == null ? Ending.CONNECTION_LOST : session.cut(),
          "the connection broke: " + why.getMessage());
    } else {
      end(Ending.PROTECTION_FAILED, "a fault of the provider or of this transport: " + why);
    }
    channel.close();
  }

  /** Its socket; null until there is one. Any thread. */
  SocketChannel channel() {
    return channel;
  }

  /** Does something on its loop; nothing if it has none yet. Any thread. */
  void soon(Runnable task) {
    SocketChannel socket = channel;
    if (socket != null && socket.eventLoop().inEventLoop()) {
      task.run();
    } else if (socket != null) {
      Loops.execute(socket.eventLoop(), task);
    }
  }

  /** Short and unique, but for connections that follow each other. Any thread. */
  String id() {
    return id;
  }

  /** What it has in common with others. Any thread. */
  HopSpec spec() {
    return spec;
  }

  /** Whether messages pass. Any thread. */
  boolean isUp() {
    return up;
  }

  /** Whether messages have ever passed. */
  boolean wasUp() {
    return wasUp;
  }

  /** Whether it is over. Any thread. */
  boolean isEnded() {
    return ending != null;
  }

  /** Where messages wait. Any thread. */
  SendQueue queue() {
    return queue;
  }

  /** The way of its messages; null until it is connected. Any thread. */
  TcpPath path() {
    return path;
  }

  /** How it is. Any thread. */
  LinkStatus.State state() {
    if (up) {
      return leaving || outdated ? LinkStatus.State.DRAINING : LinkStatus.State.UP;
    }
    return ending == null ? LinkStatus.State.HANDSHAKING : LinkStatus.State.DOWN;
  }

  /** Why it does not stay as it is; empty if it does. Any thread. */
  String reason() {
    return isOutdated() ? Deadlines.CHANGED : "";
  }

  /** Whether messages pass in a way that holds no more. Any thread. */
  boolean isOutdated() {
    return up && outdated;
  }

  /** Since when it is up, or there. Any thread. */
  Instant since() {
    return since;
  }

  /** Messages sent. Any thread. */
  long sent() {
    return sent;
  }

  /** Messages taken. Any thread. */
  long received() {
    return received;
  }
}

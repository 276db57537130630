// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.datagram.TrafficLog;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a socket has to send. A few messages are sent by whoever has them, without waking another
 * thread. What comes at once, or finds no room in the socket's buffer, gathers, and the thread of
 * the socket hands all of it to the kernel with one call when its turn comes. At most so many
 * messages wait, here and for room in the socket's buffer; more are refused and counted.
 */
final class SendQueue {
  /** Most messages of one sendmmsg (UIO_MAXIOV). */
  private static final int MOST_OF_A_CALL = 1024;

  private record Outgoing(Bytes message, InetSocketAddress to) {}

  private record Written(ByteBuf buffer, int octets, InetSocketAddress to) {}

  private enum Attempt {
    SENT,
    FAILED,
    NOT_NOW
  }

  private final Channel channel;
  private final Socket socket;
  private final Ipv6 local;
  private final Loop loop;
  private final EpollCounters counters;
  private final int capacity;
  private final Queue<Outgoing> outgoing = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ArrayDeque<Written> written = new ArrayDeque<>();
  private final Tally tally;
  private final ReentrantLock sending = new ReentrantLock();
  private final ByteBuffer own = ByteBuffer.allocateDirect(Loop.USUAL_OCTETS);
  private boolean closed;

  SendQueue(
      EpollDatagramChannel channel, Ipv6 local, Loop loop, EpollCounters counters, int capacity) {
    this.channel = channel;
    this.socket = (Socket) channel.fd();
    this.local = local;
    this.loop = loop;
    this.counters = counters;
    this.capacity = capacity;
    this.tally = new Tally(channel);
  }

  /** Takes a message; false and one count if it cannot. Any thread. */
  boolean add(Bytes message, InetSocketAddress to) {
    if (!channel.isOpen()) {
      counters.sendAfterClose.increment();
      return false;
    }
    if (waiting.get() == 0 && loop.isSpared()) {
      Attempt attempt = sendNow(message, to);
      if (attempt != Attempt.NOT_NOW) {
        return attempt == Attempt.SENT;
      }
    }
    if (waiting.incrementAndGet() > capacity) {
      waiting.decrementAndGet();
      counters.sendQueueFull.increment();
      return false;
    }
    outgoing.add(new Outgoing(message, to));
    if (scheduled.compareAndSet(false, true)) {
      try {
        loop.eventLoop().execute(this::flush);
      } catch (RejectedExecutionException e) { // closed between the question and now
        counters.sendAfterClose.increment();
        return false;
      }
    }
    return true;
  }

  private Attempt sendNow(Bytes message, InetSocketAddress to) {
    if (message.length() > Loop.USUAL_OCTETS || !sending.tryLock()) {
      return Attempt.NOT_NOW;
    }
    try {
      if (closed) {
        return Attempt.NOT_NOW;
      }
      message.putInto(own.clear());
      int taken = socket.sendTo(own, 0, message.length(), to.getAddress(), to.getPort());
      if (taken < message.length()) {
        return Attempt.NOT_NOW; // no room: the thread of the socket waits for some
      }
      counters.sendCalls.increment();
      counters.sent.increment();
      counters.sentOctets.add(message.length());
      return Attempt.SENT;
    } catch (IOException e) {
      counters.sendCalls.increment();
      counters.sendFailed.increment();
      TrafficLog.notSent("epoll", local, to, e);
      return Attempt.FAILED;
    } finally {
      sending.unlock();
    }
  }

  /** Nobody but the thread of the socket uses its descriptor from now on. */
  void close() {
    sending.lock();
    closed = true;
    sending.unlock();
  }

  private void flush() {
    scheduled.set(false);
    loop.turned();
    int count = 0;
    for (Outgoing next = outgoing.poll(); next != null; next = outgoing.poll()) {
      ByteBuf buffer = loop.outgoing(next.message());
      written.add(new Written(buffer, next.message().length(), next.to()));
      channel.write(new DatagramPacket(buffer, next.to()), tally);
      count++;
      if (count % MOST_OF_A_CALL == 0) {
        flushCall();
      }
    }
    if (count % MOST_OF_A_CALL != 0) {
      flushCall();
    }
  }

  private void flushCall() {
    counters.sendCalls.increment();
    channel.flush();
  }

  /** The oldest written message has gone to the kernel, or not. */
  private void done(Throwable failure) {
    Written oldest = written.remove();
    waiting.decrementAndGet();
    loop.giveBack(oldest.buffer());
    if (failure == null) {
      counters.sent.increment();
      counters.sentOctets.add(oldest.octets());
    } else if (failure instanceof ClosedChannelException) {
      counters.sendAfterClose.increment();
    } else {
      counters.sendFailed.increment();
      counters.sendCalls.increment(); // the rest of the batch took one more call
      TrafficLog.notSent("epoll", local, oldest.to(), failure);
    }
  }

  /**
   * One promise for all messages: the kernel takes those of a socket in their order, so the oldest
   * is always the one that is told about.
   */
  private final class Tally extends DefaultChannelPromise {
    Tally(Channel channel) {
      super(channel);
    }

    @Override
    public boolean trySuccess(Void result) {
      done(null);
      return true;
    }

    @Override
    public boolean tryFailure(Throwable cause) {
      done(cause);
      return true;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.datagram.TrafficLog;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a socket has to send. Any thread adds; the thread of the socket takes all that has gathered
 * when its turn comes, and hands it to the kernel at once. At most so many messages wait, here and
 * for room in the socket's buffer; more are refused and counted.
 */
final class SendQueue {
  /** Most messages of one sendmmsg (UIO_MAXIOV). */
  private static final int MOST_OF_A_CALL = 1024;

  private record Outgoing(Bytes message, InetSocketAddress to) {}

  private record Written(ByteBuf buffer, int octets, InetSocketAddress to) {}

  private final Channel channel;
  private final Ipv6 local;
  private final Loop loop;
  private final EpollCounters counters;
  private final int capacity;
  private final Queue<Outgoing> outgoing = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ArrayDeque<Written> written = new ArrayDeque<>();
  private final Tally tally;

  SendQueue(Channel channel, Ipv6 local, Loop loop, EpollCounters counters, int capacity) {
    this.channel = channel;
    this.local = local;
    this.loop = loop;
    this.counters = counters;
    this.capacity = capacity;
    this.tally = new Tally(channel);
  }

  /** Takes a message; false and one count if it cannot. Any thread. */
  boolean add(Bytes message, InetSocketAddress to) {
    if (!channel.isOpen()) {
      counters.common.sendAfterClose.increment();
      return false;
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
        counters.common.sendAfterClose.increment();
        return false;
      }
    }
    return true;
  }

  private void flush() {
    scheduled.set(false);
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
      counters.common.sent.increment();
      counters.common.sentOctets.add(oldest.octets());
    } else if (failure instanceof ClosedChannelException) {
      counters.common.sendAfterClose.increment();
    } else {
      counters.common.sendFailed.increment();
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

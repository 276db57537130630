// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.net.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thread of a binding and the memory outside the heap that its sockets share. The memory is its
 * own: what Netty pools for the whole process would stay behind when the bundle goes.
 */
final class Loop {
  /** As large as almost every answer. */
  static final int USUAL_OCTETS = 2048;

  private static final int MOST_KEPT = 1024;

  /** Messages that others send themselves between two turns of this thread. */
  static final int MOST_SPARED = 16;

  private final EventLoop eventLoop;
  private final ByteBuf places =
      Unpooled.directBuffer(ReceiveBatches.MOST * ReceiveBatches.PLACE_OCTETS);
  private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>();
  private final AtomicInteger spared = new AtomicInteger(MOST_SPARED);

  Loop(EventLoop eventLoop) {
    this.eventLoop = eventLoop;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  /** Whether whoever has a message sends it, because there are few. Any thread. */
  boolean isSpared() {
    return spared.getAndDecrement() > 0;
  }

  /** The thread has had a turn. */
  void turned() {
    spared.set(MOST_SPARED);
  }

  /** Where messages are received. */
  ByteBuf places() {
    return places;
  }

  /** The message in a buffer that may be written; comes back by {@link #giveBack}. Own thread. */
  ByteBuf outgoing(Bytes message) {
    ByteBuf buffer;
    if (message.length() > USUAL_OCTETS) {
      buffer = Unpooled.directBuffer(message.length());
    } else {
      buffer = kept.poll();
      if (buffer == null) {
        buffer = Unpooled.directBuffer(USUAL_OCTETS, USUAL_OCTETS);
      }
    }
    buffer.clear().retain(); // for us; the first reference is the writer's
    message.putInto(buffer.internalNioBuffer(0, message.length()));
    return buffer.writerIndex(message.length());
  }

  /** A buffer that was written or given up. Own thread. */
  void giveBack(ByteBuf buffer) {
    if (buffer.capacity() == USUAL_OCTETS && kept.size() < MOST_KEPT) {
      kept.push(buffer);
    } else {
      buffer.release();
    }
  }

  /** Frees the memory, after the thread has ended. */
  void release() {
    places.release();
    kept.forEach(ByteBuf::release);
    kept.clear();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.transport.datagram.Arrears;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many messages a socket asks for with one system call: few while it is quiet, because every
 * place in the batch costs something even if it stays empty, and up to {@link #MOST} while each
 * call comes back full. Everything belongs to the thread of the socket.
 */
final class ReceiveBatches implements RecvByteBufAllocator {
  /** Room for the largest message; a shorter place would cut messages off. */
  static final int PLACE_OCTETS = 65_536;

  /** Most places of a batch. */
  static final int MOST = 32;

  /** Fewer than two would make Netty receive without a batch. */
  private static final int FEWEST = 4;

  /** Messages of one socket before the others have their turn. */
  private static final int TURN = 256;

  private final Loop loop;
  private final LongAdder calls;
  private final Arrears arrears = new Arrears();

  /** Batches for one socket, received into the places of its thread. */
  ReceiveBatches(Loop loop, LongAdder calls) {
    this.loop = loop;
    this.calls = calls;
  }

  /** Whether messages come that have waited, because more comes than is taken. */
  boolean areLate() {
    return arrears.isStanding();
  }

  @Override
  @SuppressWarnings("deprecation") // the interface that Netty wants has this type
  public Handle newHandle() {
    return new Batch();
  }

  private final class Batch implements ExtendedHandle {
    private int size = FEWEST;
    private int got;
    private int total;
    private boolean full;
    private int lastOctets;
    private int attemptedOctets;

    @Override
    public ByteBuf allocate(ByteBufAllocator ignored) {
      calls.increment();
      got = 0;
      int start = (MOST - size) * PLACE_OCTETS;
      return loop.places().setIndex(start, start).retain();
    }

    @Override
    public int guess() {
      return size * PLACE_OCTETS;
    }

    @Override
    public void reset(ChannelConfig config) {
      total = 0;
    }

    @Override
    public void incMessagesRead(int messages) {
      got = messages;
      total += messages;
    }

    /** After a full batch there is probably more; after another one epoll tells if there is. */
    @Override
    public boolean continueReading(UncheckedBooleanSupplier ignored) {
      full = got == size;
      if (full) {
        size = Math.min(MOST, size * 2);
      } else if (got <= size / 4) {
        size = Math.max(FEWEST, size / 2);
      }
      return full && total < TURN;
    }

    @Override
    public boolean continueReading() {
      return continueReading(UncheckedBooleanSupplier.TRUE_SUPPLIER);
    }

    @Override
    public void lastBytesRead(int octets) {
      lastOctets = octets;
    }

    @Override
    public int lastBytesRead() {
      return lastOctets;
    }

    @Override
    public void attemptedBytesRead(int octets) {
      attemptedOctets = octets;
    }

    @Override
    public int attemptedBytesRead() {
      return attemptedOctets;
    }

    @Override
    public void readComplete() {
      lastOctets = 0;
      loop.turned();
      arrears.turned(full && total >= TURN, System.nanoTime());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.transport.datagram.DatagramTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of the transport with its sockets. */
final class SctpLoop implements Turns {
  private static final Logger LOG = LoggerFactory.getLogger(SctpLoop.class);
  private static final long TICK_MILLIS = 100;
  private static final long PATIENCE_MILLIS = 5000;

  /** What a socket is asked when something has become of it. */
  interface Ready {
    /** Does what can be done. */
    void ready(SelectionKey key);
  }

  private final Selector selector;
  private final LongConsumer tick;
  private final Thread thread;

  /** Bounded by what is queued: an association wakes it once, users and channels seldom. */
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  private final ByteBuffer scratch = ByteBuffer.allocateDirect(PoolMessages.MOST_OCTETS + 1);
  private volatile boolean ended;
  private volatile long endNanos;
  private volatile BooleanSupplier done = () -> true;
  private long tickNanos;

  /**
   * Starts the thread.
   *
   * @param tick is told the time now and then
   */
  SctpLoop(LongConsumer tick) {
    this.tick = tick;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.tickNanos = System.nanoTime();
    this.thread = new Thread(this::run, DatagramTransport.threadName("sctp", "loop"));
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!ended || !isDone()) {
        selector.select(TICK_MILLIS);
        guarded(this::serve);
        carryOut();
        long now = System.nanoTime();
        if (now - tickNanos >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
          tickNanos = now;
          guarded(() -> tick.accept(now));
        }
      }
      carryOut();
    } catch (IOException e) {
      LOG.error("SCTP is served no more: {}", e.toString());
    }
  }

  private boolean isDone() {
    return done.getAsBoolean() || System.nanoTime() - endNanos >= 0;
  }

  private void serve() {
    Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      SelectionKey key = keys.next();
      keys.remove();
      if (key.isValid()) {
        guarded(() -> ((Ready) key.attachment()).ready(key));
      }
    }
  }

  private void carryOut() {
    Runnable task = tasks.poll();
    while (task != null) {
      guarded(task);
      task = tasks.poll();
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a fault of this transport", e);
    }
  }

  @Override
  public void soon(Runnable task) {
    if (Thread.currentThread() == thread) {
      task.run();
    } else {
      later(task);
    }
  }

  @Override
  public void later(Runnable task) {
    if (!ended) {
      tasks.add(task);
      selector.wakeup();
    }
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  /** Where sockets are registered; for the thread. */
  Selector selector() {
    return selector;
  }

  /** Memory for what comes, for the thread and within a call. */
  ByteBuffer scratch() {
    return scratch.clear();
  }

  /** Does something on the thread and waits for it, but not for ever, and not on the thread. */
  void await(Runnable task) {
    soon(task);
    if (Thread.currentThread() == thread || ended) {
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    later(done::countDown);
    try {
      if (!done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("the thread of the transport is busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the thread when it has carried out what it was given.
   *
   * @param idle whether all sockets have closed in good order, for which there is a little time
   */
  void close(BooleanSupplier idle) {
    endNanos = System.nanoTime() + Timing.LINGER.toNanos();
    done = idle;
    ended = true;
    selector.wakeup();
    try {
      if (Thread.currentThread() != thread) {
        thread.join(PATIENCE_MILLIS);
      }
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("the selector cannot be closed: {}", e.toString());
    }
  }
}

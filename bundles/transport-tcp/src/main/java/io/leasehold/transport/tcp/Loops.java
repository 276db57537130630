// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.transport.datagram.DatagramTransport;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the transport; each connection belongs to one. */
final class Loops implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loops.class);
  private static final int SCRATCH_OCTETS = 32 * 1024;
  private static final long PATIENCE_MILLIS = 5000;

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Map<EventLoop, ByteBuffer> scratch = new HashMap<>();
  private final MultiThreadIoEventLoopGroup group;

  Loops(int count) {
    group = new MultiThreadIoEventLoopGroup(count, this::thread, NioIoHandler.newFactory());
    group.forEach(each -> scratch.put((EventLoop) each, ByteBuffer.allocate(SCRATCH_OCTETS)));
  }

  private Thread thread(Runnable work) {
    Thread thread = new FastThreadLocalThread(work, DatagramTransport.threadName("tcp", "loop"));
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  /** All of them, for what is accepted. */
  MultiThreadIoEventLoopGroup group() {
    return group;
  }

  /** The next one. */
  EventLoop next() {
    return group.next();
  }

  /** Does something on a loop; nothing on one that has ended, with which its connections have. */
  static void execute(EventLoop loop, Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the transport has ended: {}", e.toString());
    }
  }

  /** Memory for octets on their way, which only this loop uses, and only within a call. */
  ByteBuffer scratch(EventLoop loop) {
    return scratch.get(loop).clear();
  }

  /** Ends the threads, which close what is still open. */
  @Override
  public void close() {
    group.shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    boolean interrupted = false;
    for (Thread each : threads) {
      try {
        each.join(PATIENCE_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

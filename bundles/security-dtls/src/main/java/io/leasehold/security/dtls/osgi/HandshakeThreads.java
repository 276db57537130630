// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls.osgi;

import io.leasehold.security.dtls.HandshakePool;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The threads: few, bounded, and gone when there is nothing to do. */
@Component(service = HandshakePool.class)
public final class HandshakeThreads implements HandshakePool {
  private static final int THREADS = 8;
  private static final int MOST_WAITING = 64;
  private static final long IDLE_SECONDS = 10;
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> new Thread(task, "leasehold-security-dtls-" + NUMBERS.incrementAndGet()));

  /** A pool without threads, yet. */
  @Activate
  public HandshakeThreads() {
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public boolean run(Runnable handshake) {
    try {
      threads.execute(handshake);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public boolean isCrowded() {
    return !threads.getQueue().isEmpty();
  }

  /** Interrupts handshakes and waits until their threads have ended. */
  @Deactivate
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

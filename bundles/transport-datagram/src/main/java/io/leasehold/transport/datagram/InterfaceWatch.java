// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that owns the endpoints of a binding and looks at the interfaces again and again. */
public final class InterfaceWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceWatch.class);

  private final Endpoints endpoints;
  private final Duration rescan;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** A watch that looks every so often. */
  public InterfaceWatch(Endpoints endpoints, Duration rescan) {
    this.endpoints = endpoints;
    this.rescan = rescan;
  }

  @Override
  public void run() {
    try {
      while (!closing.await(rescan.toMillis(), TimeUnit.MILLISECONDS)) {
        endpoints.scan();
      }
    } catch (InterruptedException e) {
      LOG.error("the watch over interfaces was interrupted and ends", e);
    }
  }

  /** Lets the thread end soon. False if it was told before. */
  public boolean stop() {
    boolean first = closing.getCount() > 0;
    closing.countDown();
    return first;
  }

  /** Whether it was told to stop. */
  boolean isStopped() {
    return closing.getCount() == 0;
  }

  /** A daemon thread with a name, started. */
  public static Thread launch(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> LOG.error("{} ended", t.getName(), e));
    thread.start();
    return thread;
  }

  /** Waits for a thread to end, for two seconds at most and never for itself. */
  public static void await(Thread thread) {
    if (thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
      if (thread.isAlive()) {
        LOG.error("{} is held up by the receiver of its messages", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

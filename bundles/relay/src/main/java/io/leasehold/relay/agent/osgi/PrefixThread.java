// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.relay.agent.Alarms;
import io.leasehold.relay.agent.Tally;
import io.leasehold.relay.agent.prefix.PrefixKeeper;
import io.leasehold.relay.agent.prefix.PrefixMedium;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread on which delegated prefixes of a relay agent become durable and routed. */
final class PrefixThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PrefixThread.class);
  private static final long PATIENCE_MILLIS = 1500;
  private static final long PAUSE_AFTER_DEFECT_MILLIS = 1000;
  private static final long LONGEST_SLEEP_MILLIS = 60_000;

  private final LongSupplier clock;
  private final PrefixKeeper keeper;
  private final Thread thread;
  private boolean woken;
  private boolean closed;

  private PrefixThread(
      String name, PrefixMedium medium, Tally tally, Alarms alarms, LongSupplier clock) {
    this.clock = clock;
    this.keeper = new PrefixKeeper(medium, tally, alarms, this::wake);
    this.thread = new Thread(this::run, "leasehold-relay-prefixes-" + name);
    thread.setDaemon(true);
  }

  /** Starts it; it does nothing before its keeper is configured. */
  static PrefixThread start(
      String name, PrefixMedium medium, Tally tally, Alarms alarms, LongSupplier clock) {
    PrefixThread started = new PrefixThread(name, medium, tally, alarms, clock);
    started.thread.start();
    return started;
  }

  PrefixKeeper keeper() {
    return keeper;
  }

  private synchronized void wake() {
    woken = true;
    notifyAll();
  }

  private void run() {
    try {
      while (await(turn())) {
        // The next turn.
      }
      // What came last is kept too.
      turn();
    } catch (InterruptedException e) {
      LOG.debug("{} was interrupted", thread.getName());
    }
  }

  private long turn() {
    try {
      return keeper.turn(clock.getAsLong());
    } catch (RuntimeException e) {
      LOG.warn("{}: delegated prefixes are not cared for", thread.getName(), e);
      return clock.getAsLong() + PAUSE_AFTER_DEFECT_MILLIS;
    }
  }

  /** Waits until somebody wakes, or the time has come; false if it is to end. */
  private synchronized boolean await(long untilMillis) throws InterruptedException {
    // The clock may be set meanwhile: it is looked at once a minute.
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause(untilMillis));
    long left = deadline - System.nanoTime();
    while (!woken && !closed && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    woken = false;
    return !closed;
  }

  private long pause(long untilMillis) {
    long pause = untilMillis == Long.MAX_VALUE ? Long.MAX_VALUE : untilMillis - clock.getAsLong();
    return Math.max(0, Math.min(pause, LONGEST_SLEEP_MILLIS));
  }

  /** Ends the thread. Routes stay, so that traffic passes while a relay agent is replaced (S-2). */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(PATIENCE_MILLIS);
      // A program that changes routes may take longer than anybody waits.
      thread.interrupt();
      thread.join(PATIENCE_MILLIS / 3);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

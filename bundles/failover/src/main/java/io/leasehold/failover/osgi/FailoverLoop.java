// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.failover.effect.Moment;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that has all relationships. Each in turn does a bounded piece of its work, so that
 * much of one keeps no other one waiting (RFC 7031 section 7).
 *
 * <p>Between turns it rests, unless much has gathered or somebody waits: leases and messages are
 * not urgent, and what gathers meanwhile is one batch for the partner, the lanes and the disk, and
 * wakes nobody for itself.
 */
final class FailoverLoop implements AutoCloseable {
  /** Events that are taken at a time. */
  static final int MOST_AT_A_TIME = 256;

  /** So many events of one kind end a rest. */
  static final int MANY = 128;

  private static final Logger LOG = LoggerFactory.getLogger(FailoverLoop.class);
  private static final long STOP_MILLIS = 2000;

  /**
   * A client that has got the MCLT renews after half of it at the earliest, so that the partner has
   * that time to acknowledge more.
   */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** However much of what has its time is due. */
  private static final long LEAST_REST_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /** Longest sleep, so that a clock that was set is noticed. */
  private static final long MOST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What has its turns. For the thread of failover; must not block. */
  interface Turns {
    /**
     * Does a piece of work.
     *
     * @param most events to be taken
     * @return how many there were
     */
    int turn(int most);

    /** Steady time at which a turn is needed though nothing happens. */
    long deadline();

    /** A turn ended with a fault; the next one comes all the same. */
    void failed(RuntimeException why);
  }

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final List<Turns> all = new CopyOnWriteArrayList<>();
  private final Thread thread;

  /** Whether somebody has to wake the thread. */
  private final AtomicBoolean asleep = new AtomicBoolean();

  /** Whether the next turn must not wait. */
  private volatile boolean hurried;

  private volatile boolean closed;

  /** Starts the thread. */
  FailoverLoop(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    thread = new Thread(this::run, "leasehold-failover-loop");
    thread.setDaemon(true);
    thread.start();
  }

  /** Now, by both clocks. Any thread. */
  Moment now() {
    return new Moment(clock.instant().getEpochSecond(), nanos.getAsLong());
  }

  /** From now on it has its turns. Any thread. */
  void add(Turns turns) {
    all.add(turns);
    wake();
  }

  /** It has no more turns, after the present one. Any thread. */
  void remove(Turns turns) {
    all.remove(turns);
  }

  /** Much has gathered, or somebody waits: no rest before the next turn. Any thread. */
  void hurry() {
    if (!hurried) {
      hurried = true;
      LockSupport.unpark(thread);
    }
  }

  /** Something happened that can wait for more. Any thread. */
  void wake() {
    if (asleep.get() && asleep.getAndSet(false)) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      hurried = false;
      int most = 0;
      long earliest = Moment.NEVER;
      for (Turns each : all) {
        most = Math.max(most, turn(each));
        earliest = Math.min(earliest, each.deadline());
      }
      if (most < MOST_AT_A_TIME) {
        pause(most > 0, earliest);
      }
    }
  }

  private static int turn(Turns turns) {
    try {
      return turns.turn(MOST_AT_A_TIME);
    } catch (RuntimeException e) {
      LOG.error("a fault in failover", e);
      recover(turns, e);
      return 1;
    }
  }

  private static void recover(Turns turns, RuntimeException why) {
    try {
      turns.failed(why);
    } catch (RuntimeException e) {
      LOG.error("a fault in failover, after another one", e);
    }
  }

  /** Rests after work; sleeps when there was none since it said that it would. */
  private void pause(boolean worked, long until) {
    if (worked) {
      asleep.set(false);
      park(REST_NANOS, until);
    } else if (asleep.get()) {
      park(MOST_SLEEP_NANOS, until);
      asleep.set(false);
      park(REST_NANOS, until);
    } else {
      asleep.set(true);
    }
  }

  private void park(long most, long until) {
    long left = until == Moment.NEVER ? most : Math.min(most, until - nanos.getAsLong());
    if (!hurried && !closed) {
      LockSupport.parkNanos(this, Math.max(left, LEAST_REST_NANOS));
    }
  }

  /** Ends the thread. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.store.journal.Pace;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets background work go on for a moment at a time, shorter than a scheduler lets a thread run
 * while others wait, and then sleep for longer than it worked. Each thread for itself.
 */
final class Restraint implements Pace {
  /** Work that is done at a stretch. */
  private static final long STRETCH_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  /** For each moment of work, as many of rest. */
  private static final int REST = 7;

  /** A thread that was not heard of for so long was not at work. */
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long octetsPerSecond;
  private final ThreadLocal<Work> works = ThreadLocal.withInitial(Work::new);

  /** Restrains threads to an eighth of their time, and to what they may write in a second. */
  Restraint(int mibPerSecond) {
    this.octetsPerSecond = (long) mibPerSecond << 20;
  }

  /** What one thread has done since it slept. */
  private static final class Work {
    private long since = System.nanoTime();
    private long octets;
  }

  @Override
  public void wrote(int octets) {
    Work work = works.get();
    work.octets += octets;
    long busy = System.nanoTime() - work.since;
    if (busy < STRETCH_NANOS) {
      return;
    }
    long rest = REST * Math.min(busy, LONGEST_NANOS);
    long share = work.octets * SECOND / octetsPerSecond - busy;
    LockSupport.parkNanos(Math.max(rest, share));
    work.octets = 0;
    work.since = System.nanoTime();
  }
}

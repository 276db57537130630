// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
public final class Await {
  private static final long STEP_NANOS = 5_000_000;

  private Await() {}

  /**
   * Returns as soon as a condition holds.
   *
   * @throws AssertionError if it does not in time
   */
  public static void until(Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("did not happen within " + patience);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

/**
 * How many requests of a kind a lane gets done in a time in which it has some, its store's share of
 * that time included. Written by the lane's thread, read by any.
 */
final class ServiceRate {
  private static final long WINDOW_NANOS = 20_000_000;

  /** How much of the rate is that of the last window. */
  private static final double NEWS = 0.25;

  private long served;
  private long busyNanos;
  private volatile double perNano;

  /** A stretch of time in which requests were served or waited. */
  void add(int requests, long nanos) {
    served += requests;
    busyNanos += nanos;
    if (busyNanos >= WINDOW_NANOS) {
      double measured = (double) served / busyNanos;
      perNano = perNano == 0 ? measured : perNano + NEWS * (measured - perNano);
      served = 0;
      busyNanos = 0;
    }
  }

  /**
   * How many are served in a time.
   *
   * @param unknown the answer as long as nothing was measured
   */
  int within(long nanos, int unknown) {
    double rate = perNano;
    return rate == 0 ? unknown : (int) Math.min(Integer.MAX_VALUE, rate * nanos);
  }
}

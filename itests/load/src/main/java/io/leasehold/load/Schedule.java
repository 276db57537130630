// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.util.random.RandomGenerator;

/** When exchanges begin, whatever becomes of them. */
interface Schedule {
  /** When the next one begins, nanoseconds since the beginning of the run. */
  long nextNanos();

  /** The next one has begun. */
  void advance();

  /** In equal intervals. */
  static Schedule even(double rate) {
    return new Schedule() {
      private long count;

      @Override
      public long nextNanos() {
        return (long) (count * (1e9 / rate));
      }

      @Override
      public void advance() {
        count++;
      }
    };
  }

  /** Independent of each other, as many clients are: a Poisson process. */
  static Schedule poisson(double rate, RandomGenerator random) {
    return new Schedule() {
      private double at = interval();

      private double interval() {
        return -Math.log(1 - random.nextDouble()) * (1e9 / rate);
      }

      @Override
      public long nextNanos() {
        return (long) at;
      }

      @Override
      public void advance() {
        at += interval();
      }
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;

/**
 * Looks for the highest rate that is served: doubled until it is not, then narrowed down. What
 * fails is tried once more.
 */
final class Search {
  private static final double CLOSE = 1.04;
  private static final double LOWEST = 10;

  private final double lossAllowed;
  private final double highestRate;
  private final DoubleFunction<Tally> run;
  private final Consumer<Try> listener;
  private final List<Try> tries = new ArrayList<>();
  private Try best;

  /**
   * One try.
   *
   * @param rate exchanges a second asked for
   * @param good whether they were served
   * @param tally how it went
   */
  record Try(double rate, boolean good, Tally tally) {}

  /**
   * @param run runs load of a rate
   * @param listener is told of every try
   */
  Search(Settings settings, DoubleFunction<Tally> run, Consumer<Try> listener) {
    lossAllowed = settings.lossAllowed;
    highestRate = settings.highestRate;
    this.run = run;
    this.listener = listener;
  }

  /** The best try, or null if none was good. */
  Try from(double first) {
    double good = Math.min(first, highestRate);
    double bad;
    if (sustains(good)) {
      bad = doubleFrom(good);
      good = best.rate();
    } else {
      bad = good;
      good = good / 2;
      while (!sustains(good)) {
        bad = good;
        good = good / 2;
        if (good < LOWEST) {
          return null;
        }
      }
    }
    while (bad / good > CLOSE) {
      double middle = Math.sqrt(good * bad);
      if (sustains(middle)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return best;
  }

  /** The first doubled rate that fails, or the highest one. */
  private double doubleFrom(double good) {
    double next = good;
    while (next < highestRate) {
      next = Math.min(next * 2, highestRate);
      if (!sustains(next)) {
        return next;
      }
    }
    return next;
  }

  private boolean sustains(double rate) {
    for (int i = 0; i < 2; i++) {
      Tally tally = run.apply(rate);
      boolean good = tally.lostShare() < lossAllowed && !tally.isGeneratorTheLimit();
      Try one = new Try(rate, good, tally);
      tries.add(one);
      listener.accept(one);
      if (good) {
        best = best == null || rate > best.rate() ? one : best;
        return true;
      }
    }
    return false;
  }

  List<Try> tries() {
    return tries;
  }

  /** Whether the rate above the best one failed because of the generator. */
  boolean isGeneratorTheLimit() {
    double over = Double.MAX_VALUE;
    boolean limit = false;
    for (Try one : tries) {
      if (!one.good() && one.rate() <= over) {
        over = one.rate();
        limit = one.tally().isGeneratorTheLimit();
      }
    }
    return limit;
  }
}

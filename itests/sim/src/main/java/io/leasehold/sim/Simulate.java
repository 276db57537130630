// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import java.io.PrintStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs many seeds on all processors, or one of them with all that happens. */
public final class Simulate {
  private static final long PROGRESS_SECONDS = 20;

  private final PrintStream out;
  private final boolean stops;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong violations = new AtomicLong();

  private Simulate(PrintStream out, boolean stops) {
    this.out = out;
    this.stops = stops;
  }

  /** See {@code ./dev sim}. */
  public static void main(String[] arguments) throws InterruptedException {
    Arguments asked = Arguments.of(arguments);
    Simulate simulate = new Simulate(System.out, asked.stop());
    boolean well =
        asked.hours() > 0
            ? simulate.hours(asked.hours())
            : asked.seed() != null
                ? simulate.one(asked.seed(), asked.trace())
                : simulate.many(asked.from(), asked.seeds());
    System.exit(well ? 0 : 1);
  }

  private boolean hours(int hours) {
    try {
      new SteadyLoad(1).run(hours, out::println);
      return true;
    } catch (RuntimeException | AssertionError e) {
      e.printStackTrace(out);
      return false;
    }
  }

  private boolean one(long seed, boolean trace) {
    try {
      Simulation.Outcome outcome = new Simulation(seed, trace ? out::println : null).run(seed);
      out.println(outcome);
      return true;
    } catch (RuntimeException | AssertionError e) {
      e.printStackTrace(out);
      return false;
    }
  }

  private boolean many(long from, long seeds) throws InterruptedException {
    int workers = Runtime.getRuntime().availableProcessors();
    long started = System.nanoTime();
    next.set(from);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    for (int i = 0; i < workers; i++) {
      threads.execute(() -> work(from + seeds));
    }
    threads.shutdown();
    while (!threads.awaitTermination(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
      report(started);
    }
    report(started);
    return violations.get() == 0;
  }

  private void work(long end) {
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      if (stops && violations.get() > 0) {
        return;
      }
      try {
        Simulation.Outcome outcome = new Simulation(seed, null).run(seed);
        events.addAndGet(outcome.events());
        batches.addAndGet(outcome.batches());
      } catch (RuntimeException | Error e) {
        violations.incrementAndGet();
        String text = String.valueOf(e.getMessage());
        synchronized (out) {
          out.println("VIOLATION seed " + seed + ": " + e.getClass().getSimpleName() + " " + text);
        }
      }
      done.incrementAndGet();
    }
  }

  private void report(long startedNanos) {
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    out.printf(
        "%d seeds in %.0f s (%.1f seeds/s), %d events, %d durable batches, %d violations%n",
        done.get(), seconds, done.get() / seconds, events.get(), batches.get(), violations.get());
  }
}

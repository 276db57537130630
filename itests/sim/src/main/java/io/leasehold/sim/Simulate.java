// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.sim.pair.PairSimulation;
import io.leasehold.sim.pool.PoolSimulation;
import java.io.PrintStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Runs many seeds on all processors, or one of them with all that happens. */
public final class Simulate {
  private static final long PROGRESS_SECONDS = 20;

  private final PrintStream out;
  private final Kind kind;
  private final boolean stops;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong deeds = new AtomicLong();
  private final AtomicLong violations = new AtomicLong();

  /** What lives of one kind are. */
  private record Kind(String deeds, BiFunction<Long, Consumer<String>, Lived> life) {
    static final Kind ONE = new Kind("durable batches", Kind::one);
    static final Kind PAIR = new Kind("promises", (seed, heard) -> pair(seed, false, heard));
    static final Kind PAIR_OF_BOTH = new Kind("promises", (seed, heard) -> pair(seed, true, heard));

    static final Kind POOL = new Kind("updates among registrars", Kind::pool);

    private static Lived one(long seed, Consumer<String> listenerOrNull) {
      Simulation.Outcome outcome = new Simulation(seed, listenerOrNull).run(seed);
      return new Lived(outcome.events(), outcome.batches(), outcome.toString());
    }

    private static Kind of(Arguments asked) {
      if (asked.pool()) {
        return POOL;
      }
      return !asked.pair() ? ONE : asked.dhcp4() ? PAIR_OF_BOTH : PAIR;
    }

    private static Lived pool(long seed, Consumer<String> listenerOrNull) {
      PoolSimulation.Outcome outcome = new PoolSimulation(seed, listenerOrNull).run();
      return new Lived(outcome.events(), outcome.updates(), outcome.toString());
    }

    private static Lived pair(long seed, boolean dhcp4, Consumer<String> listenerOrNull) {
      PairSimulation.Outcome outcome = new PairSimulation(seed, dhcp4, listenerOrNull).run(seed);
      return new Lived(outcome.events(), outcome.promises(), outcome.toString());
    }
  }

  /** How one life went. */
  private record Lived(long events, long deeds, String outcome) {}

  private Simulate(PrintStream out, Kind kind, boolean stops) {
    this.out = out;
    this.kind = kind;
    this.stops = stops;
  }

  /** See {@code ./dev sim}. */
  public static void main(String[] arguments) throws InterruptedException {
    Arguments asked = Arguments.of(arguments);
    Simulate simulate = new Simulate(System.out, Kind.of(asked), asked.stop());
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
      out.println(kind.life().apply(seed, trace ? out::println : null).outcome());
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
        Lived lived = kind.life().apply(seed, null);
        events.addAndGet(lived.events());
        deeds.addAndGet(lived.deeds());
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
        "%d seeds in %.0f s (%.1f seeds/s), %d events, %d %s, %d violations%n",
        done.get(),
        seconds,
        done.get() / seconds,
        events.get(),
        deeds.get(),
        kind.deeds(),
        violations.get());
  }
}

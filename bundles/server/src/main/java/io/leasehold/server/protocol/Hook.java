// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.hook.PacketInterceptor;
import io.leasehold.server.InterceptorStatus;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.ServerCounter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One interceptor, and how it does. It is disabled when it fails so often in a row, or when too
 * many of its calls within a minute take too long: a faulty bundle must not keep clients from being
 * served. Any thread.
 */
public final class Hook {
  /** Calls over budget that are forgiven in a minute, however few calls there are. */
  public static final int FORGIVEN = 20;

  private static final Logger LOG = LoggerFactory.getLogger(Hook.class);
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int PER_CENT = 100;

  private final PacketInterceptor interceptor;
  private final String name;
  private final Patience patience;
  private final LongSupplier nanos;
  private final Counters counters;
  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder slow = new LongAdder();
  private final LongAdder spent = new LongAdder();
  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
  private final AtomicInteger inARow = new AtomicInteger();
  private long windowBegan;
  private long callsBefore;
  private long slowInWindow;
  private volatile String disabled = "";

  /**
   * Has not been asked yet.
   *
   * @param nanos a clock that never goes back
   */
  Hook(PacketInterceptor interceptor, Patience patience, LongSupplier nanos, Counters counters) {
    this.interceptor = interceptor;
    this.name = name(interceptor);
    this.patience = patience;
    this.nanos = nanos;
    this.counters = counters;
  }

  private static String name(PacketInterceptor interceptor) {
    try {
      String name = interceptor.name();
      return name == null || name.isBlank() ? interceptor.getClass().getName() : name;
    } catch (RuntimeException e) {
      return interceptor.getClass().getName();
    }
  }

  /** The interceptor itself. */
  public PacketInterceptor interceptor() {
    return interceptor;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Why it is not asked; empty if it is. */
  public String disabled() {
    return disabled;
  }

  /**
   * What it answers.
   *
   * @param otherwise if it fails or is disabled
   */
  <T> T ask(Supplier<T> question, T otherwise) {
    if (!disabled.isEmpty()) {
      return otherwise;
    }
    long begun = nanos.getAsLong();
    T answer = null;
    Throwable failure = null;
    try {
      answer = question.get();
    } catch (RuntimeException | LinkageError e) { // a bundle may not fit this one
      failure = e;
    }
    note(begun, nanos.getAsLong());
    if (answer == null) {
      failed(failure);
      return otherwise;
    }
    if (inARow.get() != 0) {
      inARow.set(0);
    }
    return answer;
  }

  private void note(long begun, long ended) {
    calls.increment();
    spent.add(ended - begun);
    longest.accumulate(ended - begun);
    if (ended - begun > patience.budget().toNanos()) {
      tookTooLong(ended);
    }
  }

  private void failed(Throwable failureOrNull) {
    failures.increment();
    counters.count(ServerCounter.INTERCEPTOR_FAILED.word());
    LOG.debug("interceptor {} failed", name, failureOrNull);
    if (inARow.incrementAndGet() == patience.failures()) {
      String last = failureOrNull == null ? "it answered null" : failureOrNull.toString();
      disable("it failed " + patience.failures() + " times in a row, at last: " + last);
    }
  }

  private synchronized void tookTooLong(long now) {
    slow.increment();
    counters.count(ServerCounter.INTERCEPTOR_OVER_BUDGET.word());
    if (slowInWindow == 0 || now - windowBegan > WINDOW_NANOS) {
      windowBegan = now;
      callsBefore = calls.sum() - 1;
      slowInWindow = 0;
    }
    slowInWindow++;
    long callsInWindow = calls.sum() - callsBefore;
    if (slowInWindow > FORGIVEN && slowInWindow * PER_CENT > callsInWindow) {
      disable(
          "%d of %d calls within a minute took longer than %d ms"
              .formatted(slowInWindow, callsInWindow, patience.budget().toMillis()));
    }
  }

  private void disable(String why) {
    if (disabled.isEmpty()) {
      disabled = why;
      counters.count(ServerCounter.INTERCEPTOR_DISABLED.word());
      LOG.error("interceptor {} is disabled: {}", name, why);
    }
  }

  /** Asks it again from now on. */
  synchronized void enable() {
    disabled = "";
    inARow.set(0);
    slowInWindow = 0;
  }

  /** What wants attention; empty if nothing does. */
  String alarm() {
    String why = disabled;
    if (!why.isEmpty()) {
      return "the interceptor %s is disabled and lets everything pass: %s; dhcp:interceptor-enable %s asks it again"
          .formatted(name, why, name);
    }
    return recentlySlow()
        ? "the interceptor %s takes longer than it may now and then (%d of %d calls so far)"
            .formatted(name, slow.sum(), calls.sum())
        : "";
  }

  private synchronized boolean recentlySlow() {
    return slowInWindow > 0 && nanos.getAsLong() - windowBegan <= WINDOW_NANOS;
  }

  /**
   * How it does.
   *
   * @param bundle that it is from
   */
  public InterceptorStatus status(String bundle) {
    String why = disabled;
    return new InterceptorStatus(
        name,
        bundle,
        why.isEmpty(),
        why,
        calls.sum(),
        failures.sum(),
        slow.sum(),
        Duration.ofNanos(spent.sum()),
        Duration.ofNanos(longest.get()));
  }
}

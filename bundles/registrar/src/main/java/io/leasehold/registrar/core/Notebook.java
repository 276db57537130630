// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.core;

import io.leasehold.pool.RegistrarControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a registrar notes for operators: counters, events, and alarms, which last until they are
 * cleared. Of the thread of the registrar.
 */
public final class Notebook {
  /** Events that are kept. */
  static final int MOST_EVENTS = 256;

  /** Alarms at a time; no further one is kept. */
  static final int MOST_ALARMS = 64;

  private final InstantSource clock;
  private final Consumer<String> log;
  private final Map<Enum<?>, Long> counters = new HashMap<>();
  private final Deque<RegistrarControl.Event> events = new ArrayDeque<>();
  private final Map<String, String> alarms = new TreeMap<>();

  /**
   * An empty one.
   *
   * @param clock for the times that people see
   * @param log takes events and alarms, a sentence each
   */
  public Notebook(InstantSource clock, Consumer<String> log) {
    this.clock = clock;
    this.log = log;
  }

  /** Counts; the name is that of the constant in kebab case, the same in all of its enums. */
  public void count(Enum<?> what) {
    counters.merge(what, 1L, Long::sum);
  }

  /** How often that was counted. */
  public long counted(Enum<?> what) {
    return counters.getOrDefault(what, 0L);
  }

  /** Shows a counter though it was never counted. */
  public void declare(Enum<?>... whats) {
    for (Enum<?> each : whats) {
      counters.putIfAbsent(each, 0L);
    }
  }

  /** Something happened that is rare, and that may be logged: without handles and addresses. */
  public void event(String what) {
    note(what);
    log.accept(what);
  }

  /** Something happened that only operators who ask for it see. */
  public void note(String what) {
    if (events.size() == MOST_EVENTS) {
      events.removeFirst();
    }
    events.addLast(new RegistrarControl.Event(clock.instant(), what));
  }

  /**
   * Something wants attention until it is cleared; noted as an event when it begins or says
   * something else.
   *
   * @param subject what it is about, which has one alarm at most
   * @param what a sentence that says what is wrong, and what can be done
   * @return whether it is kept: there may be too many
   */
  public boolean alarm(String subject, String what) {
    boolean isKnown = alarms.containsKey(subject);
    if (!isKnown && alarms.size() == MOST_ALARMS) {
      return false;
    }
    if (!what.equals(alarms.put(subject, what))) {
      event(what);
    }
    return true;
  }

  /** What an alarm was about is well again. */
  public void clear(String subject) {
    String what = alarms.remove(subject);
    if (what != null) {
      event("over: " + what);
    }
  }

  /** Counters by name in kebab case. */
  public Map<String, Long> counters() {
    Map<String, Long> named = new TreeMap<>();
    counters.forEach((what, count) -> named.merge(name(what), count, Long::sum));
    return named;
  }

  private static String name(Enum<?> what) {
    return what.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What wants attention, a sentence each. */
  public List<String> alarms() {
    return List.copyOf(alarms.values());
  }

  /** The latest events, the oldest first. */
  public List<RegistrarControl.Event> events() {
    return List.copyOf(events);
  }

  /** The time of people that is so far away. */
  public Instant in(Duration distance) {
    return clock.instant().plus(distance);
  }
}

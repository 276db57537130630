// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A world with its own time, in which nothing happens but events, one after the other, and in which
 * all chance comes from one seed. After every event the invariants are checked; the first failure
 * ends the run with the seed and the last events.
 */
public final class SimWorld {
  private static final int LAST_EVENTS = 50;
  private static final long BEGINNING = 1_700_000_000_123L;

  private final long seed;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<String, Runnable> invariants = new LinkedHashMap<>();
  private final Deque<Supplier<String>> last = new ArrayDeque<>();
  private Consumer<String> listener;
  private long history;
  private Throwable broken;
  private long millis = BEGINNING;
  private long scheduled;
  private long happened;

  /** A world in which nothing is going to happen yet. */
  public SimWorld(long seed) {
    this.seed = seed;
  }

  /** Something that is going to happen. */
  public static final class Event implements Comparable<Event> {
    private final long at;
    private final long number;
    private final Runnable action;
    private boolean cancelled;

    private Event(long at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }

    /** Keeps it from happening. */
    public void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Event other) {
      int order = Long.compare(at, other.at);
      return order == 0 ? Long.compare(number, other.number) : order;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }
  }

  /** Virtual milliseconds since 1970. */
  public long millis() {
    return millis;
  }

  /** The second of virtual time that has begun. */
  public long seconds() {
    return millis / 1000;
  }

  /** How many events have happened. */
  public long happened() {
    return happened;
  }

  /** A source of chance for one purpose; what others draw does not change it. */
  public RandomGenerator random(String purpose) {
    return new SplittableRandom(seed * 0x9e3779b97f4a7c15L + purpose.hashCode());
  }

  /** Lets something happen later. */
  public Event after(long delayMillis, Runnable action) {
    Event event = new Event(millis + Math.max(0, delayMillis), scheduled++, action);
    events.add(event);
    return event;
  }

  /** Writes an effect into the history of this world. */
  public void note(String text) {
    note(text.hashCode(), () -> text);
  }

  /**
   * Writes an effect into the history of this world.
   *
   * @param digest stands for every detail of it
   * @param readable the same for people, asked for only when something goes wrong
   */
  public void note(long digest, Supplier<String> readable) {
    long at = millis;
    history = (history ^ digest) * 0x9e3779b97f4a7c15L + at;
    history ^= history >>> 29;
    last.addLast(() -> time(at) + readable.get());
    if (last.size() > LAST_EVENTS) {
      last.removeFirst();
    }
    if (listener != null) {
      listener.accept(time(at) + readable.get());
    }
  }

  private static String time(long at) {
    long since = at - BEGINNING;
    return since / 1000 + "." + String.valueOf(1000 + since % 1000).substring(1) + " ";
  }

  /** Shows everything that is noted from now on. */
  public void listen(Consumer<String> to) {
    listener = to;
  }

  /**
   * Ends the run with the event that happens now. For those whose exceptions do not come through to
   * this world, because who calls them holds exceptions up.
   */
  public void fail(String why) {
    if (broken == null) {
      broken = new AssertionError(why);
    }
  }

  /** Checks something after every event from now on; it throws if it does not hold. */
  public void checkAlways(String name, Runnable check) {
    invariants.put(name, check);
  }

  /** Lets virtual time pass. */
  public void run(Duration time) {
    runUntil(() -> false, time);
  }

  /**
   * Lets virtual time pass until something holds. An event may call this too, for what takes time;
   * other events happen meanwhile.
   *
   * @param most how long to wait for it
   * @return whether it holds
   */
  public boolean runUntil(BooleanSupplier holds, Duration most) {
    long end = millis + most.toMillis();
    while (!holds.getAsBoolean()) {
      Event next = events.peek();
      if (next == null || next.at > end) {
        millis = Math.max(millis, end);
        return holds.getAsBoolean();
      }
      events.remove();
      if (!next.cancelled) {
        millis = Math.max(millis, next.at);
        happen(next);
      }
    }
    return true;
  }

  private void happen(Event event) {
    happened++;
    try {
      event.action.run();
      for (Map.Entry<String, Runnable> invariant : invariants.entrySet()) {
        check(invariant.getKey(), invariant.getValue());
      }
    } catch (RuntimeException | AssertionError failure) {
      // An event within another one may have failed, and this is what came of it.
      broken = broken == null ? failure : broken;
    }
    if (broken instanceof SimFailure failure) {
      throw failure;
    } else if (broken != null) {
      SimFailure failure = new SimFailure(seed, lastEvents(), broken);
      broken = failure;
      throw failure;
    }
  }

  private void check(String name, Runnable invariant) {
    try {
      invariant.run();
    } catch (AssertionError broken) {
      throw new AssertionError(name + ": " + broken.getMessage(), broken);
    }
  }

  /** Fails with the seed and the last events. */
  public SimFailure failure(String why) {
    return new SimFailure(seed, lastEvents(), new AssertionError(why));
  }

  /** A digest of the history up to now, for comparison with that of another run. */
  public long history() {
    return history;
  }

  /** The last events, at most {@value #LAST_EVENTS}. */
  public List<String> lastEvents() {
    return last.stream().map(Supplier::get).toList();
  }
}

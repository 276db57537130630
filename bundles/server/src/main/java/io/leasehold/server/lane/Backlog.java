// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.net.Family;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.protocol.Precedence;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests that wait for a lane. Any thread puts in, the lane's takes out. Bounded; what is not
 * taken in, or has waited too long, is dropped and counted with its reason.
 *
 * <p>They are taken out by {@link Precedence}, in the order of their coming within one. Requests
 * whose answer waits for the store stand apart: while the store is busy they gather, and those that
 * can be answered at once do not stand behind them.
 */
public final class Backlog {
  private record Waiting(Job<?> job, Retransmission sameness, long since) {}

  /** Requests that were taken out and are answered when the store has taken their changes. */
  public static final class Open {
    private final List<Retransmission> requests = new ArrayList<>();

    private Open() {}
  }

  private static final class Line {
    private final Queue<Waiting> atOnce = new ConcurrentLinkedQueue<>();
    private final Queue<Waiting> promising = new ConcurrentLinkedQueue<>();
  }

  private final Admission admission;
  private final Counters counters;
  private final Unanswered unanswered;
  private final Line[] lines = new Line[Precedence.values().length];
  private final AtomicInteger first = new AtomicInteger();
  private final AtomicInteger beginning = new AtomicInteger();

  /**
   * An empty one.
   *
   * @param capacity how many requests may wait
   * @param seed makes the hashes of requests different in every process
   */
  public Backlog(int capacity, Counters counters, long seed) {
    this.admission = new Admission(capacity);
    this.counters = counters;
    this.unanswered = new Unanswered(seed);
    for (Precedence each : Precedence.values()) {
      lines[each.ordinal()] = new Line();
    }
  }

  /**
   * Lets a request wait; false if it was dropped, which is counted.
   *
   * @param now nanoseconds of a clock that never goes back
   */
  public boolean offer(Job<?> job, long now) {
    Precedence precedence = job.request().precedence();
    if (!admission.admits(precedence, first.get(), beginning.get(), now)) {
      boolean begins = precedence == Precedence.BEGINS;
      drop(begins ? PacketCounter.OVERLOAD : PacketCounter.QUEUE_FULL, job);
      return false;
    }
    Retransmission sameness = unanswered.begin(job);
    if (sameness == null) {
      drop(PacketCounter.DUPLICATE, job);
      return false;
    }
    count(precedence).incrementAndGet();
    Line line = lines[precedence.ordinal()];
    (job.request().promises() ? line.promising : line.atOnce).add(new Waiting(job, sameness, now));
    return true;
  }

  /** Whether a request that begins a conversation would be dropped now. */
  public boolean refusesBeginnings(long now) {
    return !admission.admits(Precedence.BEGINS, first.get(), beginning.get(), now);
  }

  /** Whether beginnings were dropped lately. */
  public boolean isShedding(long now) {
    return admission.isShedding(now);
  }

  /**
   * Takes requests out for one turn.
   *
   * @param withPromises whether also those whose answer waits for the store
   * @param now nanoseconds of the clock of {@link #offer}
   * @return to be given to {@link #answered} when the store has taken what they changed
   */
  public Open take(List<Job<?>> into, boolean withPromises, long now) {
    Open open = new Open();
    int before = into.size();
    take(Precedence.KEEPS, into, withPromises, open, now);
    take(Precedence.COMPLETES, into, withPromises, open, now);
    int taken = into.size() - before;
    take(Precedence.BEGINS, into, withPromises, open, now);
    int takenBeginning = into.size() - before - taken;
    admission.takes(taken, takenBeginning, first.get(), beginning.get(), now);
    return open;
  }

  /** What was taken out is decided; time without work does not count from now on. */
  public void turned(long now) {
    admission.turned(first.get(), beginning.get(), now);
  }

  private void take(
      Precedence precedence, List<Job<?>> into, boolean withPromises, Open open, long now) {
    Line line = lines[precedence.ordinal()];
    take(line.atOnce, precedence, into, null, now);
    if (withPromises) {
      take(line.promising, precedence, into, open, now);
    }
  }

  private void take(
      Queue<Waiting> from, Precedence precedence, List<Job<?>> into, Open openOrNull, long now) {
    int most =
        precedence == Precedence.BEGINS
            ? Admission.MOST_BEGINNINGS_PER_TURN
            : admission.mostPerTurn();
    for (Waiting next; most > 0 && (next = from.poll()) != null; ) {
      count(precedence).decrementAndGet();
      if (admission.isStale(precedence, now - next.since())) {
        unanswered.end(next.sameness());
        drop(PacketCounter.STALE, next.job());
        continue;
      }
      if (openOrNull == null) {
        unanswered.end(next.sameness());
      } else {
        openOrNull.requests.add(next.sameness());
      }
      into.add(next.job());
      most--;
    }
  }

  /** Requests are answered; whoever sends one again is answered again. Any thread. */
  public void answered(Open open) {
    open.requests.forEach(unanswered::end);
  }

  /** Whether nothing waits that could be taken out. */
  public boolean isEmpty(boolean withPromises) {
    for (Line line : lines) {
      if (!line.atOnce.isEmpty() || withPromises && !line.promising.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** How many wait. */
  public int size() {
    return first.get() + beginning.get();
  }

  private AtomicInteger count(Precedence precedence) {
    return precedence == Precedence.BEGINS ? beginning : first;
  }

  private void drop(PacketCounter why, Job<?> job) {
    Family family = job.request().family();
    counters.count(PacketCounter.RECEIVE_DROP.of(family));
    job.drop(why, counters);
  }
}

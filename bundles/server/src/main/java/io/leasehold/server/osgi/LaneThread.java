// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseStore;
import io.leasehold.server.lane.Backlog;
import io.leasehold.server.lane.Job;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.Turn;
import io.leasehold.server.metric.Counters;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one lane: takes what waits, lets the lane decide, hands the changes to the store and lets
 * the replies go when they are durable. While the store syncs, requests gather, and the next turn
 * takes them all: batches form by themselves.
 *
 * <p>A turn is taken by whoever brings requests, or word from the store, while they are few: no
 * other thread has to wake up for them. The lane's own thread takes over when more has gathered, so
 * that receiving and committing go on meanwhile, and does what takes longer or has its time.
 */
final class LaneThread implements Runnable, LaneWork.Attendant {
  private static final Logger LOG = LoggerFactory.getLogger(LaneThread.class);

  /** With more than these waiting, waking the lane's thread costs little for each. */
  private static final int JOBS_OF_OTHERS = 32;

  /** Turns that somebody else takes one after the other, and looks whether there is one. */
  private static final int TURNS_OF_OTHERS = 4;

  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * What all lanes share.
   *
   * @param queueCapacity how many requests may wait for one lane
   * @param seed makes hashes of what clients send different in every process
   * @param nanos a clock that never goes back
   * @param dispatch takes a request to the lane it belongs to
   * @param committed is told what became durable, by whoever works for the lane; must not block
   * @param prober finds out whether somebody uses an address
   */
  record Setting(
      int queueCapacity,
      long seed,
      Counters counters,
      InstantSource clock,
      LongSupplier nanos,
      Consumer<Job<?>> dispatch,
      Consumer<List<LeaseChange>> committed,
      Prober prober) {}

  private final int index;
  private final Lane lane;
  private final LaneQueue queue;
  private final LaneWork work;
  private final Thread thread;
  private final Baton baton;
  private long sleepNanos;
  private boolean stopped;

  /**
   * A lane at rest; {@link #start} sets it going.
   *
   * @param setting what all lanes share
   */
  LaneThread(int index, Lane lane, Setting setting) {
    this.index = index;
    this.lane = lane;
    this.queue =
        new LaneQueue(
            index,
            new Backlog(setting.queueCapacity(), setting.counters(), setting.seed()),
            setting.nanos());
    this.work = new LaneWork(index, lane, queue, setting, this);
    this.thread = new Thread(this, "leasehold-server-lane-" + index);
    this.baton = new Baton(() -> LockSupport.unpark(thread));
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> LOG.error("{} ended", t.getName(), e));
  }

  /** Starts the thread. */
  LaneThread start() {
    thread.start();
    return this;
  }

  /**
   * Offers a request; one that is not taken is counted. It is answered when {@link #attend} or
   * {@link #wake} is called.
   */
  void offer(Job<?> job) {
    queue.offer(job);
  }

  /** Whether requests that begin conversations were dropped lately. */
  boolean isShedding() {
    return queue.isShedding();
  }

  /** Whether a request that begins a conversation would be dropped now. */
  boolean refusesBeginnings() {
    return queue.refusesBeginnings();
  }

  /** Answers what waits, if it is little and nobody is at it; otherwise sees that somebody does. */
  @Override
  public void attend() {
    if (!work.isThere()) {
      return;
    }
    if (isMuch()) {
      wake();
    } else if (baton.take()) {
      attendHolding();
    }
  }

  @Override
  public void attendMuch() {
    if (isMuch()) {
      wake();
    }
  }

  private void attendHolding() {
    boolean done = false;
    try {
      for (int turns = 0; turns < TURNS_OF_OTHERS && !done && !isMuch(); turns++) {
        done = !work.round() && baton.release();
      }
    } catch (RuntimeException e) {
      LOG.error("lane {}: a turn was not finished", index, e);
    } finally {
      if (!done) {
        baton.pass();
      }
    }
  }

  private boolean isMuch() {
    return queue.size() > JOBS_OF_OTHERS;
  }

  /** Lets the lane's thread answer what waits. */
  void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public void tell(Runnable what) {
    queue.tell(what);
    attend();
  }

  private void post(Runnable task) {
    queue.post(task);
    wake();
  }

  /** Runs something on the lane's thread between two turns. */
  <T> CompletableFuture<T> call(Function<Lane, T> what) {
    CompletableFuture<T> result = new CompletableFuture<>();
    post(
        () -> {
          try {
            result.complete(what.apply(lane));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** The same for what has no result. */
  CompletableFuture<Void> let(Consumer<Lane> what) {
    return call(
        lane -> {
          what.accept(lane);
          return null;
        });
  }

  /**
   * Runs something that changes leases; completes with the number of changes when they are durable.
   */
  CompletableFuture<Long> change(Function<Lane, Turn> what) {
    CompletableFuture<Long> durable = new CompletableFuture<>();
    post(() -> work.change(what, durable));
    return durable;
  }

  /**
   * The same for changes that may be lost with the power: completes with their number when they are
   * made. They are written with what is written next, or a second later.
   */
  CompletableFuture<Long> amend(Function<Lane, Turn> what) {
    CompletableFuture<Long> made = new CompletableFuture<>();
    post(() -> work.amend(what, made));
    return made;
  }

  /**
   * Takes no further request until {@link #resume}; completes when nothing that the lane gave to
   * the store is open.
   */
  CompletableFuture<Void> pause() {
    CompletableFuture<Void> quiet = new CompletableFuture<>();
    post(() -> work.pause(quiet));
    return quiet;
  }

  /** Ends a pause. */
  void resume() {
    post(work::resume);
  }

  /**
   * Uses a store from now on; the lane's leases are those of the store. On the lane's thread.
   *
   * @param next the store, or null for none
   */
  void trust(LeaseStore next) {
    work.trust(next);
  }

  /** Whether changes have failed, so that the lane's leases may differ from the store's. */
  boolean hasLostStore() {
    return work.hasLostStore();
  }

  int queued() {
    return queue.size();
  }

  /** Ends the thread after the turn it is in; waits for it. */
  void stop() {
    post(
        () -> {
          work.save();
          stopped = true;
        });
    boolean interrupted = false;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    while (!stopped) {
      if (!round() && !stopped) {
        LockSupport.parkNanos(this, sleepNanos);
      }
    }
  }

  /**
   * Does what there is to do, without waiting; on the lane's thread.
   *
   * @return whether it answered requests, so that it may have more to do
   */
  boolean round() {
    sleepNanos = LONGEST_SLEEP_NANOS;
    if (!baton.takeAsOwner()) {
      return false; // and woken when it is passed on
    }
    boolean busy;
    do {
      for (Runnable task; (task = queue.task()) != null; ) {
        task.run();
      }
      if (stopped) {
        return false; // and keeps the baton: nobody else goes on
      }
      busy = work.round();
      work.reclaim();
      work.saveWhatIsOld();
      sleepNanos = work.sleepNanos();
    } while (!baton.release());
    return busy;
  }
}

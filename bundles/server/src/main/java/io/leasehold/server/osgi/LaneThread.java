// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Position;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.server.lane.Backlog;
import io.leasehold.server.lane.Job;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.Reply;
import io.leasehold.server.lane.Turn;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.metric.ServerCounter;
import io.leasehold.server.protocol.ProbeWish;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one lane: takes what waits, lets the lane decide, hands the changes to the store and lets
 * the replies go when they are durable. While the store syncs, requests gather, and the next turn
 * takes them all: batches form by themselves.
 */
final class LaneThread implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LaneThread.class);
  private static final int CHANGES_PER_BATCH = 1024;
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * What all lanes share.
   *
   * @param queueCapacity how many requests may wait for one lane
   * @param seed makes hashes of what clients send different in every process
   * @param nanos a clock that never goes back
   * @param dispatch takes a request to the lane it belongs to
   * @param committed is told what became durable, on the lane's thread; must not block
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

  private record Verdict(LeaseKey key, boolean inUse) {}

  private final int index;
  private final Lane lane;
  private final LaneQueue queue;
  private final Consumer<Job<?>> elsewhere;
  private final Consumer<List<LeaseChange>> committed;
  private final Counters counters;
  private final InstantSource clock;
  private final Thread thread;
  private final Prober prober;
  private final Deque<Runnable> afterPause = new ArrayDeque<>(0);
  private final Deque<Verdict> verdicts = new ArrayDeque<>(0);
  private final List<Job<?>> jobs = new ArrayList<>();
  private LeaseStore store;
  private int inFlight;
  private boolean stopped;
  private CompletableFuture<Void> paused;
  private volatile boolean storeTrusted;

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
    this.counters = setting.counters();
    this.clock = setting.clock();
    this.elsewhere = setting.dispatch();
    this.committed = setting.committed();
    this.prober = setting.prober();
    this.thread = new Thread(this, "leasehold-server-lane-" + index);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> LOG.error("{} ended", t.getName(), e));
  }

  /** Starts the thread. */
  LaneThread start() {
    thread.start();
    return this;
  }

  /** Offers a request; one that is not taken is counted. */
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

  /** Runs something on the lane's thread between two turns. */
  <T> CompletableFuture<T> call(Function<Lane, T> what) {
    CompletableFuture<T> result = new CompletableFuture<>();
    queue.post(
        () -> {
          try {
            result.complete(what.apply(lane));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /**
   * Runs something that changes leases; completes with the number of changes when they are durable.
   */
  CompletableFuture<Long> change(Function<Lane, Turn> what) {
    CompletableFuture<Long> durable = new CompletableFuture<>();
    queue.post(() -> change(what, durable));
    return durable;
  }

  private void change(Function<Lane, Turn> what, CompletableFuture<Long> durable) {
    if (paused != null) {
      // The lane's leases are on their way into other tables: what is changed here would be undone.
      afterPause.add(() -> change(what, durable));
    } else if (!storeTrusted) {
      durable.completeExceptionally(
          new StoreUnavailableException("the lease store takes no changes"));
    } else {
      try {
        commit(what.apply(lane), durable);
      } catch (RuntimeException e) {
        durable.completeExceptionally(e);
      }
    }
  }

  /**
   * Uses a store from now on; the lane's leases are those of the store.
   *
   * @param next the store, or null for none
   */
  void trust(LeaseStore next) {
    store = next;
    storeTrusted = next != null;
  }

  /**
   * Takes no further request until {@link #resume}; completes when nothing that the lane gave to
   * the store is open.
   */
  CompletableFuture<Void> pause() {
    CompletableFuture<Void> quiet = new CompletableFuture<>();
    queue.post(() -> paused = quiet);
    return quiet;
  }

  /** Ends a pause. */
  void resume() {
    queue.post(
        () -> {
          paused = null;
          for (Runnable task; (task = afterPause.poll()) != null; ) {
            task.run();
          }
        });
  }

  /** Whether changes have failed, so that the lane's leases may differ from the store's. */
  boolean hasLostStore() {
    return !storeTrusted;
  }

  int queued() {
    return queue.size();
  }

  /** Ends the thread after the turn it is in; waits for it. */
  void stop() {
    queue.post(() -> stopped = true);
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
        queue.await(isServing(), isServing() && inFlight == 0, sleepNanos());
      }
    }
  }

  /**
   * Does what there is to do, without waiting; on the lane's thread.
   *
   * @return whether it answered requests, so that it may have more to do
   */
  boolean round() {
    for (Runnable task; (task = queue.task()) != null; ) {
      task.run();
    }
    if (paused != null && inFlight == 0) {
      paused.complete(null);
    }
    if (!isServing()) {
      return false;
    }
    boolean mayPromise = inFlight == 0;
    heedVerdicts();
    return turn(mayPromise);
  }

  private boolean isServing() {
    return paused == null && lane.regime() != null;
  }

  /** Answers what waits; requests that promise something only while the store has nothing of us. */
  private boolean turn(boolean mayPromise) {
    long now = clock.millis() / 1000;
    if (storeTrusted && mayPromise && lane.nextDeadline() <= now) {
      commit(lane.reclaim(now), new CompletableFuture<>());
    }
    jobs.clear();
    Backlog.Open open = queue.drainTo(jobs, mayPromise);
    if (jobs.isEmpty()) {
      return false;
    }
    jobs.replaceAll(this::underThisRegime);
    jobs.removeIf(job -> job == null);
    CompletableFuture<Long> answered = new CompletableFuture<>();
    answered.whenComplete((changes, failure) -> queue.answered(open));
    take(lane.turn(jobs, now, storeTrusted), answered);
    return true;
  }

  private void take(Turn turn, CompletableFuture<Long> durable) {
    send(turn.immediate());
    for (ProbeWish wish : turn.probes()) {
      prober.ask(wish, inUse -> queue.post(() -> verdicts.add(new Verdict(wish.key(), inUse))));
    }
    commit(turn, durable);
  }

  /** Not during a pause, for leases change by it. */
  private void heedVerdicts() {
    long now = clock.millis() / 1000;
    for (Verdict verdict; (verdict = verdicts.poll()) != null; ) {
      take(
          lane.probed(verdict.key(), verdict.inUse(), now, storeTrusted),
          new CompletableFuture<>());
    }
  }

  /**
   * A request that was accepted under a plan that is no more is accepted anew, so that a reload
   * loses no packet.
   */
  private Job<?> underThisRegime(Job<?> job) {
    if (job.regime() == lane.regime()) {
      return job;
    }
    Job<?> anew = job.under(lane.regime());
    if (anew != null && lane.regime().laneOf(anew.request()) != index) {
      elsewhere.accept(anew);
      return null;
    }
    return anew;
  }

  private void commit(Turn turn, CompletableFuture<Long> durable) {
    List<LeaseChange> changes = turn.changes();
    if (changes.isEmpty()) {
      durable.complete(0L);
      return;
    }
    inFlight++;
    append(changes)
        .whenComplete(
            (done, failure) -> {
              queue.post(() -> settle(turn, changes, failure, durable));
              if (failure == null) {
                // From the store's thread: no reply waits until the lane has woken up.
                send(turn.whenDurable());
              }
            });
  }

  private CompletionStage<?> append(List<LeaseChange> changes) {
    if (changes.size() <= CHANGES_PER_BATCH) {
      return store.append(Batch.of(changes));
    }
    List<CompletableFuture<Position>> parts = new ArrayList<>();
    for (int from = 0; from < changes.size(); from += CHANGES_PER_BATCH) {
      int to = Math.min(changes.size(), from + CHANGES_PER_BATCH);
      parts.add(store.append(Batch.of(changes.subList(from, to))).toCompletableFuture());
    }
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
  }

  private void settle(
      Turn turn, List<LeaseChange> changes, Throwable failure, CompletableFuture<Long> durable) {
    inFlight--;
    if (failure == null) {
      counters.add(ServerCounter.LEASES_COMMITTED.word(), changes.size());
      durable.complete((long) changes.size());
      committed.accept(changes);
      return;
    }
    turn.whenDurable()
        .forEach(reply -> counters.count(PacketCounter.NOT_DURABLE.of(reply.family())));
    if (storeTrusted) {
      storeTrusted = false;
      LOG.error("leases cannot be made durable, replies are held back: {}", failure.getMessage());
    }
    durable.completeExceptionally(failure);
  }

  private void send(List<Reply> replies) {
    for (Reply reply : replies) {
      if (reply.send()) {
        counters.count(PacketCounter.SENT.of(reply.family()));
        counters.count(reply.counter());
      } else {
        counters.count(PacketCounter.SEND_FAILED.of(reply.family()));
      }
    }
  }

  private long sleepNanos() {
    long deadline = lane.nextDeadline();
    if (!storeTrusted || deadline == Long.MAX_VALUE) {
      return LONGEST_SLEEP_NANOS;
    }
    long millis = deadline * 1000 - clock.millis();
    return Math.max(
        1_000_000, Math.min(LONGEST_SLEEP_NANOS, TimeUnit.MILLISECONDS.toNanos(millis)));
  }
}

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one lane: lets the lane decide, hands the changes to the store and lets the replies
 * go when they are durable. One thread at a time, except where it says otherwise.
 */
final class LaneWork {
  private static final Logger LOG = LoggerFactory.getLogger(LaneWork.class);
  private static final int CHANGES_PER_BATCH = 1024;
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Amendments that are written with other changes: few, for somebody waits for those. */
  private static final int MOST_BESIDE = 128;

  /** Sees that work is done, on whatever thread. Any thread. */
  interface Attendant {
    /** There may be work. */
    void attend();

    /** There may be much work, which somebody else should do. */
    void attendMuch();

    /** Something has happened that the work has to hear of. */
    void tell(Runnable what);
  }

  private record Verdict(LeaseKey key, boolean inUse) {}

  private final int index;
  private final Lane lane;
  private final LaneQueue queue;
  private final Attendant attendant;
  private final Consumer<Job<?>> elsewhere;
  private final Consumer<List<LeaseChange>> committed;
  private final Counters counters;
  private final InstantSource clock;
  private final Prober prober;
  private final Deque<Runnable> afterPause = new ArrayDeque<>(0);
  private final Deque<Verdict> verdicts = new ArrayDeque<>(0);
  private final List<Job<?>> jobs = new ArrayList<>();
  private final Amendments amendments;
  private LeaseStore store;
  private CompletableFuture<Long> reclaimed = CompletableFuture.completedFuture(0L);

  /** The batch that was given to the store last. */
  private CompletableFuture<Long> latest = CompletableFuture.completedFuture(0L);

  private CompletableFuture<Void> paused;
  private volatile int inFlight;
  private volatile boolean storeTrusted;

  LaneWork(int index, Lane lane, LaneQueue queue, LaneThread.Setting setting, Attendant attendant) {
    this.index = index;
    this.lane = lane;
    this.queue = queue;
    this.attendant = attendant;
    this.counters = setting.counters();
    this.clock = setting.clock();
    this.elsewhere = setting.dispatch();
    this.committed = setting.committed();
    this.prober = setting.prober();
    this.amendments = new Amendments(setting.nanos());
  }

  /**
   * Whether {@link #round} would find something. Any thread: who puts something into the queue and
   * gets false need do nothing, because whoever frees the store from our batch looks again.
   */
  boolean isThere() {
    return queue.hasWork(inFlight == 0);
  }

  /**
   * Changes leases; completes with the number of changes when they are durable. Waits for the end
   * of a pause.
   */
  void change(Function<Lane, Turn> what, CompletableFuture<Long> durable) {
    change(
        what,
        durable,
        turn -> {
          if (turn.changes().isEmpty()) {
            // What it found right may be on its way to the disk.
            latest.whenComplete((done, failure) -> complete(durable, failure));
          } else {
            commit(turn, durable);
          }
        });
  }

  /**
   * Changes leases; completes with the number of changes when they are made. They are written some
   * time later, and then nobody is told.
   */
  void amend(Function<Lane, Turn> what, CompletableFuture<Long> made) {
    change(
        what,
        made,
        turn -> {
          List<LeaseChange> changes = turn.changes();
          amendments.add(changes);
          made.complete((long) changes.size());
        });
  }

  private void change(
      Function<Lane, Turn> what, CompletableFuture<Long> done, Consumer<Turn> next) {
    if (paused != null) {
      // The lane's leases are on their way into other tables: what is changed here would be undone.
      afterPause.add(() -> change(what, done, next));
    } else if (!storeTrusted) {
      done.completeExceptionally(new StoreUnavailableException("the lease store takes no changes"));
    } else {
      try {
        next.accept(what.apply(lane));
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    }
  }

  /** Writes amendments that have waited for long. */
  void saveWhatIsOld() {
    if (amendments.areOld()) {
      save();
    }
  }

  /** Writes all amendments. */
  void save() {
    if (storeTrusted) {
      commit(amendments.take(Integer.MAX_VALUE), new Turn(), new CompletableFuture<>());
    }
  }

  private static void complete(CompletableFuture<Long> durable, Throwable failureOrNull) {
    if (failureOrNull == null) {
      durable.complete(0L);
    } else {
      durable.completeExceptionally(failureOrNull);
    }
  }

  /**
   * Uses a store from now on; the lane's leases are those of the store.
   *
   * @param next the store, or null for none
   */
  void trust(LeaseStore next) {
    store = next;
    latest = CompletableFuture.completedFuture(0L);
    amendments.clear();
    storeTrusted = next != null;
  }

  /** Whether changes have failed, so that the lane's leases may differ from the store's. */
  boolean hasLostStore() {
    return !storeTrusted;
  }

  /** Takes no requests; completes {@code quiet} when the store has nothing of us. */
  void pause(CompletableFuture<Void> quiet) {
    save();
    paused = quiet;
  }

  /** Goes on, first with the changes that came during the pause. */
  void resume() {
    paused = null;
    for (Runnable task; (task = afterPause.poll()) != null; ) {
      task.run();
    }
  }

  /**
   * Hears what became of batches and probes, and answers requests.
   *
   * @return whether it answered any, so that there may be more
   */
  boolean round() {
    for (Runnable news; (news = queue.news()) != null; ) {
      news.run();
    }
    if (paused != null && inFlight == 0) {
      paused.complete(null);
    }
    if (!isServing()) {
      return false;
    }
    heedVerdicts();
    return turn(inFlight == 0);
  }

  private boolean isServing() {
    return paused == null && lane.regime() != null;
  }

  /** Answers what waits; requests that promise something only while the store has nothing of us. */
  private boolean turn(boolean mayPromise) {
    long now = clock.millis() / 1000;
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
    queue.turned();
    return true;
  }

  /** Ends leases whose time is over, some at a time. */
  void reclaim() {
    long now = clock.millis() / 1000;
    if (isServing() && storeTrusted && reclaimed.isDone() && lane.nextDeadline() <= now) {
      reclaimed = new CompletableFuture<>();
      commit(lane.reclaim(now), reclaimed);
    }
  }

  private void take(Turn turn, CompletableFuture<Long> durable) {
    send(turn.immediate());
    for (ProbeWish wish : turn.probes()) {
      prober.ask(wish, inUse -> attendant.tell(() -> verdicts.add(new Verdict(wish.key(), inUse))));
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
    } else {
      commit(amendments.before(changes, MOST_BESIDE), turn, durable);
    }
  }

  /**
   * Gives a turn to the store.
   *
   * @param all its changes, and what is written beside them
   */
  private void commit(List<LeaseChange> all, Turn turn, CompletableFuture<Long> durable) {
    if (all.isEmpty()) {
      return;
    }
    inFlight++;
    latest = durable;
    append(all)
        .whenComplete(
            (done, failure) -> {
              queue.tell(() -> settle(turn, all, failure, durable));
              attendant.attendMuch(); // the next turn is taken while these replies are sent
              if (failure == null) {
                // From the store's thread: no reply waits until the lane has woken up.
                send(turn.whenDurable());
              }
              attendant.attend();
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
      Turn turn, List<LeaseChange> all, Throwable failure, CompletableFuture<Long> durable) {
    inFlight--;
    if (failure == null) {
      List<LeaseChange> changes = turn.changes();
      counters.add(ServerCounter.LEASES_COMMITTED.word(), all.size());
      durable.complete((long) changes.size());
      committed.accept(all);
      turn.afterwards().forEach(Runnable::run);
      lane.governed().committed(changes);
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

  /** How long there is nothing to do if nobody brings anything. */
  long sleepNanos() {
    long deadline = lane.nextDeadline();
    if (!storeTrusted || deadline == Long.MAX_VALUE) {
      return LONGEST_SLEEP_NANOS;
    }
    long millis = deadline * 1000 - clock.millis();
    return Math.max(
        1_000_000, Math.min(LONGEST_SLEEP_NANOS, TimeUnit.MILLISECONDS.toNanos(millis)));
  }
}

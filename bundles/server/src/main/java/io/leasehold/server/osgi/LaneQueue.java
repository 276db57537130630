// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.lane.Backlog;
import io.leasehold.server.lane.Job;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for a lane: the requests of a {@link Backlog}, which is bounded, word of what became
 * of batches and probes, and tasks of the server itself, which are few and never refused. Many
 * threads put in, one at a time takes out.
 */
final class LaneQueue {
  private static final Logger LOG = LoggerFactory.getLogger(LaneQueue.class);

  private final int lane;
  private final Backlog backlog;
  private final LongSupplier nanos;
  private final ConcurrentLinkedQueue<Runnable> news = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private boolean toldOfShedding;

  /**
   * An empty one.
   *
   * @param lane the lane's number
   * @param nanos a clock that never goes back
   */
  LaneQueue(int lane, Backlog backlog, LongSupplier nanos) {
    this.lane = lane;
    this.backlog = backlog;
    this.nanos = nanos;
  }

  /** Puts a request in; false if it is dropped, which is counted. */
  boolean offer(Job<?> job) {
    return backlog.offer(job, nanos.getAsLong());
  }

  /** Whether requests that begin conversations were dropped lately. */
  boolean isShedding() {
    return backlog.isShedding(nanos.getAsLong());
  }

  /** Whether a request that begins a conversation would be dropped now. */
  boolean refusesBeginnings() {
    return backlog.refusesBeginnings(nanos.getAsLong());
  }

  /** Puts something short in that goes before requests. */
  void tell(Runnable what) {
    news.add(what);
  }

  /** Puts a task in, to be run on the lane's thread between two turns. */
  void post(Runnable task) {
    tasks.add(task);
  }

  /**
   * Takes requests out.
   *
   * @param withPromises whether also those whose answer waits for the store
   * @return to be given to {@link #answered} when the store has taken what they changed
   */
  Backlog.Open drainTo(List<Job<?>> into, boolean withPromises) {
    say(isShedding());
    return backlog.take(into, withPromises, nanos.getAsLong());
  }

  private void say(boolean shedding) {
    if (shedding != toldOfShedding) {
      toldOfShedding = shedding;
      if (shedding) {
        LOG.warn("lane {} is overloaded: clients that begin are dropped, others are served", lane);
      } else {
        LOG.info("lane {} serves everybody again", lane);
      }
    }
  }

  /** What was taken out is decided. */
  void turned() {
    backlog.turned(nanos.getAsLong());
  }

  /** The answers to requests that waited for the store are on their way, or given up. */
  void answered(Backlog.Open open) {
    backlog.answered(open);
  }

  /** What was told first, or null. */
  Runnable news() {
    return news.poll();
  }

  /** A task, or null. */
  Runnable task() {
    return tasks.poll();
  }

  int size() {
    return backlog.size();
  }

  /**
   * Whether a turn would have something to do.
   *
   * @param withPromises whether with requests whose answer waits for the store
   */
  boolean hasWork(boolean withPromises) {
    return !news.isEmpty() || !backlog.isEmpty(withPromises);
  }
}

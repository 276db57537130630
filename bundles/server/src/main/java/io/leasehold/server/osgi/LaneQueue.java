// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.lane.Backlog;
import io.leasehold.server.lane.Job;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for a lane's thread: the requests of a {@link Backlog}, which is bounded, and tasks of
 * the server itself, which are few and never refused. Many threads put in; the lane's thread takes
 * out, and sleeps here while there is nothing to do.
 */
final class LaneQueue {
  private static final Logger LOG = LoggerFactory.getLogger(LaneQueue.class);

  private final int lane;
  private final Backlog backlog;
  private final LongSupplier nanos;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile Thread sleeper;
  private volatile boolean sleeperTakesPromises;
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
    if (!backlog.offer(job, nanos.getAsLong())) {
      return false;
    }
    if (sleeperTakesPromises || !job.request().promises()) {
      wake();
    }
    return true;
  }

  /** Whether requests that begin conversations were dropped lately. */
  boolean isShedding() {
    return backlog.isShedding(nanos.getAsLong());
  }

  /** Whether a request that begins a conversation would be dropped now. */
  boolean refusesBeginnings() {
    return backlog.refusesBeginnings(nanos.getAsLong());
  }

  /** Puts a task in, to be run on the lane's thread between two turns. */
  void post(Runnable task) {
    tasks.add(task);
    wake();
  }

  /**
   * Takes requests out.
   *
   * @param withPromises whether also those whose answer waits for the store
   * @return to be given to {@link #answered} when the store has taken what they changed
   */
  Backlog.Open drainTo(List<Job<?>> into, boolean withPromises) {
    tell(isShedding());
    return backlog.take(into, withPromises, nanos.getAsLong());
  }

  private void tell(boolean shedding) {
    if (shedding != toldOfShedding) {
      toldOfShedding = shedding;
      if (shedding) {
        LOG.warn("lane {} is overloaded: clients that begin are dropped, others are served", lane);
      } else {
        LOG.info("lane {} serves everybody again", lane);
      }
    }
  }

  /** The answers to requests that waited for the store are on their way, or given up. */
  void answered(Backlog.Open open) {
    backlog.answered(open);
  }

  /** A task, or null. */
  Runnable task() {
    return tasks.poll();
  }

  int size() {
    return backlog.size();
  }

  /**
   * Waits until there is something to do, at most so long.
   *
   * @param serving whether requests are something to do
   * @param withPromises whether also those whose answer waits for the store
   */
  void await(boolean serving, boolean withPromises, long nanos) {
    sleeperTakesPromises = withPromises;
    sleeper = Thread.currentThread();
    // Looked at again after the sleeper is known: who puts in after this look sees the sleeper.
    if (tasks.isEmpty() && !(serving && !backlog.isEmpty(withPromises))) {
      LockSupport.parkNanos(this, nanos);
    }
    sleeper = null;
  }

  private void wake() {
    Thread thread = sleeper;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}

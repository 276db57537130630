// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.lane.Job;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What waits for a lane. Many threads put in, the lane's thread takes out. Bounded for requests:
 * when three quarters are used, requests that begin a conversation are refused, so that clients
 * with leases keep them; when it is full, every request is. Tasks of the server itself are few and
 * never refused.
 *
 * <p>Requests whose answer waits for the store stand apart: while the store is busy they gather,
 * and those that can be answered at once do not stand behind them.
 */
final class LaneQueue {
  private final int capacity;
  private final ConcurrentLinkedQueue<Job<?>> promising = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Job<?>> others = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile Thread sleeper;
  private volatile boolean sleeperTakesPromises;

  LaneQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Puts a request in; false if there is no room for one of its kind. */
  boolean offer(Job<?> job) {
    int limit = job.request().droppableFirst() ? capacity - capacity / 4 : capacity;
    if (size.incrementAndGet() > limit) {
      size.decrementAndGet();
      return false;
    }
    boolean promises = job.request().promises();
    (promises ? promising : others).add(job);
    if (!promises || sleeperTakesPromises) {
      wake();
    }
    return true;
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
   * @param most of each kind
   */
  void drainTo(List<Job<?>> into, boolean withPromises, int most) {
    int before = into.size();
    if (withPromises) {
      drain(promising, into, most);
    }
    drain(others, into, most);
    int taken = into.size() - before;
    if (taken > 0) {
      size.addAndGet(-taken);
    }
  }

  private static void drain(ConcurrentLinkedQueue<Job<?>> from, List<Job<?>> into, int most) {
    int left = most;
    for (Job<?> job; left > 0 && (job = from.poll()) != null; left--) {
      into.add(job);
    }
  }

  /** A task, or null. */
  Runnable task() {
    return tasks.poll();
  }

  int size() {
    return size.get();
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
    boolean request = serving && !others.isEmpty() || withPromises && !promising.isEmpty();
    if (tasks.isEmpty() && !request) {
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

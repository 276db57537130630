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
 */
final class LaneQueue {
  private final int capacity;
  private final ConcurrentLinkedQueue<Job> jobs = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile Thread sleeper;

  LaneQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Puts a request in; false if there is no room for one of its kind. */
  boolean offer(Job job) {
    int limit = job.request().droppableFirst() ? capacity - capacity / 4 : capacity;
    if (size.incrementAndGet() > limit) {
      size.decrementAndGet();
      return false;
    }
    jobs.add(job);
    wake();
    return true;
  }

  /** Puts a task in, to be run on the lane's thread between two turns. */
  void post(Runnable task) {
    tasks.add(task);
    wake();
  }

  /** Takes requests out, at most {@code most}. */
  void drainTo(List<Job> into, int most) {
    int taken = 0;
    for (Job job; taken < most && (job = jobs.poll()) != null; taken++) {
      into.add(job);
    }
    if (taken > 0) {
      size.addAndGet(-taken);
    }
  }

  /** A task, or null. */
  Runnable task() {
    return tasks.poll();
  }

  /** Whether requests wait. */
  boolean hasJobs() {
    return !jobs.isEmpty();
  }

  int size() {
    return size.get();
  }

  /**
   * Waits until something is put in, at most so long.
   *
   * @param takesJobs whether a request is a reason to go on
   */
  void await(boolean takesJobs, long nanos) {
    sleeper = Thread.currentThread();
    // Looked at again after the sleeper is known: who puts in after this look sees the sleeper.
    if (tasks.isEmpty() && !(takesJobs && hasJobs())) {
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

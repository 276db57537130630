// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Batches between the lanes and the store thread. Bounded: a batch that does not fit is refused at
 * once and counted. A lock, because the store thread has to sleep until something arrives.
 */
final class AppendQueue {
  private final int maxBatches;
  private final int maxOctets;
  private final StoreUnavailableException full;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition finished = lock.newCondition();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private StoreUnavailableException refusal =
      new StoreUnavailableException("the store is not open yet");
  private int octets;
  private long offered;
  private long completed;
  private long refused;
  private boolean woken;

  AppendQueue(int maxBatches, int maxOctets) {
    this.maxBatches = maxBatches;
    this.maxOctets = maxOctets;
    this.full =
        new StoreUnavailableException(
            "the store's queue is full (" + maxBatches + " batches, " + maxOctets + " octets)");
  }

  /** Takes a batch in; otherwise says why not. */
  StoreUnavailableException offer(Waiting batch) {
    lock.lock();
    try {
      if (refusal != null) {
        return refusal;
      }
      int size = batch.records().remaining();
      if (waiting.size() >= maxBatches || octets > 0 && octets + size > maxOctets) {
        refused++;
        return full;
      }
      if (waiting.isEmpty()) {
        arrived.signal();
      }
      waiting.add(batch);
      octets += size;
      offered++;
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes out what waits, up to a size but at least one; waits for the first one. Empty when woken
   * or out of time.
   */
  List<Waiting> take(int upToOctets, long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (waiting.isEmpty() && !woken && left > 0) {
        left = arrived.awaitNanos(left);
      }
      woken = false;
      List<Waiting> taken = new ArrayList<>(waiting.size());
      int size = 0;
      for (Waiting next = waiting.peek(); next != null; next = waiting.peek()) {
        size += next.records().remaining();
        if (size > upToOctets && !taken.isEmpty()) {
          break;
        }
        octets -= next.records().remaining();
        taken.add(waiting.remove());
      }
      return taken;
    } catch (InterruptedException e) {
      throw new IllegalStateException("the store thread must not be interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /** Lets {@link #take} return. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Batches that were taken out are durable, or have failed. */
  void finish(int batches) {
    lock.lock();
    try {
      completed += batches;
      finished.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until every batch offered before this call is finished. */
  void awaitFinished() throws InterruptedException {
    lock.lock();
    try {
      long target = offered;
      while (completed < target) {
        finished.await(1, TimeUnit.SECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Refuses from now on, and hands over what waits; {@link #finish} must be called for it. */
  List<Waiting> refuse(StoreUnavailableException why) {
    lock.lock();
    try {
      refusal = why;
      List<Waiting> left = new ArrayList<>(waiting);
      waiting.clear();
      octets = 0;
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses from now on; what waits can still be taken. */
  void refuseNew(StoreUnavailableException why) {
    answerWith(why);
  }

  /** Takes batches in again. */
  void accept() {
    answerWith(null);
  }

  private void answerWith(StoreUnavailableException refusalOrNull) {
    lock.lock();
    try {
      refusal = refusalOrNull;
    } finally {
      lock.unlock();
    }
  }

  /** How many batches wait. */
  int depth() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many batches were refused because the queue was full. */
  long refusedBatches() {
    lock.lock();
    try {
      return refused;
    } finally {
      lock.unlock();
    }
  }
}

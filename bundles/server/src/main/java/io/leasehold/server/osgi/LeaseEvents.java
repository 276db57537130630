// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.event.LeaseListener;
import io.leasehold.lease.LeaseChange;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.ServerCounter;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what became durable, on a thread of its own, in order. At most {@value #CAPACITY}
 * batches wait; what a slow listener makes overflow is dropped and counted.
 */
final class LeaseEvents implements Consumer<List<LeaseChange>>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseEvents.class);
  private static final int CAPACITY = 4096;

  private final Supplier<List<LeaseListener>> listeners;
  private final Counters counters;
  private final ThreadPoolExecutor thread;

  LeaseEvents(Supplier<List<LeaseListener>> listeners, Counters counters) {
    this.listeners = listeners;
    this.counters = counters;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(CAPACITY),
            DaemonThreads.named("leasehold-server-events"),
            (task, executor) -> counters.count(ServerCounter.LEASE_EVENTS_DROPPED.word()));
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void accept(List<LeaseChange> changes) {
    if (!listeners.get().isEmpty()) {
      thread.execute(() -> tell(changes));
    }
  }

  private void tell(List<LeaseChange> changes) {
    for (LeaseListener listener : listeners.get()) {
      try {
        listener.committed(changes);
      } catch (RuntimeException e) {
        counters.count(ServerCounter.LEASE_LISTENER_FAILED.word());
        LOG.warn("lease listener {} failed", listener.getClass().getName(), e);
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

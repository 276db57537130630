// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Bytes;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.datagram.DatagramTransport;
import io.leasehold.transport.dtls.Counts.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hops over UDP with a channel of their own. One thread connects and watches; messages are handled
 * by whoever sends or receives them. May be used from any thread.
 */
public final class DtlsTransport implements HopTransport, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsTransport.class);

  private final Surroundings surroundings;
  private final DtlsSettings settings;
  private final ScheduledExecutorService thread;
  private final AtomicInteger ids = new AtomicInteger();
  private final Set<DtlsListener> listeners = ConcurrentHashMap.newKeySet();
  private final Set<DtlsLink> links = ConcurrentHashMap.newKeySet();

  /** A transport without connections. */
  public DtlsTransport(Surroundings surroundings, DtlsSettings settings) {
    this.surroundings = surroundings;
    this.settings = settings;
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, task -> new Thread(task, DatagramTransport.threadName("dtls", "watch")));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.thread = executor;
    long tick = settings.tick().toNanos();
    thread.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.NANOSECONDS);
  }

  Surroundings surroundings() {
    return surroundings;
  }

  DtlsSettings settings() {
    return settings;
  }

  String newId() {
    return "dtls-" + ids.incrementAndGet();
  }

  /** Runs something soon on the thread of the transport; never after its end. */
  void later(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("The transport has ended", e);
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A task of the transport failed", e);
    }
  }

  private void tick() {
    long now = surroundings.nanos().getAsLong();
    listeners.forEach(each -> guarded(() -> each.tick(now)));
    links.forEach(each -> guarded(() -> each.tick(now)));
  }

  /** Hands a message over; what the receiver throws harms nobody. */
  void deliver(Inbound inbound, Bytes message, HopPath path, Delivery delivery, Counts counts) {
    counts.add(Count.RECEIVED);
    try {
      delivery.to(inbound, message, path);
    } catch (RuntimeException e) {
      counts.add(Count.RECEIVER_THREW);
      LOG.error("A receiver of messages threw", e);
    }
  }

  void forget(DtlsListener listener) {
    listeners.remove(listener);
  }

  void forget(DtlsLink link) {
    links.remove(link);
  }

  void unsubscribe(AutoCloseable changes) {
    try {
      changes.close();
    } catch (Exception e) {
      LOG.debug("A listener for changes could not be taken away", e);
    }
  }

  @Override
  public String name() {
    return "dtls";
  }

  @Override
  public Binding listen(ListenSpec spec, Inbound inbound) {
    DtlsListener listener = new DtlsListener(spec, inbound, this);
    listeners.add(listener);
    listener.open();
    return listener;
  }

  @Override
  public Link connect(ConnectSpec spec, Inbound inbound) {
    DtlsLink link = new DtlsLink(spec, inbound, this);
    links.add(link);
    link.open();
    return link;
  }

  @Override
  public List<LinkStatus> links() {
    List<LinkStatus> all = new ArrayList<>();
    links.forEach(each -> all.add(each.status()));
    listeners.forEach(each -> all.addAll(each.links()));
    return all;
  }

  @Override
  public boolean drain(String id) {
    for (DtlsLink link : links) {
      if (link.id().equals(id)) {
        link.renew();
        return true;
      }
    }
    return listeners.stream().anyMatch(each -> each.drain(id));
  }

  /** Closes what its users have not closed, and ends the thread. */
  @Override
  public void close() {
    links.forEach(DtlsLink::close);
    listeners.forEach(DtlsListener::close);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

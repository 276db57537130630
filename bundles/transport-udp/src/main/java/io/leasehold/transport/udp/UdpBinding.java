// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a binding: some that receive, and one that watches the interfaces and owns the
 * endpoints.
 */
final class UdpBinding implements Binding {
  private static final Logger LOG = LoggerFactory.getLogger(UdpBinding.class);
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final UdpSettings settings;
  private final UdpCounters counters = new UdpCounters();
  private final List<Receiver> receivers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Endpoints endpoints;
  private final Consumer<UdpBinding> onClose;
  private final CountDownLatch closing = new CountDownLatch(1);

  UdpBinding(
      BindSpec spec,
      Inbound inbound,
      UdpSettings settings,
      Supplier<List<NetworkPort>> ports,
      Consumer<UdpBinding> onClose) {
    this.settings = settings;
    this.onClose = onClose;
    try {
      for (int i = 0; i < settings.threads(); i++) {
        receivers.add(new Receiver(inbound, counters));
      }
    } catch (IOException e) {
      receivers.forEach(Receiver::release);
      throw new UncheckedIOException("udp: no selector could be opened", e);
    }
    this.endpoints = new Endpoints(spec, settings.socketBufferOctets(), ports, receivers, counters);
  }

  /** Opens what can be opened, then goes on by itself. */
  void start() {
    endpoints.scan();
    receivers.forEach(receiver -> launch(receiver, "receive"));
    launch(this::watch, "watch");
  }

  private void launch(Runnable work, String role) {
    String name = "leasehold-transport-udp-" + role + "-" + THREADS.incrementAndGet();
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> LOG.error("udp: {} ended", t.getName(), e));
    threads.add(thread);
    thread.start();
  }

  private void watch() {
    try {
      while (!closing.await(settings.rescan().toMillis(), TimeUnit.MILLISECONDS)) {
        endpoints.scan();
      }
    } catch (InterruptedException e) {
      LOG.error("udp: the watch over interfaces was interrupted and ends", e);
    }
  }

  @Override
  public List<EndpointStatus> endpoints() {
    return endpoints.status();
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> counts = counters.snapshot();
    endpoints.kernelDrops().ifPresent(drops -> counts.put("received-lost", drops));
    return counts;
  }

  @Override
  public void close() {
    synchronized (closing) { // two closers at once: the second returns when all is closed, too
      if (closing.getCount() == 0) {
        return;
      }
      closing.countDown();
      receivers.forEach(Receiver::stop);
      threads.forEach(UdpBinding::await);
      endpoints.close();
      receivers.forEach(Receiver::release);
      onClose.accept(this);
    }
  }

  private static void await(Thread thread) {
    if (thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
      if (thread.isAlive()) {
        LOG.error("udp: {} is held up by the receiver of its messages", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

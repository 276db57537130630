// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.datagram.Endpoints;
import io.leasehold.transport.datagram.InterfaceWatch;
import io.leasehold.transport.datagram.NetworkPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The threads of a binding: some that receive, and one that watches the interfaces and owns the
 * endpoints.
 */
final class UdpBinding implements Binding {
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final UdpCounters counters = new UdpCounters();
  private final List<Receiver> receivers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Endpoints endpoints;
  private final InterfaceWatch watch;
  private final Consumer<UdpBinding> onClose;

  UdpBinding(BindSpec spec, Inbound inbound, UdpSettings settings, Consumer<UdpBinding> onClose) {
    this.onClose = onClose;
    try {
      for (int i = 0; i < settings.threads(); i++) {
        receivers.add(new Receiver(inbound, counters.common));
      }
    } catch (IOException e) {
      receivers.forEach(Receiver::release);
      throw new UncheckedIOException("udp: no selector could be opened", e);
    }
    UdpSockets sockets = new UdpSockets(spec, settings.socketBufferOctets(), receivers, counters);
    this.endpoints =
        new Endpoints(spec, () -> NetworkPort.ofThisHost(spec.family()), sockets, counters.common);
    sockets.learnAddressesFrom(endpoints::addressesOf);
    this.watch = new InterfaceWatch(endpoints, settings.rescan());
  }

  /** Opens what can be opened, then goes on by itself. */
  void start() {
    endpoints.scan();
    receivers.forEach(receiver -> launch(receiver, "receive"));
    launch(watch, "watch");
  }

  private void launch(Runnable work, String role) {
    String name = "leasehold-transport-udp-" + role + "-" + THREADS.incrementAndGet();
    threads.add(InterfaceWatch.launch(name, work));
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
    synchronized (watch) { // two closers at once: the second returns when all is closed, too
      if (!watch.stop()) {
        return;
      }
      receivers.forEach(Receiver::stop);
      threads.forEach(InterfaceWatch::await);
      endpoints.close();
      receivers.forEach(Receiver::release);
      onClose.accept(this);
    }
  }
}

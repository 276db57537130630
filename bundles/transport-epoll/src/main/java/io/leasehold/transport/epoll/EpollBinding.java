// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.datagram.Endpoints;
import io.leasehold.transport.datagram.InterfaceWatch;
import io.leasehold.transport.datagram.NetworkPort;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The threads of a binding: some that receive and send, and one that watches the interfaces and
 * owns the endpoints.
 */
final class EpollBinding implements Binding {
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final EpollCounters counters = new EpollCounters();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Loop> loops = new ArrayList<>();
  private final MultiThreadIoEventLoopGroup group;
  private final Frames frames;
  private final Endpoints endpoints;
  private final InterfaceWatch watch;
  private final Consumer<EpollBinding> onClose;

  EpollBinding(
      BindSpec spec, Inbound inbound, EpollSettings settings, Consumer<EpollBinding> onClose) {
    this.onClose = onClose;
    int count = settings.threadsFor(Runtime.getRuntime().availableProcessors());
    this.group =
        new MultiThreadIoEventLoopGroup(count, this::receiving, EpollIoHandler.newFactory());
    group.forEach(each -> loops.add(new Loop((EventLoop) each)));
    this.frames = new Frames(counters, settings.frames());
    EpollSockets sockets =
        new EpollSockets(new BindingContext(spec, settings, counters, frames, inbound), loops);
    this.endpoints =
        new Endpoints(spec, () -> NetworkPort.ofThisHost(spec.family()), sockets, counters.common);
    sockets.learnAddressesFrom(endpoints::addressesOf);
    this.watch = new InterfaceWatch(endpoints, settings.rescan());
  }

  private Thread receiving(Runnable work) {
    Thread thread = new FastThreadLocalThread(work, name("receive"));
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  private static String name(String role) {
    return "leasehold-transport-epoll-" + role + "-" + THREADS.incrementAndGet();
  }

  /** Opens what can be opened, then goes on by itself. */
  void start() {
    endpoints.scan();
    threads.add(0, InterfaceWatch.launch(name("watch"), watch));
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
      InterfaceWatch.await(threads.get(0));
      endpoints.close();
      frames.close();
      group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      threads.forEach(InterfaceWatch::await);
      loops.forEach(Loop::release);
      onClose.accept(this);
    }
  }
}

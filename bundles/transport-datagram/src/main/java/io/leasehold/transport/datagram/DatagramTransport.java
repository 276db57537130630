// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Transport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A transport of datagrams on the interfaces of this host. May be used from any thread. */
public abstract class DatagramTransport implements Transport, AutoCloseable {
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final String name;
  private final Duration rescan;
  private final Set<DatagramBinding> open = ConcurrentHashMap.newKeySet();

  /**
   * A transport without bindings.
   *
   * @param rescan time between two looks at the interfaces
   */
  protected DatagramTransport(String name, Duration rescan) {
    this.name = name;
    this.rescan = rescan;
  }

  /** What receives and sends for a new binding; nothing of it is open yet. */
  protected abstract DatagramBinding.Machinery machinery(BindSpec spec, Inbound inbound);

  /** Name of the next thread of a transport. */
  public static String threadName(String transport, String role) {
    return "leasehold-transport-" + transport + "-" + role + "-" + THREADS.incrementAndGet();
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public Binding bind(BindSpec spec, Inbound inbound) {
    DatagramBinding binding =
        new DatagramBinding(spec, machinery(spec, inbound), rescan, open::remove);
    open.add(binding);
    binding.start(threadName(name, "watch"));
    return binding;
  }

  /** Closes every binding that its user has not closed. */
  @Override
  public void close() {
    open.forEach(DatagramBinding::close);
  }
}

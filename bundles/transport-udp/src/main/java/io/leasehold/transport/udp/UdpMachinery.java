// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.datagram.DatagramBinding;
import io.leasehold.transport.datagram.DatagramCounters;
import io.leasehold.transport.datagram.Endpoints;
import io.leasehold.transport.datagram.InterfaceWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The sockets of a binding and the threads that receive from them. */
final class UdpMachinery implements DatagramBinding.Machinery {
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final UdpCounters counters = new UdpCounters();
  private final List<Receiver> receivers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final UdpSockets sockets;

  UdpMachinery(BindSpec spec, Inbound inbound, UdpSettings settings) {
    try {
      for (int i = 0; i < settings.threads(); i++) {
        receivers.add(new Receiver(inbound, counters.common));
      }
    } catch (IOException e) {
      receivers.forEach(Receiver::release);
      throw new UncheckedIOException("udp: no selector could be opened", e);
    }
    sockets = new UdpSockets(spec, settings.socketBufferOctets(), receivers, counters);
  }

  /** Name of the next thread. */
  static String threadName(String role) {
    return "leasehold-transport-udp-" + role + "-" + THREADS.incrementAndGet();
  }

  @Override
  public Endpoints.Sockets sockets() {
    return sockets;
  }

  @Override
  public DatagramCounters common() {
    return counters.common;
  }

  @Override
  public Map<String, Long> counters() {
    return counters.snapshot();
  }

  @Override
  public void start() {
    receivers.forEach(
        receiver -> threads.add(InterfaceWatch.launch(threadName("receive"), receiver)));
  }

  @Override
  public void stop() {
    receivers.forEach(Receiver::stop);
    threads.forEach(InterfaceWatch::await);
  }

  @Override
  public void release() {
    receivers.forEach(Receiver::release);
  }
}

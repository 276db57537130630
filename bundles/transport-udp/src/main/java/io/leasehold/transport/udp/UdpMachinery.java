// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.datagram.DatagramBinding;
import io.leasehold.transport.datagram.DatagramSockets;
import io.leasehold.transport.datagram.DatagramTransport;
import io.leasehold.transport.datagram.InterfaceWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The sockets of a binding and the threads that receive from them. */
final class UdpMachinery implements DatagramBinding.Machinery {
  private final UdpCounters counters = new UdpCounters();
  private final List<Receiver> receivers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final UdpSockets sockets;

  UdpMachinery(BindSpec spec, Inbound inbound, UdpSettings settings) {
    try {
      for (int i = 0; i < settings.threads(); i++) {
        receivers.add(new Receiver(inbound, counters));
      }
    } catch (IOException e) {
      receivers.forEach(Receiver::release);
      throw new UncheckedIOException("udp: no selector could be opened", e);
    }
    sockets = new UdpSockets(spec, settings.socketBufferOctets(), receivers, counters);
  }

  @Override
  public DatagramSockets sockets() {
    return sockets;
  }

  @Override
  public void start() {
    receivers.forEach(
        receiver ->
            threads.add(
                InterfaceWatch.launch(DatagramTransport.threadName("udp", "receive"), receiver)));
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

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Transport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * DHCPv6 over UDP with the sockets of the JDK. May be used from any thread.
 *
 * <p>Every interface has one socket for each link-scope group and every address has its own, so
 * that the destination of each message is known and an answer leaves from the address that was
 * asked.
 */
public final class UdpTransport implements Transport, AutoCloseable {
  private final UdpSettings settings;
  private final Supplier<List<NetworkPort>> ports;
  private final Set<UdpBinding> open = ConcurrentHashMap.newKeySet();

  /** A transport on the interfaces of this host. */
  public UdpTransport(UdpSettings settings) {
    this(settings, NetworkPort::ofThisHost);
  }

  UdpTransport(UdpSettings settings, Supplier<List<NetworkPort>> ports) {
    this.settings = settings;
    this.ports = ports;
  }

  @Override
  public String name() {
    return "udp";
  }

  @Override
  public Binding bind(BindSpec spec, Inbound inbound) {
    UdpBinding binding = new UdpBinding(spec, inbound, settings, ports, open::remove);
    open.add(binding);
    binding.start();
    return binding;
  }

  /** Closes every binding that its user has not closed. */
  @Override
  public void close() {
    open.forEach(UdpBinding::close);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Transport;
import io.leasehold.transport.datagram.DatagramBinding;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * DHCP over UDP with the sockets of the JDK. May be used from any thread.
 *
 * <p>Every interface has one socket for each link-scope group and every address has its own, so
 * that the destination of each message is known and an answer leaves from the address that was
 * asked. The JDK neither binds a socket to an interface nor tells where a broadcast came in, so
 * there is one socket for IPv4 broadcasts, and it hears for one interface only; and it cannot send
 * to a link-layer address, so that clients without an IPv4 address are answered by broadcast (RFC
 * 2131 section 4.1).
 */
public final class UdpTransport implements Transport, AutoCloseable {
  private final UdpSettings settings;
  private final Set<DatagramBinding> open = ConcurrentHashMap.newKeySet();

  /** A transport on the interfaces of this host. */
  public UdpTransport(UdpSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "udp";
  }

  @Override
  public Binding bind(BindSpec spec, Inbound inbound) {
    DatagramBinding binding =
        new DatagramBinding(
            spec, new UdpMachinery(spec, inbound, settings), settings.rescan(), open::remove);
    open.add(binding);
    binding.start(UdpMachinery.threadName("watch"));
    return binding;
  }

  /** Closes every binding that its user has not closed. */
  @Override
  public void close() {
    open.forEach(DatagramBinding::close);
  }
}

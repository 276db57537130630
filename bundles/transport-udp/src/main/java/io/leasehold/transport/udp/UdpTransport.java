// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.datagram.DatagramBinding;
import io.leasehold.transport.datagram.DatagramTransport;

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
public final class UdpTransport extends DatagramTransport {
  private final UdpSettings settings;

  /** A transport on the interfaces of this host. */
  public UdpTransport(UdpSettings settings) {
    super("udp", settings.rescan());
    this.settings = settings;
  }

  @Override
  protected DatagramBinding.Machinery machinery(BindSpec spec, Inbound inbound) {
    return new UdpMachinery(spec, inbound, settings);
  }
}

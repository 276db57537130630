// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.datagram.DatagramBinding;
import io.leasehold.transport.datagram.DatagramTransport;
import io.netty.channel.epoll.Epoll;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DHCP over UDP with what Linux offers beyond the JDK: sockets bound to interfaces, so that several
 * directly attached IPv4 links are told apart; many messages with one system call; frames to
 * clients that have no IPv4 address yet. May be used from any thread.
 */
public final class EpollTransport extends DatagramTransport {
  private static final Logger LOG = LoggerFactory.getLogger(EpollTransport.class);

  private final EpollSettings settings;
  private final String defect;

  /** A transport on the interfaces of this host. */
  public EpollTransport(EpollSettings settings) {
    this(settings, defectOfThisHost());
  }

  EpollTransport(EpollSettings settings, String defect) {
    super("epoll", settings.rescan());
    this.settings = settings;
    this.defect = defect;
    if (!defect.isEmpty()) {
      LOG.error("epoll: {}", defect);
    }
  }

  private static String defectOfThisHost() {
    if (Epoll.isAvailable()) {
      return "";
    }
    Throwable cause = Epoll.unavailabilityCause();
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "this transport needs Linux on x86-64 or aarch64 and cannot work on "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ": "
        + cause
        + "; use leasehold-transport-udp instead";
  }

  @Override
  public Binding bind(BindSpec spec, Inbound inbound) {
    return defect.isEmpty() ? super.bind(spec, inbound) : new DefectBinding(spec, defect);
  }

  @Override
  protected DatagramBinding.Machinery machinery(BindSpec spec, Inbound inbound) {
    return new EpollMachinery(spec, inbound, settings);
  }
}

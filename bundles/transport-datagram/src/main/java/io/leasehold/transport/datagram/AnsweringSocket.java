// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Ipv6;
import java.util.List;

/** A socket of a binding, and what the answers to its messages have to know of it. */
public abstract class AnsweringSocket implements DatagramPath.Answers {
  /** Largest message: 65535 octets of UDP less its header (RFC 768). */
  public static final int LARGEST_MESSAGE = 65_527;

  protected final Wanted.SocketKey key;

  /** The interface that every message of this socket comes in on; empty if there may be several. */
  protected final String interfaceName;

  private final DatagramSockets all;

  /** One of the sockets of a binding. */
  protected AnsweringSocket(Wanted.SocketKey key, String interfaceName, DatagramSockets all) {
    this.key = key;
    this.interfaceName = interfaceName;
    this.all = all;
  }

  @Override
  public final String transportName() {
    return all.transportName();
  }

  @Override
  public final int scope() {
    return key.index();
  }

  @Override
  public final List<Ipv6> addressesOf(String name) {
    return all.addressesOf(name);
  }
}

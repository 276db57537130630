// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.net.InetSocketAddress;
import java.util.List;

/** The way of a datagram; answers by the socket it came to. Immutable. */
public final class DatagramPath implements Path {
  /** What a socket does for the answers to its messages. All methods are for every thread. */
  public interface Answers {
    /** Name of the transport. */
    String transportName();

    /** Sends to one host; false and one count if it could not. */
    boolean unicast(Bytes message, InetSocketAddress to);

    /** Sends to one host or group out of the interface of the socket, if it is bound to one. */
    boolean direct(Bytes message, InetSocketAddress to);

    /** Sends to every host on the link of the socket; false and one count if not. */
    boolean broadcast(Bytes message, int port);

    /**
     * Sends to a host that does not answer for its address yet; false and one count if not.
     *
     * @param local address that the message comes from; if that is no host's, it is one of ours
     */
    boolean frame(Bytes message, Ipv6 local, Destination to);

    /** Index of the interface that gives a link-scope address its meaning; 0 if unknown. */
    int scope();

    /** Usable addresses of an interface. */
    List<Ipv6> addressesOf(String interfaceName);
  }

  private final Answers answers;
  private final String interfaceName;
  private final Ipv6 local;
  private final Ipv6 remote;
  private final InetSocketAddress sender;

  /** A way through an interface (empty if unknown) to a local address. */
  public DatagramPath(Answers answers, String interfaceName, Ipv6 local, InetSocketAddress sender) {
    this.answers = answers;
    this.interfaceName = interfaceName;
    this.local = local;
    this.remote = SocketAddresses.ipv6(sender.getAddress());
    this.sender = sender;
  }

  @Override
  public String interfaceName() {
    return interfaceName;
  }

  @Override
  public Ipv6 local() {
    return local;
  }

  @Override
  public Ipv6 remote() {
    return remote;
  }

  @Override
  public int remotePort() {
    return sender.getPort();
  }

  @Override
  public List<Ipv6> interfaceAddresses() {
    return interfaceName.isEmpty() ? List.of() : answers.addressesOf(interfaceName);
  }

  /** Whether a message of this socket address would have come this way, too. */
  public boolean isFrom(InetSocketAddress other) {
    return sender == other || sender.equals(other);
  }

  @Override
  public boolean send(Bytes message, Destination to) {
    if (to.address().equals(SocketAddresses.LIMITED_BROADCAST)) {
      return answers.broadcast(message, to.port());
    }
    if (to.linkLayer().isPresent()) {
      return answers.frame(message, local, to);
    }
    return answers.unicast(message, socketAddress(to));
  }

  private InetSocketAddress socketAddress(Destination to) {
    if (!to.address().equals(remote)) {
      return new InetSocketAddress(SocketAddresses.on(to.address(), answers.scope()), to.port());
    }
    // The sender's own address has the scope that a link-local one needs.
    return to.port() == sender.getPort()
        ? sender
        : new InetSocketAddress(sender.getAddress(), to.port());
  }

  @Override
  public String toString() {
    String where = interfaceName.isEmpty() ? "" : "%" + interfaceName;
    return answers.transportName()
        + " ["
        + remote
        + "]:"
        + sender.getPort()
        + where
        + " -> "
        + local;
  }
}

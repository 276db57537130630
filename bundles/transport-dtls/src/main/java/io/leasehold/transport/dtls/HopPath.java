// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The way of a message through an association. */
final class HopPath implements Path {
  private final Path datagrams;
  private final Association association;
  private final Predicate<Bytes> answer;

  /**
   * A way.
   *
   * @param datagrams the way of the datagrams
   * @param answer sends to the same peer; false if it cannot
   */
  HopPath(Path datagrams, Association association, Predicate<Bytes> answer) {
    this.datagrams = datagrams;
    this.association = association;
    this.answer = answer;
  }

  @Override
  public String interfaceName() {
    return datagrams.interfaceName();
  }

  @Override
  public Ipv6 local() {
    return datagrams.local();
  }

  @Override
  public Ipv6 remote() {
    return datagrams.remote();
  }

  @Override
  public int remotePort() {
    return datagrams.remotePort();
  }

  @Override
  public List<Ipv6> interfaceAddresses() {
    return datagrams.interfaceAddresses();
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return association.peer();
  }

  @Override
  public Assurance assurance() {
    return association.assurance();
  }

  @Override
  public boolean send(Bytes message, Destination to) {
    return answer.test(message);
  }

  @Override
  public boolean reply(Bytes message) {
    return answer.test(message);
  }

  @Override
  public String toString() {
    return association.id() + " over " + datagrams;
  }
}

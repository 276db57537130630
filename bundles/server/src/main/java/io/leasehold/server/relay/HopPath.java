// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.util.List;
import java.util.Optional;

/** A way over a hop: whatever is said goes back over it, never anywhere else. */
record HopPath(Path hop) implements Path {
  @Override
  public String interfaceName() {
    return hop.interfaceName();
  }

  @Override
  public Ipv6 local() {
    return hop.local();
  }

  @Override
  public Ipv6 remote() {
    return hop.remote();
  }

  @Override
  public int remotePort() {
    return hop.remotePort();
  }

  @Override
  public List<Ipv6> interfaceAddresses() {
    return hop.interfaceAddresses();
  }

  @Override
  public boolean send(Bytes message, Destination to) {
    return hop.reply(message);
  }

  @Override
  public boolean reply(Bytes message) {
    return hop.reply(message);
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return hop.peer();
  }

  @Override
  public Assurance assurance() {
    return hop.assurance();
  }
}

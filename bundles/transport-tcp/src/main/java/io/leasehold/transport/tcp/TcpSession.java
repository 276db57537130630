// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.HopSession;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.HandshakeRole;
import java.util.List;
import java.util.Optional;

/** A connection that is or was up, as the user of its session has it; all of one are equal. */
record TcpSession(Connection connection) implements HopSession {
  @Override
  public String id() {
    return connection.id();
  }

  @Override
  public boolean isOutgoing() {
    return connection.spec().role() == HandshakeRole.CLIENT;
  }

  @Override
  public Ipv6 remote() {
    return connection.path().remote();
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return connection.path().peer();
  }

  @Override
  public Assurance assurance() {
    return connection.path().assurance();
  }

  @Override
  public boolean send(Bytes message) {
    boolean isTaken = add(message);
    if (isTaken) {
      connection.wake();
    }
    return isTaken;
  }

  /** The loop wakes up when all are there, so that they share records and packets. */
  @Override
  public boolean sendAll(List<Bytes> messages) {
    boolean all = true;
    for (Bytes message : messages) {
      all &= add(message);
    }
    if (!messages.isEmpty() && connection.isUp()) {
      connection.wake();
    }
    return all;
  }

  private boolean add(Bytes message) {
    HopCounters counters = connection.spec().counters();
    if (!Frames.fits(connection.spec().application().framing(), message)) {
      counters.count(HopCounters.TOO_LARGE);
      return false;
    }
    if (!connection.isUp()) {
      counters.count(HopCounters.NO_CONNECTION);
      return false;
    }
    if (!connection.queue().add(message)) {
      connection.soon(() -> connection.end(Ending.QUEUE_FULL, "the peer takes too little"));
      return false;
    }
    return true;
  }

  @Override
  public void read(boolean wanted) {
    connection.soon(() -> connection.read(wanted));
  }

  @Override
  public void close() {
    connection.soon(connection::finish);
  }

  @Override
  public String toString() {
    return connection.id() + " " + connection.path();
  }
}

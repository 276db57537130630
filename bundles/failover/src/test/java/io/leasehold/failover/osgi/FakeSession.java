// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.hop.HopSession;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session whose other end is the test. */
final class FakeSession implements HopSession {
  static final Ipv6 REMOTE = Ipv6.ofText("2001:db8::1");

  final List<Bytes> sent = new CopyOnWriteArrayList<>();
  volatile boolean reading = true;
  volatile boolean closed;

  @Override
  public String id() {
    return "test-1";
  }

  @Override
  public boolean isOutgoing() {
    return true;
  }

  @Override
  public Ipv6 remote() {
    return REMOTE;
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return Optional.empty();
  }

  @Override
  public Assurance assurance() {
    return Assurance.NONE;
  }

  @Override
  public boolean send(Bytes message) {
    return sent.add(message);
  }

  @Override
  public void read(boolean wanted) {
    reading = wanted;
  }

  @Override
  public void close() {
    closed = true;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what it is asked, and lets a test say what happens. */
final class FakeTransport implements SessionTransport {
  final List<ListenSpec> listening = new ArrayList<>();
  final List<SessionUser> acceptors = new ArrayList<>();
  final List<SessionUser> connectors = new ArrayList<>();
  final List<FakeSession> connections = new ArrayList<>();
  final List<Ipv6> otherAddresses = new ArrayList<>();
  String complaint = "";
  String refusal = "";

  @Override
  public Binding accept(ListenSpec spec, boolean startTls, SessionUser user) {
    if (startTls || !refusal.isEmpty()) {
      throw new IllegalStateException(refusal);
    }
    listening.add(spec);
    acceptors.add(user);
    return new FakeBinding(spec);
  }

  @Override
  public HopSession connect(ConnectSpec spec, SessionUser user) {
    if (!refusal.isEmpty()) {
      throw new IllegalStateException(refusal);
    }
    connectors.add(user);
    FakeSession session = new FakeSession(spec.remote());
    session.others.addAll(otherAddresses);
    connections.add(session);
    return session;
  }

  private final class FakeBinding implements Binding {
    private final ListenSpec spec;

    FakeBinding(ListenSpec spec) {
      this.spec = spec;
    }

    @Override
    public List<EndpointStatus> endpoints() {
      return List.of(
          new EndpointStatus(
              Family.IPV6, "", "::1", spec.port(), EndpointStatus.State.RETRYING, complaint));
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of("handshake-failed", 2L);
    }

    @Override
    public void close() {
      listening.remove(spec);
    }
  }

  /** One end of a connection. */
  static final class FakeSession implements HopSession {
    final List<Bytes> sent = new ArrayList<>();
    final List<Boolean> reads = new ArrayList<>();
    final List<Ipv6> others = new ArrayList<>();
    boolean isFull;
    boolean isClosed;
    private final Ipv6 remote;

    FakeSession(Ipv6 remote) {
      this.remote = remote;
    }

    @Override
    public String id() {
      return "fake";
    }

    @Override
    public boolean isOutgoing() {
      return true;
    }

    @Override
    public Ipv6 remote() {
      return remote;
    }

    @Override
    public List<Ipv6> remotes() {
      List<Ipv6> all = new ArrayList<>(others);
      all.add(remote);
      return all;
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
      return !isFull && sent.add(message);
    }

    @Override
    public void read(boolean wanted) {
      reads.add(wanted);
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}

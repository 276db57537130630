// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.osgi;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.EndpointUnreachable;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import io.leasehold.transport.Binding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A transport at whose other end registrars answer at once. Any thread. */
final class ScriptedRegistrars implements SessionTransport {
  final List<EndpointUnreachable> reports = new CopyOnWriteArrayList<>();
  final List<Session> sessions = new CopyOnWriteArrayList<>();

  /** Whether anybody is there. */
  volatile boolean up = true;

  /** Identifiers of members, all of group 1, the first of the highest rank. */
  volatile List<Long> members = List.of(1L, 2L);

  @Override
  public Binding accept(ListenSpec spec, boolean startTls, SessionUser user) {
    throw new UnsupportedOperationException("a pool user listens nowhere");
  }

  @Override
  public HopSession connect(ConnectSpec spec, SessionUser user) {
    Session session = new Session(spec, user);
    sessions.add(session);
    if (up) {
      user.opened(session);
    } else {
      user.ended(session, "refused");
    }
    return session;
  }

  /** All connections end. */
  void die() {
    up = false;
    sessions.stream().filter(each -> !each.closed).forEach(Session::reset);
  }

  private HandleResolutionResponse answer(HandleResolution question) {
    return new HandleResolutionResponse(
        question.updates(),
        question.handle(),
        Optional.of(PoolPolicy.of(PolicyType.CLIENT_HASH, 0, 0, 0, 0)),
        members.stream().map(ScriptedRegistrars::element).toList(),
        Optional.empty());
  }

  private static PoolElement element(long id) {
    return new PoolElement(
        id,
        7,
        300,
        PortTransport.udp(Ipv6.ofText("2001:db8::" + Long.toHexString(id)), 547),
        HashValues.weighted(1, 1, 1000 - id).toPolicy(),
        Optional.empty());
  }

  /** One connection. */
  final class Session implements HopSession {
    final ConnectSpec spec;
    private final SessionUser user;
    volatile boolean closed;

    Session(ConnectSpec spec, SessionUser user) {
      this.spec = spec;
      this.user = user;
    }

    void reset() {
      closed = true;
      user.ended(this, "reset");
    }

    @Override
    public String id() {
      return "scripted";
    }

    @Override
    public boolean isOutgoing() {
      return true;
    }

    @Override
    public Ipv6 remote() {
      return spec.remote();
    }

    @Override
    public Optional<AuthenticatedPeer> peer() {
      return Optional.of(
          new AuthenticatedPeer(
              "reg1",
              Set.of(PeerRole.ENRP_SERVER),
              "tls-cert",
              new ChannelFacts("TLSv1.3", "", "", "", "", Instant.EPOCH)));
    }

    @Override
    public Assurance assurance() {
      return Assurance.PRIVATE;
    }

    @Override
    public boolean send(Bytes message) {
      AsapMessage told = ((Decoded.Accepted<AsapMessage>) AsapMessage.decode(message)).message();
      if (told instanceof HandleResolution question) {
        user.message(this, answer(question).encode());
      } else if (told instanceof EndpointUnreachable report) {
        reports.add(report);
      }
      return !closed;
    }

    @Override
    public void read(boolean wanted) {
      // What little there is may come.
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

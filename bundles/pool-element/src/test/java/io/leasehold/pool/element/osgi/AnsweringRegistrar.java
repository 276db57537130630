// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.osgi;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.Deregistration;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
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

/** A transport at whose other end a registrar accepts everything. Any thread. */
final class AnsweringRegistrar implements SessionTransport {
  final List<AsapMessage> received = new CopyOnWriteArrayList<>();
  volatile ConnectSpec asked;

  @Override
  public Binding accept(ListenSpec spec, boolean startTls, SessionUser user) {
    throw new UnsupportedOperationException("a pool element listens nowhere");
  }

  @Override
  public HopSession connect(ConnectSpec spec, SessionUser user) {
    asked = spec;
    Session session = new Session(spec.remote(), user);
    user.opened(session);
    return session;
  }

  private final class Session implements HopSession {
    private final Ipv6 remote;
    private final SessionUser user;

    Session(Ipv6 remote, SessionUser user) {
      this.remote = remote;
      this.user = user;
    }

    @Override
    public String id() {
      return "answering";
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
      received.add(told);
      if (told instanceof Registration registration) {
        user.message(this, RegistrationResponse.accepted(registration.key()).encode());
      } else if (told instanceof Deregistration gone) {
        user.message(
            this,
            new DeregistrationResponse(gone.handle(), gone.element(), Optional.empty()).encode());
      }
      return true;
    }

    @Override
    public void read(boolean wanted) {
      // What little there is may come.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}

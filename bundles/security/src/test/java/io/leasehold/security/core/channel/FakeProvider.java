// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Carrier;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.SecurityServices;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes engines that do what a test says, and remembers what happened to its factories. */
final class FakeProvider implements ChannelSecurityProvider {
  final String name;
  final List<Factory> factories = new ArrayList<>();
  Health next = Health.READY;
  String rejection = "";

  FakeProvider(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Carrier> carriers() {
    return Set.of(Carrier.STREAM);
  }

  @Override
  public Assurance maximumAssurance() {
    return Assurance.PRIVATE;
  }

  @Override
  public ChannelFactory open(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException {
    if (!rejection.isEmpty()) {
      throw new ProfileRejectedException(rejection);
    }
    Factory factory = new Factory(profile, services, next);
    factories.add(factory);
    return factory;
  }

  Factory last() {
    return factories.get(factories.size() - 1);
  }

  long open() {
    return factories.stream().filter(each -> !each.closed).count();
  }

  static final class Factory implements ChannelFactory {
    final ChannelProfile profile;
    final SecurityServices services;
    final List<Engine> engines = new ArrayList<>();
    Health health;
    boolean drained;
    boolean closed;

    Factory(ChannelProfile profile, SecurityServices services, Health health) {
      this.profile = profile;
      this.services = services;
      this.health = health;
    }

    @Override
    public ChannelEngine newEngine(HandshakeRole role, PeerSelector expected) {
      if (drained || closed) {
        throw new IllegalStateException("drained");
      }
      Engine engine = new Engine();
      engines.add(engine);
      return engine;
    }

    @Override
    public Admission admit(HopEnd local, HopEnd remote) {
      return Admission.inClear();
    }

    @Override
    public Health health() {
      return health;
    }

    @Override
    public void drain(Duration grace) {
      drained = true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  static final class Engine implements ChannelEngine {
    State state = State.HANDSHAKING;
    AuthenticatedPeer peer;
    CloseReason closedFor;
    String failure = "";

    /** The handshake ends with this peer, by that pre-shared key. */
    void establish(Peer entry, String credential) {
      peer =
          new AuthenticatedPeer(
              entry.id(),
              entry.roles(),
              "tls-psk",
              new ChannelFacts("TLSv1.3", "", "", "own", credential, Instant.EPOCH));
      state = State.ESTABLISHED;
    }

    @Override
    public void start() {}

    @Override
    public void receiveNetwork(ByteBuffer in) {
      in.position(in.limit());
    }

    @Override
    public int takeNetwork(ByteBuffer out) {
      return 0;
    }

    @Override
    public int takeApplication(ByteBuffer out) {
      out.put((byte) 1);
      return 1;
    }

    @Override
    public void sendApplication(ByteBuffer in) {
      in.position(in.limit());
    }

    @Override
    public State state() {
      return state;
    }

    @Override
    public String failure() {
      return failure;
    }

    @Override
    public Optional<AuthenticatedPeer> peer() {
      return Optional.ofNullable(peer);
    }

    @Override
    public Assurance assurance() {
      return Assurance.PRIVATE;
    }

    @Override
    public OptionalLong nextTimerNanos() {
      return OptionalLong.empty();
    }

    @Override
    public void onTimer() {}

    @Override
    public void close(CloseReason why) {
      closedFor = why;
      state = State.CLOSED;
    }
  }
}

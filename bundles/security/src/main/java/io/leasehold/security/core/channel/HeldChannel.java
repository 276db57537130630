// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.net.Bytes;
import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channel;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelStatus;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.core.listen.Listeners;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What users of a profile hold, for as long as they like. What is in force is replaced whole by
 * {@link Swapping}; users read it without a lock.
 */
final class HeldChannel implements Channel, GuardedEngine.Supervisor {
  /**
   * What is in force.
   *
   * @param opened provider and profile; empty while there are none
   * @param reason why there are none
   * @param generation counts the ways in which engines were made
   */
  record Force(Optional<Opened> opened, String reason, long generation) {
    Health health() {
      return opened.map(Opened::health).orElseGet(() -> Health.unusable(reason));
    }
  }

  /** Compared by identity. */
  private static final class Registration {
    private final Consumer<Change> listener;

    private Registration(Consumer<Change> listener) {
      this.listener = listener;
    }
  }

  private final String name;
  private final Services services;
  private final Engines engines = new Engines();
  private final List<Registration> listeners = new CopyOnWriteArrayList<>();
  private volatile ChannelSpec spec;
  private volatile Force force;
  private volatile Duration grace = Duration.ZERO;

  HeldChannel(String name, Services services) {
    this.name = name;
    this.services = services;
    this.force = new Force(Optional.empty(), noProfile(name), 0);
  }

  static String noProfile(String name) {
    return "there is no profile %s; write etc/io.leasehold.security.channel-%s.cfg"
        .formatted(name, name);
  }

  Engines engines() {
    return engines;
  }

  Force force() {
    return force;
  }

  void force(Force next) {
    force = next;
  }

  /** The profile as configured; null if there is none. */
  ChannelSpec spec() {
    return spec;
  }

  void spec(ChannelSpec next) {
    spec = next;
  }

  /** How long engines may live on that were made until now. */
  void grace(Duration next) {
    grace = next;
  }

  void tell(Change change) {
    listeners.forEach(each -> Listeners.guarded(each.listener, change));
  }

  int listeners() {
    return listeners.size();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<ChannelProfile> profile() {
    return force.opened.map(opened -> opened.spec().profile());
  }

  @Override
  public Health health() {
    return force.health();
  }

  @Override
  public Duration grace() {
    return grace;
  }

  @Override
  public Set<Carrier> carriers() {
    return force
        .opened
        .filter(opened -> opened.health().usable())
        .map(opened -> opened.offer().provider().carriers())
        .orElse(Set.of());
  }

  @Override
  public Admission admit(HopEnd local, HopEnd remote) {
    Optional<ChannelFactory> factory = force.opened.flatMap(Opened::factory);
    if (factory.isEmpty()) {
      return Admission.refused(force.health().reason());
    }
    try {
      return factory.get().admit(local, remote);
    } catch (RuntimeException | LinkageError e) { // a provider that is going away
      return Admission.refused("the provider failed: " + e);
    }
  }

  @Override
  public ChannelEngine newEngine(HandshakeRole role, PeerSelector expected) {
    return made(factory -> Optional.of(factory.newEngine(role, expected)), expected).orElseThrow();
  }

  @Override
  public Optional<ChannelEngine> accept(
      HopEnd from, Bytes datagram, PeerSelector expected, Consumer<Bytes> answer) {
    return made(factory -> factory.accept(from, datagram, expected, answer), expected);
  }

  /** Makes an engine in the way that is in force, also if that has just changed. */
  private Optional<ChannelEngine> made(
      Function<ChannelFactory, Optional<ChannelEngine>> making, PeerSelector expected) {
    while (true) {
      Force now = force;
      Health health = now.health();
      if (!health.usable()) {
        throw new IllegalStateException(health.reason());
      }
      try {
        Optional<ChannelEngine> made = making.apply(factory(now));
        if (made.isEmpty()) {
          return made;
        }
        GuardedEngine guarded = new GuardedEngine(made.get(), expected, now.generation, this);
        engines.add(guarded);
        if (force.opened != now.opened) {
          guarded.order(CloseReason.DRAINED);
        }
        return Optional.of(guarded);
      } catch (IllegalStateException e) {
        if (force == now) {
          throw e;
        }
      }
    }
  }

  private static ChannelFactory factory(Force now) {
    return now.opened.flatMap(Opened::factory).orElseThrow();
  }

  @Override
  public AutoCloseable onChange(Consumer<Change> listener) {
    Registration registration = new Registration(listener);
    listeners.add(registration);
    return () -> listeners.remove(registration);
  }

  ChannelStatus status() {
    Force now = force;
    ChannelSpec configured = spec;
    return new ChannelStatus(
        name,
        configured == null ? "" : configured.profile().provider(),
        now.opened.map(opened -> opened.offer().label()).orElse(""),
        now.health(),
        now.opened
            .map(opened -> opened.offer().provider().maximumAssurance())
            .orElse(Assurance.NONE),
        engines.count());
  }

  /** The directory is asked when the handshake is over: it may have changed since it began. */
  @Override
  public boolean admits(GuardedEngine engine, AuthenticatedPeer peer) {
    Optional<Peer> entry = services.peers().peer(peer.peerId());
    boolean admitted = entry.filter(engine.expected()::accepts).isPresent();
    if (admitted) {
      // Of a pre-shared key the fingerprint is its name.
      String credential = peer.facts().peerFingerprint();
      engine.rests(entry.get(), services.credentials().credential(credential).orElse(null));
    } else {
      services
          .audit()
          .event(
              "peer-refused",
              peer.peerId(),
              "channel " + name + ": the peer is not, or no more, whom it expects");
    }
    return admitted;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.hop;

import io.leasehold.net.Bytes;
import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channel;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelStatus;
import io.leasehold.security.Channels;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The channels of one host of a test: one profile, whose provider comes, changes and goes as the
 * test says. Engines are {@link TestEngine}; both ends need the same key. May be used from any
 * thread.
 */
public final class TestChannels implements Channels, Channel {
  /** Name of the profile. */
  public static final String PROFILE = "test";

  private static final Set<Carrier> CLEAR = Set.of(Carrier.NETWORK, Carrier.STREAM);

  private final String host;
  private final Carrier carrier;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Peer> peers = new ConcurrentHashMap<>();
  private volatile int key = 1;
  private volatile int generation = 1;
  private volatile Duration grace = Duration.ofMinutes(10);
  private volatile String absence = "";
  private volatile boolean admitting = true;
  private volatile boolean clear;

  /** Channels of a host that knows no peer; a provider {@code none} if the carrier is NETWORK. */
  public TestChannels(String host, Carrier carrier) {
    this.host = host;
    this.carrier = carrier;
    this.clear = carrier == Carrier.NETWORK;
  }

  /** A peer becomes known. */
  public TestChannels knows(String peer, PeerRole... roles) {
    peers.put(
        peer, new Peer(peer, Set.of(roles), List.of(), false, List.of(), List.of(), List.of()));
    return this;
  }

  /** Whether messages pass in clear, if the provider is none. */
  public void admitting(boolean value) {
    admitting = value;
  }

  /** Another key, by which nobody with the old one is known; listeners are not told. */
  public void key(int value) {
    key = value;
  }

  /** How long connections of before live on after a change; these channels do not end them. */
  public void grace(Duration value) {
    grace = value;
  }

  /** New channels are another generation, which {@code credential} of their facts tells. */
  public void renew() {
    generation++;
    tell(Change.RENEWED);
  }

  /** The provider becomes {@code none}, as an operator could write. */
  public void turnClear() {
    clear = true;
    tell(Change.RENEWED);
  }

  /** The provider goes. */
  public void gone(String reason) {
    absence = reason;
    tell(Change.GONE);
  }

  /** The provider comes. */
  public void back() {
    absence = "";
    tell(Change.HEALTH);
  }

  private void tell(Change change) {
    listeners.forEach(each -> each.accept(change));
  }

  /** How many listen to changes. */
  public int listeners() {
    return listeners.size();
  }

  String host() {
    return host;
  }

  int key() {
    return key;
  }

  Optional<Peer> peer(String id) {
    return Optional.ofNullable(peers.get(id));
  }

  @Override
  public Channel channel(String profile) {
    if (!profile.equals(PROFILE)) {
      throw new IllegalArgumentException("the only profile is " + PROFILE);
    }
    return this;
  }

  @Override
  public List<ChannelStatus> status() {
    return List.of();
  }

  @Override
  public String name() {
    return PROFILE;
  }

  @Override
  public Optional<ChannelProfile> profile() {
    return Optional.of(
        new ChannelProfile(
            PROFILE,
            clear ? "none" : "testing",
            false,
            ChannelProfile.PostQuantum.OFF,
            List.of(),
            "",
            ChannelProfile.Revocation.OFF,
            Duration.ofSeconds(10),
            Map.of()));
  }

  @Override
  public Health health() {
    return absence.isEmpty() ? Health.READY : Health.unusable(absence);
  }

  @Override
  public Duration grace() {
    return grace;
  }

  @Override
  public Set<Carrier> carriers() {
    return absence.isEmpty() ? (clear ? CLEAR : Set.of(carrier)) : Set.of();
  }

  @Override
  public Admission admit(HopEnd local, HopEnd remote) {
    if (!absence.isEmpty()) {
      return Admission.refused(absence);
    }
    return clear && admitting ? Admission.inClear() : Admission.refused("not admitted by the test");
  }

  @Override
  public ChannelEngine newEngine(HandshakeRole role, PeerSelector expected) {
    if (!absence.isEmpty()) {
      throw new IllegalStateException(absence);
    }
    Carrier over = clear ? Carrier.NETWORK : carrier;
    return new TestEngine(this, role, expected, over, "generation-" + generation);
  }

  /** Cookies are left to those who make them: whoever sends is heard. */
  @Override
  public Optional<ChannelEngine> accept(
      HopEnd from, Bytes datagram, PeerSelector expected, Consumer<Bytes> answer) {
    ChannelEngine engine = newEngine(HandshakeRole.SERVER, expected);
    engine.receiveNetwork(ByteBuffer.wrap(datagram.toArray()));
    return Optional.of(engine);
  }

  @Override
  public AutoCloseable onChange(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** What an established channel vouches for. */
  static final Assurance ASSURANCE = new Assurance(true, true, true, true, true, false);
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.net.Ipv6;
import io.leasehold.security.AuditSink;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.CredentialStore;
import io.leasehold.security.HopEnd;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerRole;
import io.leasehold.security.SecurityServices;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What surrounds the provider: two peers, a clock that the test turns, and what was audited. */
public final class World implements SecurityServices {
  public static final HopEnd SERVER4 = end("192.0.2.1", 67);
  public static final HopEnd RELAY4 = end("192.0.2.17", 67);
  public static final HopEnd SERVER6 = end("2001:db8::1", 547);
  public static final HopEnd RELAY6 = end("2001:db8::17", 547);

  public final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 5);
  public final List<String> audited = new CopyOnWriteArrayList<>();
  public final List<Peer> peers = new CopyOnWriteArrayList<>();

  /** Whether time passes by itself, too. */
  public volatile boolean runs;

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public World() {
    peers.add(peer("relay17", "192.0.2.17", "2001:db8::17"));
    peers.add(peer("other", "198.51.100.9"));
  }

  public static HopEnd end(String address, int port) {
    return new HopEnd(Ipv6.ofText(address), port);
  }

  public static Peer peer(String id, String... addresses) {
    List<PeerName> names = new ArrayList<>();
    for (String each : addresses) {
      names.add(new PeerName(PeerName.Kind.ADDRESS, each));
    }
    return new Peer(
        id, Set.of(PeerRole.RELAY), names, false, List.of(), List.of("psk-" + id), List.of());
  }

  public static ChannelProfile profile(String... settings) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    return new ChannelProfile(
        "hop",
        "ipsec",
        false,
        ChannelProfile.PostQuantum.PREFER,
        List.of(),
        "",
        ChannelProfile.Revocation.SOFT,
        Duration.ofSeconds(10),
        map);
  }

  public void pass(Duration time) {
    nowNanos.addAndGet(time.toNanos());
  }

  public void peersChanged() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public CredentialStore credentials() {
    throw new AssertionError("keys belong to strongSwan");
  }

  @Override
  public PeerDirectory peers() {
    return new Directory();
  }

  private final class Directory implements PeerDirectory {
    @Override
    public List<Peer> peers() {
      return List.copyOf(peers);
    }

    @Override
    public Optional<Peer> peer(String id) {
      return peers.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Peer> byPreSharedKey(String credential) {
      return Optional.empty();
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }
  }

  @Override
  public AuditSink audit() {
    return (kind, subject, detail) -> audited.add(kind + " " + subject + " " + detail);
  }

  @Override
  public SecureRandom random() {
    return new SecureRandom();
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Override
  public LongSupplier nanos() {
    return () -> nowNanos.get() + (runs ? System.nanoTime() : 0);
  }
}

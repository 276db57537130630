// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.security;

import io.leasehold.net.Bytes;
import io.leasehold.security.AuditSink;
import io.leasehold.security.Credential;
import io.leasehold.security.Credential.PreSharedKey;
import io.leasehold.security.CredentialStatus;
import io.leasehold.security.CredentialStore;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerRole;
import io.leasehold.security.Secret;
import io.leasehold.security.SecurityServices;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What surrounds a provider on one host: credentials and peers in memory, a clock that the test
 * moves, and events that it reads. May be used from any thread.
 */
public final class SecurityWorld implements SecurityServices {
  /** When a world begins. */
  public static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");

  private final Map<String, Credential> credentials = new LinkedHashMap<>();
  private final Map<String, Peer> peers = new LinkedHashMap<>();
  private final Map<String, String> faults = new LinkedHashMap<>();
  private final List<String> used = Collections.synchronizedList(new ArrayList<>());
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final SecureRandom random = new SecureRandom();
  private final Store store = new Store();
  private final Directory directory = new Directory();
  private volatile Duration passed = Duration.ZERO;

  /** Adds or replaces a credential. */
  public synchronized SecurityWorld with(Credential credential) {
    credentials.put(credential.name(), credential);
    return this;
  }

  /** Adds or replaces a pre-shared key with hash SHA-256. */
  public SecurityWorld withKey(String name, String identity, byte[] key) {
    return with(new PreSharedKey(name, Bytes.ofUtf8(identity), Secret.of(key.clone()), false));
  }

  /** Takes a credential away. */
  public synchronized void without(String credential) {
    credentials.remove(credential);
  }

  /** Adds or replaces a peer. */
  public synchronized SecurityWorld with(Peer peer) {
    peers.put(peer.id(), peer);
    return this;
  }

  /** Adds a peer that has pre-shared keys. */
  public SecurityWorld withKeyPeer(String id, PeerRole role, String... keys) {
    return with(new Peer(id, Set.of(role), List.of(), false, List.of(), List.of(keys), List.of()));
  }

  /** Adds a peer with one DNS name. */
  public SecurityWorld withNamedPeer(String id, PeerRole role, String dnsName) {
    List<PeerName> names = List.of(new PeerName(PeerName.Kind.DNS, dnsName));
    return with(new Peer(id, Set.of(role), names, false, List.of(), List.of(), List.of()));
  }

  /** Adds a pre-shared key of which nobody is known, and why. */
  public synchronized SecurityWorld withFault(String key, String why) {
    faults.put(key, why);
    return this;
  }

  /** Lets time pass, by both clocks. */
  public void pass(Duration time) {
    passed = passed.plus(time);
  }

  /** Credentials with which channels were established, in order. */
  public List<String> used() {
    return List.copyOf(used);
  }

  /** Events of the audit, {@code kind subject detail}. */
  public List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public CredentialStore credentials() {
    return store;
  }

  @Override
  public PeerDirectory peers() {
    return directory;
  }

  @Override
  public AuditSink audit() {
    return (kind, subject, detail) -> events.add(kind + " " + subject + " " + detail);
  }

  @Override
  public SecureRandom random() {
    return random;
  }

  @Override
  public InstantSource clock() {
    return () -> BEGIN.plus(passed);
  }

  @Override
  public LongSupplier nanos() {
    return () -> passed.toNanos();
  }

  private final class Store implements CredentialStore {
    @Override
    public Optional<Credential> credential(String name) {
      synchronized (SecurityWorld.this) {
        return Optional.ofNullable(credentials.get(name));
      }
    }

    @Override
    public Optional<PreSharedKey> preSharedKey(Bytes identity) {
      List<Credential> all;
      synchronized (SecurityWorld.this) {
        all = new ArrayList<>(credentials.values());
      }
      Optional<PreSharedKey> found = Optional.empty();
      for (Credential each : all) {
        if (each instanceof PreSharedKey key && key.identity().equals(identity)) {
          found = Optional.of(key);
        }
      }
      return found;
    }

    @Override
    public List<CredentialStatus> status() {
      return List.of();
    }

    @Override
    public void used(String name) {
      used.add(name);
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
      return () -> {};
    }
  }

  private final class Directory implements PeerDirectory {
    @Override
    public List<Peer> peers() {
      synchronized (SecurityWorld.this) {
        return List.copyOf(peers.values());
      }
    }

    @Override
    public Optional<Peer> peer(String id) {
      return peers().stream().filter(peer -> peer.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Peer> byPreSharedKey(String credential) {
      return peers().stream().filter(peer -> peer.preSharedKeys().contains(credential)).findFirst();
    }

    @Override
    public String whyNobody(String credential) {
      synchronized (SecurityWorld.this) {
        String why = faults.get(credential);
        return why == null ? PeerDirectory.super.whyNobody(credential) : why;
      }
    }

    @Override
    public List<String> faults() {
      synchronized (SecurityWorld.this) {
        return List.copyOf(faults.values());
      }
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
      return () -> {};
    }
  }
}

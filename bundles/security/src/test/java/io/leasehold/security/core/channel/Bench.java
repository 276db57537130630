// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.net.Bytes;
import io.leasehold.security.AuditSink;
import io.leasehold.security.Credential;
import io.leasehold.security.CredentialStatus;
import io.leasehold.security.CredentialStore;
import io.leasehold.security.Secret;
import io.leasehold.security.core.peer.PeerBook;
import io.leasehold.security.core.peer.PeerSpec;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Channels with credentials and a clock that a test sets, and a peer r17. */
final class Bench {
  final List<String> audit = new ArrayList<>();
  final Map<String, Credential> credentials = new HashMap<>();
  final AuditSink sink = (kind, subject, detail) -> audit.add(kind + " " + subject + " " + detail);
  final PeerBook peers = new PeerBook(sink);
  final ChannelBook channels;
  private long nanos = 1_000_000;

  Bench() {
    channels =
        new ChannelBook(
            new Services(
                new Store(), peers, sink, new SecureRandom(), () -> Instant.EPOCH, () -> nanos));
    peers.onChange(channels::peersChanged);
    peer("r17");
  }

  void peer(String id) {
    credentials.put(
        id + "#1",
        new Credential.PreSharedKey(
            id + "#1", Bytes.ofUtf8(id + "#1"), Secret.of(new byte[32]), false));
    peers.put(
        id,
        PeerSpec.of(
            id, Map.of("roles", "relay", "names", "dns:" + id + ".example", "psk", id + "#1")));
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** The handshake of the last engine ends, with a relay agent of that name. */
  void establish(FakeProvider provider, String id) {
    List<FakeProvider.Engine> engines = provider.last().engines;
    PeerSpec entry = PeerSpec.of(id, Map.of("roles", "relay", "psk", id + "#1"));
    engines.get(engines.size() - 1).establish(entry.peer().orElseThrow(), id + "#1");
  }

  private final class Store implements CredentialStore {
    @Override
    public Optional<Credential> credential(String name) {
      return Optional.ofNullable(credentials.get(name));
    }

    @Override
    public Optional<Credential.PreSharedKey> preSharedKey(Bytes identity) {
      return Optional.empty();
    }

    @Override
    public List<CredentialStatus> status() {
      return List.of();
    }

    @Override
    public void used(String name) {
      // nobody asks for it
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
      return () -> {};
    }
  }
}

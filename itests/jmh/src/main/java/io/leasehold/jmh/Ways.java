// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.security.Carrier;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.ChannelProfile.Revocation;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.dtls.DtlsCertificates;
import io.leasehold.security.dtls.DtlsPreSharedKeys;
import io.leasehold.security.dtls.osgi.HandshakeThreads;
import io.leasehold.security.tls.osgi.TlsCertificates;
import io.leasehold.security.tls.osgi.TlsPreSharedKeys;
import io.leasehold.testkit.security.EnginePipe;
import io.leasehold.testkit.security.SecurityWorld;
import io.leasehold.testkit.security.TestAuthority;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A relay agent and a server that protect what is between them, each way by name: the provider, and
 * {@code +hybrid} where the key exchange has X25519MLKEM768; without it X25519. Certificates are of
 * ECDSA P-256, one below its authority.
 */
final class Ways implements AutoCloseable {
  private static final PeerSelector SERVER = PeerSelector.only("server", PeerRole.SERVER);
  private static final PeerSelector RELAYS = PeerSelector.anyOf(PeerRole.RELAY);
  private static final int KEY_OCTETS = 32;

  private final HandshakeThreads threads = new HandshakeThreads();
  private final ChannelFactory client;
  private final ChannelFactory server;
  private final boolean datagrams;

  /** Both ends of a channel. */
  record Pair(ChannelEngine client, ChannelEngine server) {
    void close() {
      client.close(CloseReason.DONE);
      server.close(CloseReason.DONE);
    }
  }

  Ways(String way) {
    ChannelSecurityProvider provider = provider(way.replace("+hybrid", ""));
    boolean certificates = provider.name().endsWith("-cert");
    ChannelProfile profile =
        new ChannelProfile(
            "bench",
            provider.name(),
            false,
            way.endsWith("+hybrid") ? PostQuantum.REQUIRE : PostQuantum.OFF,
            certificates ? List.of("own") : List.of("key"),
            certificates ? "trust" : "",
            Revocation.OFF,
            Duration.ofSeconds(10),
            Map.of());
    SecurityWorld relays = new SecurityWorld();
    SecurityWorld servers = new SecurityWorld();
    furnish(certificates, relays, servers);
    try {
      client = provider.open(profile, relays);
      server = provider.open(profile, servers);
    } catch (ProfileRejectedException e) {
      throw new IllegalArgumentException(way, e);
    }
    datagrams = provider.carriers().contains(Carrier.DATAGRAM);
  }

  private ChannelSecurityProvider provider(String name) {
    return switch (name) {
      case "tls-cert" -> new TlsCertificates();
      case "tls-psk" -> new TlsPreSharedKeys();
      case "dtls-cert" -> new DtlsCertificates(threads);
      case "dtls-psk" -> new DtlsPreSharedKeys(threads);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void furnish(boolean certificates, SecurityWorld relays, SecurityWorld servers) {
    if (certificates) {
      TestAuthority authority = TestAuthority.root("bench");
      relays
          .with(authority.issue().dns("relay.example").credential("own"))
          .with(authority.trust("trust"))
          .withNamedPeer("server", PeerRole.SERVER, "server.example");
      servers
          .with(authority.issue().dns("server.example").credential("own"))
          .with(authority.trust("trust"))
          .withNamedPeer("relay", PeerRole.RELAY, "relay.example");
    } else {
      byte[] key = new byte[KEY_OCTETS];
      relays.withKey("key", "relay#1", key).withKeyPeer("server", PeerRole.SERVER, "key");
      servers.withKey("key", "relay#1", key).withKeyPeer("relay", PeerRole.RELAY, "key");
    }
  }

  /** A new channel, both ends of which know each other. */
  Pair shake() {
    Pair pair =
        new Pair(
            client.newEngine(HandshakeRole.CLIENT, SERVER),
            server.newEngine(HandshakeRole.SERVER, RELAYS));
    EnginePipe pipe =
        datagrams
            ? EnginePipe.datagrams(pair.client(), pair.server())
            : EnginePipe.stream(pair.client(), pair.server());
    pipe.run();
    if (pair.server().state() != State.ESTABLISHED) {
      throw new IllegalStateException(pair.server().failure());
    }
    return pair;
  }

  @Override
  public void close() {
    client.close();
    server.close();
    threads.close();
  }
}

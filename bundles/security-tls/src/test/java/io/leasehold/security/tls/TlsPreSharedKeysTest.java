// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.ChannelProfile.Revocation;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.PeerRole;
import io.leasehold.security.tls.osgi.TlsPreSharedKeys;
import io.leasehold.testkit.security.SecurityWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TlsPreSharedKeysTest extends StreamContract {
  private static final byte[] KEY = "0123456789abcdef0123456789ABCDEF".getBytes();
  private static final byte[] KEY12 = "fedcba9876543210fedcba9876543210".getBytes();

  TlsPreSharedKeysTest() {
    clientWorld
        .withKey("r17-key", "r17#1", KEY)
        .withKey("r17-old", "r17#12", KEY12)
        .withKeyPeer("server1", PeerRole.SERVER, "r17-key", "r17-old");
    serverWorld
        .withKey("r17-key", "r17#1", KEY)
        .withKey("r17-old", "r17#12", KEY12)
        .withKeyPeer("r17", PeerRole.RELAY, "r17-key", "r17-old");
  }

  @Override
  protected ChannelSecurityProvider provider() {
    return new TlsPreSharedKeys();
  }

  @Override
  ChannelProfile profile(HandshakeRole role, boolean tls12, PostQuantum pq) {
    return new ChannelProfile(
        "hq",
        provider().name(),
        tls12,
        pq,
        List.of("r17-key"),
        "",
        Revocation.SOFT,
        Duration.ofSeconds(10),
        tls12 ? Map.of("credential.tls12", "r17-old") : Map.of());
  }

  @Test
  void keyWhosePeerHasAFaultSaysWhichOne() {
    serverWorld
        .withKeyPeer("r17", PeerRole.RELAY)
        .withFault("r17-key", "peer r17: pools is missing");

    assertThat(open(HandshakeRole.SERVER).health().reason())
        .isEqualTo("peer r17: pools is missing");
    assertThat(open(profile(List.of(), "", false, PostQuantum.OFF), HandshakeRole.SERVER).health())
        .isEqualTo(
            Health.unusable("no valid peer has a pre-shared key; peer r17: pools is missing"));
    ChannelEngine server = engine(HandshakeRole.SERVER);
    pipe(engine(HandshakeRole.CLIENT), server).run();
    assertThat(server.failure()).contains("peer r17: pools is missing");
  }

  @Override
  protected void spoil(SecurityWorld world, HandshakeRole role) {
    world.withKey("r17-key", "r17#1", "another key of as many octets...".getBytes());
  }
}

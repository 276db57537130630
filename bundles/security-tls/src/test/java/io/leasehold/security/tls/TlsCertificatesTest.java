// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerRole;
import io.leasehold.security.tls.osgi.TlsCertificates;
import io.leasehold.testkit.security.EnginePipe;
import io.leasehold.testkit.security.SecurityWorld;
import io.leasehold.testkit.security.TestAuthority;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TlsCertificatesTest extends StreamContract {
  private static final TestAuthority AUTHORITY = TestAuthority.root("hq authority");

  TlsCertificatesTest() {
    clientWorld
        .with(AUTHORITY.issue().dns("r17.example").credential("own"))
        .with(AUTHORITY.trust("hq"))
        .withNamedPeer("server1", PeerRole.SERVER, "server1.example");
    serverWorld
        .with(AUTHORITY.issue().dns("server1.example").credential("own"))
        .with(AUTHORITY.trust("hq"))
        .withNamedPeer("r17", PeerRole.RELAY, "r17.example");
  }

  @Override
  protected ChannelSecurityProvider provider() {
    return new TlsCertificates();
  }

  @Override
  ChannelProfile profile(HandshakeRole role, boolean tls12, PostQuantum pq) {
    return profile(List.of("own"), "hq", tls12, pq);
  }

  /** A server may have certificates for several names. */
  @Test
  void aClientSaysWhichServerItWants() {
    ChannelEngine client = engine(HandshakeRole.CLIENT);
    EnginePipe pipe = pipe(client, engine(HandshakeRole.SERVER)).run();
    assertThat(client.state()).isEqualTo(State.ESTABLISHED);
    assertThat(pipe.toServer().get(0).toHex()).contains(Bytes.ofUtf8("server1.example").toHex());
  }

  @Override
  protected void spoil(SecurityWorld world, HandshakeRole role) {
    world.with(
        TestAuthority.root("stranger")
            .issue()
            .dns(role == HandshakeRole.CLIENT ? "r17.example" : "server1.example")
            .credential("own"));
  }
}

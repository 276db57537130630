// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec.osgi;

import static io.leasehold.security.ipsec.World.RELAY4;
import static io.leasehold.security.ipsec.World.RELAY6;
import static io.leasehold.security.ipsec.World.SERVER4;
import static io.leasehold.security.ipsec.World.SERVER6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ipsec.World;
import io.leasehold.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With strongSwan itself. Kernels without ESP let IKE run and take no SA: there it is tested that
 * nothing passes, and elsewhere that what is protected does.
 */
class StrongSwanTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String SECRET = "    secret = 0x00112233445566778899aabbccddeeff";

  private final World here = new World();
  private final World there = new World();
  private final IpsecProvider provider = new IpsecProvider();
  private final IpsecProvider other = new IpsecProvider();
  @TempDir private Path directory;
  private StrongSwan strongSwan;
  private ChannelFactory server;
  private ChannelFactory relay;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(StrongSwan.isHere(), "strongSwan and root are needed");
    strongSwan = new StrongSwan(directory);
    here.runs = true;
    there.runs = true;
    there.peers.clear();
    there.peers.add(World.peer("server", "192.0.2.1", "2001:db8::1"));
    server = open(provider, "a", here, "192.0.2.1 2001:db8::1", "relay17");
    relay = open(other, "b", there, "192.0.2.17 2001:db8::17", "server");
    Await.until(PATIENCE, () -> Files.exists(strongSwan.socket("a")));
    Await.until(PATIENCE, () -> Files.exists(strongSwan.socket("b")));
  }

  private ChannelFactory open(
      IpsecProvider by, String name, World world, String local, String peers) throws Exception {
    return by.open(
        World.profile(
            "vici.socket",
            strongSwan.socket(name).toString(),
            "ipsec.local",
            local,
            "ipsec.peers",
            peers),
        world);
  }

  @AfterEach
  void end() throws Exception {
    if (server != null) {
      server.close();
      relay.close();
    }
    if (strongSwan != null) {
      strongSwan.close();
    }
  }

  private boolean bothAdmitted() {
    return server.admit(SERVER4, RELAY4).admitted() && server.admit(SERVER6, RELAY6).admitted();
  }

  private static String withSecrets(String configuration) {
    return configuration.replace("    # secret = 0x...", SECRET);
  }

  @Test
  void loadsWhatIsGeneratedAndOnlyWithASecret() throws Exception {
    assertThat(server.health().usable()).isFalse();
    assertThat(strongSwan.load("a", provider.configuration("hop")))
        .contains("missing secret in 'ike-relay17-1', ignored", "loaded connection 'relay17-1'");
    assertThat(strongSwan.load("a", withSecrets(provider.configuration("hop"))))
        .contains("loaded ike secret 'ike-relay17-1'")
        .contains("successfully loaded 2 connections, 0 unloaded");
    assertThat(bothAdmitted()).isFalse();
  }

  @Test
  void carriesNothingThatTheKernelDoesNotProtect() throws Exception {
    strongSwan.load("a", withSecrets(provider.configuration("hop")));
    strongSwan.load("b", withSecrets(other.configuration("hop")));

    Await.until(
        PATIENCE,
        () ->
            bothAdmitted() && keyed()
                || server.health().reason().contains("has no ESP")
                || relay.health().reason().contains("has no ESP"));

    if (!keyed()) {
      Await.until(PATIENCE, () -> !bothAdmitted());
      return;
    }
    strongSwan.swanctl("b", "--terminate", "--ike", "server-1");
    strongSwan.swanctl("a", "--unload", "--ike", "relay17-1");
    Await.until(PATIENCE, () -> !server.admit(SERVER4, RELAY4).admitted());
  }

  private boolean keyed() {
    return server.admit(SERVER4, RELAY4).assurance().confidential()
        && server.admit(SERVER6, RELAY6).assurance().confidential();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.dtls.osgi.HandshakeThreads;
import io.leasehold.testkit.security.SecurityWorld;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** S-145: headers that claim 2^24-1 octets, sixteen messages ahead, from somebody without a key. */
final class ReassemblyAttackTest {
  private static final PeerSelector RELAYS = PeerSelector.anyOf(PeerRole.RELAY);
  private static final PeerSelector SERVERS = PeerSelector.anyOf(PeerRole.SERVER);
  private static final long MEBIBYTE = 1 << 20;
  private static final int ALREADY_SENT = 4;

  private final HandshakeThreads threads = new HandshakeThreads();

  @AfterEach
  void end() {
    threads.close();
  }

  private ChannelFactory factory(String peer, PeerRole role) throws Exception {
    SecurityWorld world =
        new SecurityWorld()
            .withKey("key", "relay17#1", new byte[32])
            .withKeyPeer(peer, role, "key");
    return new DtlsPreSharedKeys(threads).open(Profiles.keys(Map.of()), world);
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void attack(ChannelEngine victim) {
    for (int message = 0; message < 16; message++) {
      Bytes claim = HandshakeFilterTest.claim(ALREADY_SENT + message, 0xff_ffff);
      victim.receiveNetwork(ByteBuffer.wrap(claim.toArray()));
    }
  }

  private CookiePipe begun() throws Exception {
    ChannelEngine client =
        factory("server", PeerRole.SERVER).newEngine(HandshakeRole.CLIENT, SERVERS);
    CookiePipe pipe = new CookiePipe(client, factory("relay17", PeerRole.RELAY), RELAYS);
    pipe.until(Duration.ofSeconds(5), () -> pipe.server != null);
    return pipe;
  }

  /** Attacks one side in the middle of a handshake, which goes on; what the heap grew by. */
  private long growth(Function<CookiePipe, ChannelEngine> side) throws Exception {
    CookiePipe pipe = begun();
    long before = used();
    attack(side.apply(pipe));
    pipe.carry();
    long growth = used() - before;
    pipe.untilEstablished();
    attack(side.apply(pipe));
    assertThat(side.apply(pipe).state()).isEqualTo(State.ESTABLISHED);
    pipe.client.close(CloseReason.DONE);
    return growth;
  }

  @Test
  void theHeapOfAServerStaysFlatAndTheHandshakeGoesOn() throws Exception {
    growth(pipe -> pipe.server); // loads what has to be loaded
    assertThat(growth(pipe -> pipe.server)).isLessThan(MEBIBYTE);
  }

  @Test
  void theHeapOfAClientStaysFlatAndTheHandshakeGoesOn() throws Exception {
    growth(pipe -> pipe.client);
    assertThat(growth(pipe -> pipe.client)).isLessThan(MEBIBYTE);
  }
}

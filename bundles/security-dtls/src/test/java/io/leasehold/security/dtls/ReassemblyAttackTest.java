// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S-145: headers that claim 2^24-1 octets, sixteen messages ahead, from somebody without a key. */
final class ReassemblyAttackTest {
  private static final PeerSelector RELAYS = PeerSelector.anyOf(PeerRole.RELAY);
  private static final PeerSelector SERVERS = PeerSelector.anyOf(PeerRole.SERVER);
  private static final long CLAIMED_OCTETS = 0xff_ffff;

  /**
   * A sixteenth of what is claimed; a handshake takes a hundredth of it once classes are loaded.
   */
  private static final long MOST_ALLOCATED_OCTETS = CLAIMED_OCTETS;

  private static final int ALREADY_SENT = 4;

  private final MeasuredHandshakes attacked = new MeasuredHandshakes();
  private final HandshakeThreads threads = new HandshakeThreads();

  @BeforeEach
  void load() throws Exception {
    CookiePipe pipe = begun(threads, threads);
    pipe.untilEstablished();
    pipe.client.close(CloseReason.DONE);
  }

  @AfterEach
  void end() {
    threads.close();
  }

  /** One handshake on a thread of its own, of which is known how much it allocated. */
  private static final class MeasuredHandshakes implements HandshakePool {
    private final CompletableFuture<Long> allocatedOctets = new CompletableFuture<>();

    @Override
    public boolean run(Runnable handshake) {
      new Thread(
              () -> {
                handshake.run();
                allocatedOctets.complete(allocatedByThisThread());
              })
          .start();
      return true;
    }

    @Override
    public boolean isCrowded() {
      return false;
    }
  }

  private static long allocatedByThisThread() {
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getCurrentThreadAllocatedBytes();
  }

  private static ChannelFactory factory(HandshakePool pool, String peer, PeerRole role)
      throws Exception {
    SecurityWorld world =
        new SecurityWorld()
            .withKey("key", "relay17#1", new byte[32])
            .withKeyPeer(peer, role, "key");
    return new DtlsPreSharedKeys(pool).open(Profiles.keys(Map.of()), world);
  }

  private static void attack(ChannelEngine victim) {
    for (int message = 0; message < 16; message++) {
      Bytes claim = HandshakeFilterTest.claim(ALREADY_SENT + message, (int) CLAIMED_OCTETS);
      victim.receiveNetwork(ByteBuffer.wrap(claim.toArray()));
    }
  }

  private static CookiePipe begun(HandshakePool ofClient, HandshakePool ofServer) throws Exception {
    ChannelEngine client =
        factory(ofClient, "server", PeerRole.SERVER).newEngine(HandshakeRole.CLIENT, SERVERS);
    CookiePipe pipe = new CookiePipe(client, factory(ofServer, "relay17", PeerRole.RELAY), RELAYS);
    pipe.until(Duration.ofSeconds(20), () -> pipe.server != null);
    return pipe;
  }

  /** Attacks in the middle of a handshake, which goes on, and when it is done. */
  private void staysSmall(CookiePipe pipe, ChannelEngine victim) throws Exception {
    attack(victim);
    pipe.untilEstablished();
    assertThat(attacked.allocatedOctets.get(20, TimeUnit.SECONDS))
        .isPositive()
        .isLessThan(MOST_ALLOCATED_OCTETS);
    long before = allocatedByThisThread();
    attack(victim);
    assertThat(allocatedByThisThread() - before).isLessThan(MOST_ALLOCATED_OCTETS);
    assertThat(victim.state()).isEqualTo(State.ESTABLISHED);
    pipe.client.close(CloseReason.DONE);
  }

  @Test
  void aServerAllocatesNothingThatIsOnlyClaimedAndTheHandshakeGoesOn() throws Exception {
    CookiePipe pipe = begun(threads, attacked);
    staysSmall(pipe, pipe.server);
  }

  @Test
  void aClientAllocatesNothingThatIsOnlyClaimedAndTheHandshakeGoesOn() throws Exception {
    CookiePipe pipe = begun(attacked, threads);
    staysSmall(pipe, pipe.client);
  }
}

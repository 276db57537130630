// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static io.leasehold.registrar.asap.Ground.HERE;
import static io.leasehold.registrar.asap.Ground.POOL;
import static io.leasehold.registrar.asap.Ground.key;
import static io.leasehold.registrar.asap.Ground.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PoolPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 5353 section 3.5.2, to the pool elements that are taken over. */
final class AsapInheritanceTest {
  private static final long GONE = 0x22222222L;

  private final Ground ground = new Ground(Settings.connecting());

  private List<ElementKey> takeOver(Ground at) {
    List<ElementKey> taken = at.space.takeOver(GONE, OtherRegistrars.ID);
    at.others.changes.tookOver(taken, at.now);
    return taken;
  }

  private void registeredElsewhere(long id, int asapPort) {
    ground.space.put(POOL, udp(id).ownedBy(GONE, Optional.of(PortTransport.tcp(HERE, asapPort))));
  }

  @Test
  @DisplayName("P-140: who is taken over is connected to, told its home, and stays if it answers")
  void whoListensIsAsked() {
    registeredElsewhere(1, 4864);
    takeOver(ground);
    ground.pass(Duration.ZERO);
    assertThat(ground.connects).hasSize(1);
    ConnectSpec spec = ground.connects.get(0);
    assertThat(spec.remote()).isEqualTo(HERE);
    assertThat(spec.port()).isEqualTo(4864);
    assertThat(spec.inClear()).isFalse();
    assertThat(spec.expected().roles()).containsExactly(PeerRole.POOL_ELEMENT);

    ground.answer(1, "server-1", HERE);
    assertThat(ground.last(1, EndpointKeepAlive.class).home()).isTrue();
    ground.say(1, new EndpointKeepAliveAck(POOL, 1));
    ground.isAlive(1, key(1));
    ground.pass(Duration.ofSeconds(60));

    assertThat(ground.isRegistered(key(1))).isTrue();
    assertThat(ground.asked.get(1).message().home()).as("it knows its home").isFalse();
  }

  @Test
  @DisplayName("P-140: who cannot be connected to, or does not answer, is removed")
  void whoIsNotThereIsRemoved() {
    registeredElsewhere(1, 4864);
    registeredElsewhere(2, 4865);
    takeOver(ground);
    ground.pass(Duration.ofMillis(50));

    ground.registrar.ended(1, "refused", ground.now);
    assertThat(ground.isRegistered(key(1))).isFalse();
    ground.answer(2, "server-2", HERE);
    ground.pass(Duration.ofSeconds(5));

    assertThat(ground.isRegistered(key(2))).isFalse();
    assertThat(ground.others.told)
        .containsExactly("del dhcp6-core/0x00000001", "del dhcp6-core/0x00000002");
  }

  @Test
  @DisplayName("P-140, 11.3 T4: who does not listen has time to register here")
  void whoDoesNotListenMayReturn() {
    registeredElsewhere(1, 0);
    registeredElsewhere(2, 0);
    takeOver(ground);
    ground.pass(Duration.ofSeconds(10));
    long server = ground.element("server-1");
    ground.isAlive(server, key(1));
    ground.accepted(server, udp(1));
    ground.pass(Duration.ofSeconds(20));

    assertThat(ground.connects).isEmpty();
    assertThat(ground.isRegistered(key(1))).isTrue();
    assertThat(ground.isRegistered(key(2))).isFalse();
  }

  @Test
  @DisplayName("P-166, P-140: of 500 elements that are taken over twenty in a second are asked")
  void takeoverIsSpread() {
    for (int i = 1; i <= 500; i++) {
      registeredElsewhere(i, 4000 + i);
    }
    takeOver(ground);
    List<Integer> perSecond = new ArrayList<>();
    int before = 0;
    for (int i = 0; i < 25; i++) {
      ground.pass(Duration.ofSeconds(1));
      perSecond.add(ground.connects.size() - before);
      before = ground.connects.size();
    }
    assertThat(ground.connects).hasSize(500);
    assertThat(perSecond).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(21));
  }

  @Test
  @DisplayName("8.5: elements of one place are asked on one connection")
  void onePlaceIsConnectedToOnce() {
    registeredElsewhere(1, 4864);
    ground.space.put(
        PoolHandle.of("dhcp6-b"), udp(1).ownedBy(GONE, Optional.of(PortTransport.tcp(HERE, 4864))));
    takeOver(ground);
    ground.pass(Duration.ofSeconds(1));

    assertThat(ground.connects).hasSize(1);
    ground.answer(1, "server-1", HERE);
    assertThat(ground.all(1, EndpointKeepAlive.class)).hasSize(2);
  }

  @Test
  @DisplayName("10.3: who answers in the place of an element must have the right to be it")
  void whoAnswersMustBeTheElement() {
    registeredElsewhere(1, 4864);
    registeredElsewhere(2, 4865);
    takeOver(ground);
    ground.pass(Duration.ofMillis(50));

    ground.answer(1, "server-9", Ipv6.ofText("198.51.100.9"));
    ground.pools.put("server-8", new PoolPattern("other"));
    ground.answer(2, "server-8", HERE);

    assertThat(ground.asked).isEmpty();
    assertThat(ground.space.elements()).isZero();
  }

  @Test
  @DisplayName("8.5: who registered here meanwhile is not asked as if it were new")
  void whoCameMeanwhileStays() {
    registeredElsewhere(1, 4864);
    long server = ground.element("server-1");
    takeOver(ground);
    ground.accepted(server, udp(1));
    ground.isAlive(server, key(1));
    ground.pass(Duration.ofSeconds(30));

    assertThat(ground.connects).isEmpty();
    assertThat(ground.isRegistered(key(1))).isTrue();
  }

  @Test
  @DisplayName("10.3: who is taken over is known by its addresses until it registers")
  void whoIsTakenOverIsKnownByItsAddresses() {
    registeredElsewhere(1, 0);
    takeOver(ground);
    long other = ground.peer("server-2", Ipv6.ofText("192.0.2.2"), PeerRole.POOL_ELEMENT);
    ground.deregister(other, key(1));
    assertThat(ground.isRegistered(key(1))).isTrue();

    ground.accepted(ground.element("server-1"), udp(1));
    long third = ground.element("server-3");
    ground.deregister(third, key(1));
    assertThat(ground.isRegistered(key(1))).isTrue();
  }
}

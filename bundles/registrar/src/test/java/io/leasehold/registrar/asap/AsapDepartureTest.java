// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static io.leasehold.registrar.asap.Ground.HERE;
import static io.leasehold.registrar.asap.Ground.POOL;
import static io.leasehold.registrar.asap.Ground.key;
import static io.leasehold.registrar.asap.Ground.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 5352 section 3.2. */
final class AsapDepartureTest {
  private final Ground ground = new Ground();
  private final long server = ground.element("server-1");

  private DeregistrationResponse answer(long session) {
    return ground.last(session, DeregistrationResponse.class);
  }

  @Test
  @DisplayName("P-090, P-093: nobody else deregisters an element, and nobody is told of the try")
  void onlyTheElementItselfDeregisters() {
    ground.accepted(server, udp(1));
    long other = ground.element("server-2");

    ground.deregister(other, key(1));

    assertThat(Ground.code(answer(other).error())).isEqualTo(ErrorCause.SECURITY_CONSIDERATIONS);
    assertThat(ground.isRegistered(key(1))).isTrue();
    assertThat(ground.others.told).containsExactly("add dhcp6-core/0x00000001");
    assertThat(ground.notebook.counted(AsapCount.REFUSED_NOT_ITSELF)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-091, P-126: an element leaves, and with the last one the pool is gone")
  void theLastElementTakesThePoolAlong() {
    ground.accepted(server, udp(1));
    ground.accepted(server, udp(2));

    ground.deregister(server, key(1));
    DeregistrationResponse response = answer(server);
    assertThat(response.error()).isEmpty();
    assertThat(response.key()).isEqualTo(key(1));
    assertThat(ground.space.pool(POOL)).isPresent();
    ground.deregister(server, key(2));

    assertThat(ground.space.pool(POOL)).isEmpty();
    assertThat(ground.others.told)
        .endsWith("del dhcp6-core/0x00000001", "del dhcp6-core/0x00000002");
    assertThat(ground.registrar.deadline()).as("nothing is left to do").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @DisplayName("P-092: who is not registered is deregistered")
  void whoIsNotThereIsDeregistered() {
    ground.deregister(server, key(1));

    assertThat(answer(server).error()).isEmpty();
    assertThat(ground.others.told).isEmpty();
  }

  @Test
  @DisplayName(
      "P-090: what is registered elsewhere can leave here; it becomes this registrar's first")
  void whatIsRegisteredElsewhereCanLeaveHere() {
    ground.space.put(POOL, udp(1).ownedBy(0x22222222L));
    long other = ground.peer("server-2", Ipv6.ofText("192.0.2.2"), PeerRole.POOL_ELEMENT);
    ground.deregister(other, key(1));
    assertThat(ground.isRegistered(key(1))).isTrue();

    ground.deregister(server, key(1));

    assertThat(ground.isRegistered(key(1))).isFalse();
    assertThat(ground.others.told)
        .containsExactly("add dhcp6-core/0x00000001", "del dhcp6-core/0x00000001");
  }

  @Test
  @DisplayName("P-094, P-126: an expired registration is removed, and both sides are told")
  void registrationsExpire() {
    ground.isAlive(server, key(1));
    ground.accepted(
        server,
        new PoolElement(
            1, 0, 2, PortTransport.udp(HERE, 547), PoolPolicy.ROUND_ROBIN, Optional.empty()));
    ground.pass(Duration.ofMillis(1999));
    assertThat(ground.isRegistered(key(1))).isTrue();
    ground.sent.get(server).clear();

    ground.pass(Duration.ofMillis(1));

    assertThat(ground.isRegistered(key(1))).isFalse();
    assertThat(answer(server).key()).isEqualTo(key(1));
    assertThat(ground.others.told).endsWith("del dhcp6-core/0x00000001");
    assertThat(ground.notebook.counted(AsapCount.EXPIRED)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-036, P-094: registering again postpones the end")
  void registeringAgainPostponesTheEnd() {
    ground.isAlive(server, key(1));
    PoolElement brief =
        new PoolElement(
            1, 0, 2, PortTransport.udp(HERE, 547), PoolPolicy.ROUND_ROBIN, Optional.empty());
    for (int i = 0; i < 10; i++) {
      ground.accepted(server, brief);
      ground.pass(Duration.ofMillis(1900));
    }
    assertThat(ground.isRegistered(key(1))).isTrue();
  }

  @Test
  @DisplayName("rsplib: lives may be in milliseconds")
  void livesMayBeInMilliseconds() {
    AsapSettings usual = AsapSettings.DEFAULT;
    Ground foreign =
        new Ground(
            new AsapSettings(
                usual.rates(),
                100,
                100,
                3,
                64,
                3,
                5,
                false,
                false,
                usual.scope(),
                usual.toElements(),
                usual.timers().withLifeInMilliseconds()));
    long element = foreign.element("server-1");
    foreign.accepted(element, udp(1));
    foreign.pass(Duration.ofMillis(299));
    assertThat(foreign.isRegistered(key(1))).isTrue();
    foreign.pass(Duration.ofMillis(1));
    assertThat(foreign.isRegistered(key(1))).isFalse();
  }

  @Test
  @DisplayName(
      "P-100, 11.3 T2: a lost connection counts as one that cannot be sent to, after a time")
  void whoLosesItsConnectionIsRemovedAfterATime() {
    ground.accepted(server, udp(1));
    ground.leaves(server);
    ground.pass(Duration.ofMillis(1999));
    assertThat(ground.isRegistered(key(1))).isTrue();

    ground.pass(Duration.ofMillis(1));

    assertThat(ground.isRegistered(key(1))).isFalse();
    assertThat(ground.others.told).endsWith("del dhcp6-core/0x00000001");
  }

  @Test
  @DisplayName("11.1 9: what another registrar owns now is forgotten here, and not announced")
  void whatIsLostToAnotherRegistrarIsForgotten() {
    ground.accepted(server, udp(1));
    ground.space.put(POOL, udp(1).ownedBy(0x22222222L));

    ground.others.changes.lost(key(1), ground.now);
    ground.leaves(server);
    ground.pass(Duration.ofMinutes(10));

    assertThat(ground.isRegistered(key(1))).isTrue();
    assertThat(ground.others.told).containsExactly("add dhcp6-core/0x00000001");
    assertThat(ground.registrar.deadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @DisplayName("5353 3.3.2: what another registrar owns is not removed with its connection here")
  void onlyItsHomeRemovesAnElement() {
    ground.accepted(server, udp(1));
    ground.space.put(POOL, udp(1).ownedBy(0x22222222L));

    ground.leaves(server);
    ground.pass(Duration.ofMinutes(10));

    assertThat(ground.isRegistered(key(1))).isTrue();
    assertThat(ground.others.told).containsExactly("add dhcp6-core/0x00000001");
  }

  /** Another registrar owns it, and says so. */
  private void taken(long id, PoolElement element) {
    ground.space.put(POOL, element.ownedBy(0x22222222L));
    ground.others.changes.lost(key(id), ground.now);
  }

  private int told() {
    return ground.all(server, DeregistrationResponse.class).size();
  }

  @Test
  @DisplayName("P-148: who is connected here and another registrar's is told, and registers again")
  void whoIsConnectedHereIsTold() {
    ground.accepted(server, udp(1));

    taken(1, udp(1));

    DeregistrationResponse response = answer(server);
    assertThat(response.key()).isEqualTo(key(1));
    assertThat(response.error()).isEmpty();
    assertThat(ground.notebook.alarms()).as("that happens").isEmpty();
    assertThat(ground.isRegistered(key(1))).as("nobody misses it meanwhile").isTrue();
    ground.accepted(server, udp(1));
    assertThat(ground.others.added.home()).isEqualTo(OtherRegistrars.ID);
  }

  @Test
  @DisplayName("P-148: who is no longer connected here is elsewhere, and told nothing")
  void whoIsNotConnectedIsNotTold() {
    ground.accepted(server, udp(1));
    ground.leaves(server);
    ground.sent.get(server).clear();

    taken(1, udp(1));
    ground.pass(Duration.ofMinutes(1));

    assertThat(told()).isZero();
    assertThat(ground.notebook.counted(AsapCount.DISPUTED)).isZero();
    assertThat(ground.notebook.counted(AsapCount.NOT_SENT)).isZero();
  }

  @Test
  @DisplayName("5355 2.17: whatever others claim, an element is told once in 15 s")
  void claimsMakeNobodyRegisterAllTheTime() {
    ground.isAlive(server, key(1));
    ground.accepted(server, udp(1));
    ground.sent.get(server).clear();
    for (int second = 0; second < 60; second++) {
      taken(1, udp(1));
      if (told() > 0) {
        assertThat(second % 15).as("told after %s s", second).isZero();
        ground.accepted(server, udp(1));
      }
      ground.pass(Duration.ofSeconds(1));
    }
    assertThat(ground.notebook.counted(AsapCount.DISPUTED)).isEqualTo(5);
    assertThat(ground.notebook.alarms())
        .singleElement()
        .asString()
        .contains("again and again", "in good hands");
    ground.pass(Duration.ofSeconds(30));
    assertThat(ground.notebook.alarms()).isEmpty();
  }

  @Test
  @DisplayName("P-148: who could not be told at once is told later")
  void whoCouldNotBeToldIsToldLater() {
    ground.isAlive(server, key(1));
    ground.accepted(server, udp(1));
    taken(1, udp(1));
    ground.accepted(server, udp(1));
    ground.pass(Duration.ofSeconds(5));
    taken(1, udp(1));
    ground.sent.get(server).clear();
    ground.pass(Duration.ofMillis(9_999));
    assertThat(told()).isZero();

    ground.pass(Duration.ofMillis(1));

    assertThat(told()).isEqualTo(1);
    ground.pass(Duration.ofSeconds(15));
    assertThat(told()).as("once for each claim").isZero();
    assertThat(ground.registrar.deadline()).as("nothing is kept").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @DisplayName("P-148: who is here again before it could be told is not told")
  void whoIsBackIsNotTold() {
    ground.isAlive(server, key(1));
    ground.accepted(server, udp(1));
    taken(1, udp(1));
    ground.accepted(server, udp(1));
    taken(1, udp(1));
    ground.accepted(server, udp(1));

    ground.pass(Duration.ofMinutes(1));

    assertThat(told()).isZero();
    assertThat(ground.notebook.counted(AsapCount.DISPUTED)).isEqualTo(1);
  }
}

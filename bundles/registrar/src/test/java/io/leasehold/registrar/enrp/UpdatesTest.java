// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Changes of the handlespace among registrars (RFC 5353 section 3.3). */
final class UpdatesTest {
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final long ID = 0x1234_5678L;

  private final World world = new World(3);
  private final Host one = new Host(world, 1);
  private final Host two = new Host(world, 2);
  private final Host three = new Host(world, 3);

  @BeforeEach
  void three() {
    one.start();
    two.knows(one).start();
    world.run(MOMENT);
    three.knows(one).start();
    world.run(MOMENT);
  }

  private Probe probe() {
    Probe probe = new Probe(world, 9, ID, null);
    probe.caller = World.secure(probe.address, "probe", PeerRole.ENRP_SERVER);
    return probe.join(one);
  }

  private static HandleUpdate update(int action, PoolElement element) {
    return new HandleUpdate(ID, 0, action, Host.POOL, element);
  }

  @Test
  @DisplayName("P-124: a registration is told to everybody, with the complete pool element")
  void registrationIsToldToEverybody() {
    PoolElement element = one.register(1);
    world.run(MOMENT);
    for (Host each : List.of(two, three)) {
      List<HandleUpdate> told = world.sent(one.address, each.address, HandleUpdate.class);
      assertThat(told)
          .containsExactly(new HandleUpdate(one.id(), 0, HandleUpdate.ADD_PE, Host.POOL, element));
      assertThat(each.owners()).containsEntry(Host.key(1), one.id());
      assertThat(each.changed).containsExactly(Host.POOL);
    }
  }

  @Test
  @DisplayName("P-125: an update creates a pool, adds a member, replaces it")
  void updateCreatesAddsAndReplaces() {
    Probe peer = probe();
    peer.say(update(HandleUpdate.ADD_PE, Host.element(1, ID, 10)));
    peer.say(update(HandleUpdate.ADD_PE, Host.element(2, ID, 20)));
    peer.say(update(HandleUpdate.ADD_PE, Host.element(1, ID, 30)));
    assertThat(one.space.pool(Host.POOL).orElseThrow().members())
        .extracting(each -> each.element())
        .containsExactly(Host.element(1, ID, 30), Host.element(2, ID, 20));
    assertThat(one.changed).hasSize(3);
    assertThat(one.counted(EnrpCount.ENRP_UPDATES_APPLIED)).isEqualTo(3);
  }

  @Test
  @DisplayName("P-126, P-127: a removal is told, the last member removes its pool")
  void removalIsTold() {
    PoolElement element = one.register(1);
    world.run(MOMENT);
    one.deregister(1);
    world.run(MOMENT);
    assertThat(world.sent(one.address, two.address, HandleUpdate.class).get(1))
        .isEqualTo(new HandleUpdate(one.id(), 0, HandleUpdate.DEL_PE, Host.POOL, element));
    assertThat(two.space.pools()).isEmpty();
    assertThat(three.space.pools()).isEmpty();
    assertThat(two.changed).hasSize(2);
  }

  @Test
  @DisplayName("P-127: the removal of what is not known does nothing")
  void removalOfTheUnknownDoesNothing() {
    Probe peer = probe();
    peer.say(update(HandleUpdate.DEL_PE, Host.element(1, ID, 10)));
    assertThat(one.changed).isEmpty();
    assertThat(one.counted(EnrpCount.ENRP_FOREIGN_UPDATES)).isZero();
  }

  @Test
  @DisplayName("P-029: other actions have no effect")
  void otherActionsHaveNoEffect() {
    Probe peer = probe();
    peer.say(update(7, Host.element(1, ID, 10)));
    assertThat(one.space.elements()).isZero();
    assertThat(one.counted(EnrpCount.ENRP_INVALID_VALUES)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-148: updates that cross leave a pool element with whom it is connected to")
  void updatesThatCross() {
    world.cut(one.address, two.address);
    one.register(1);
    world.run(Duration.ofSeconds(1));
    one.connected.clear();
    two.register(1);
    world.run(Duration.ofSeconds(1));
    world.heal(one.address, two.address);
    world.run(MOMENT);
    assertThat(one.lost).containsExactly(Host.key(1));
    assertThat(two.lost).containsExactly(Host.key(1));
    world.run(Duration.ofMinutes(1));
    for (Host each : List.of(one, two, three)) {
      assertThat(each.owners()).containsOnly(Map.entry(Host.key(1), two.id()));
    }
  }

  @Test
  @DisplayName("P-087: who registers at another registrar is that one's, and the old one gives up")
  void registrationElsewhereMovesTheOwner() {
    one.register(1);
    world.run(MOMENT);
    int checksum = one.space.checksum(one.id());
    one.connected.clear();
    two.register(1);
    world.run(MOMENT);
    for (Host each : List.of(one, two, three)) {
      assertThat(each.owners()).containsEntry(Host.key(1), two.id());
    }
    assertThat(one.lost).containsExactly(Host.key(1));
    assertThat(one.space.checksum(one.id())).isEqualTo(0xffff).isNotEqualTo(checksum);
    assertThat(one.space.checksum(two.id())).isEqualTo(checksum);
    world.run(Duration.ofMinutes(1));
    assertThat(one.counted(EnrpCount.ENRP_RESYNCS)).isZero();
  }

  @Test
  @DisplayName("RFC 5355 2.17: values that must not be are not taken")
  void livesAreRangeChecked() {
    Probe peer = probe();
    for (int life : new int[] {0, -2, Integer.MIN_VALUE}) {
      PoolElement element = Host.element(1, ID, 10);
      peer.say(
          update(
              HandleUpdate.ADD_PE,
              new PoolElement(
                  1, ID, life, element.userTransport(), element.policy(), Optional.empty())));
    }
    assertThat(one.space.elements()).isZero();
    assertThat(one.counted(EnrpCount.ENRP_INVALID_VALUES)).isEqualTo(3);
  }

  @Test
  @DisplayName("a change of home alone is none to subscribers")
  void changeOfHomeAloneIsNone() {
    PoolElement element = two.register(1);
    world.run(MOMENT);
    one.changed.clear();
    Probe peer = probe();
    peer.say(update(HandleUpdate.ADD_PE, element.ownedBy(ID)));
    assertThat(one.owners()).containsEntry(Host.key(1), ID);
    assertThat(one.changed).isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.rserpool.wire.enrp.HandleTableRequest;
import io.leasehold.rserpool.wire.enrp.HandleTableResponse;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.PoolEntry;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Comparing accounts, and reading them again (RFC 5353 section 3.6). */
final class AuditTest {
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final long ID = 0x1234_5678L;
  private static final int OTHER_SUM = 0x1111;

  private final World world = new World(4);
  private final Host one = new Host(world, 1);
  private final Host two = new Host(world, 2);

  @BeforeEach
  void two() {
    one.start();
    two.knows(one).start();
    world.run(MOMENT);
  }

  private Probe probe() {
    Probe probe = new Probe(world, 9, ID, null);
    probe.caller = World.secure(probe.address, "probe", PeerRole.ENRP_SERVER);
    return probe.join(one);
  }

  private static HandleTableResponse page(boolean isMore, PoolElement... elements) {
    return new HandleTableResponse(
        ID, 0, isMore, false, List.of(new PoolEntry(Host.POOL, List.of(elements))));
  }

  @Test
  @DisplayName("P-143: checksums change with every change, on both sides")
  void checksumsChangeWithEveryChange() {
    one.register(1);
    int first = one.space.checksum(one.id());
    one.register(2);
    world.run(MOMENT);
    assertThat(one.space.checksum(one.id())).isNotEqualTo(first);
    assertThat(two.space.checksum(one.id())).isEqualTo(one.space.checksum(one.id()));
    one.deregister(2);
    world.run(MOMENT);
    assertThat(two.space.checksum(one.id())).isEqualTo(first);
  }

  @Test
  @DisplayName("P-144: equal checksums lead to nothing")
  void equalChecksumsLeadToNothing() {
    one.register(1);
    two.register(2);
    world.run(Duration.ofMinutes(5));
    assertThat(one.counted(EnrpCount.ENRP_RESYNCS)).isZero();
    assertThat(two.counted(EnrpCount.ENRP_RESYNCS)).isZero();
  }

  @Test
  @DisplayName("P-145: a lost ADD_PE is found and made good")
  void lostAdditionIsMadeGood() {
    one.register(1);
    world.run(MOMENT);
    two.space.remove(Host.key(1));
    two.changed.clear();
    world.run(Duration.ofSeconds(6));
    assertThat(two.owners()).isEqualTo(one.owners()).hasSize(1);
    assertThat(two.changed).containsExactly(Host.POOL);
    assertThat(world.sent(two.address, one.address, HandleTableRequest.class))
        .filteredOn(HandleTableRequest::ownOnly)
        .hasSize(1);
    assertThat(two.counted(EnrpCount.ENRP_RESYNCS)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-145: a lost DEL_PE is found and made good")
  void lostRemovalIsMadeGood() {
    one.register(1);
    one.register(2);
    world.run(MOMENT);
    one.space.remove(Host.key(2));
    two.changed.clear();
    world.run(Duration.ofSeconds(6));
    assertThat(two.owners()).containsOnlyKeys(Host.key(1));
    assertThat(two.changed).containsExactly(Host.POOL);
  }

  @Test
  @DisplayName("P-145: what was never told is on no page, and is not removed with it")
  void onlyTheSendersOwnIsRemoved() {
    Probe peer = probe();
    one.register(5);
    two.register(6);
    world.run(MOMENT);
    peer.say(new HandleUpdate(ID, 0, HandleUpdate.ADD_PE, Host.POOL, Host.element(1, ID, 1)));
    peer.presence(OTHER_SUM, false);
    world.run(Duration.ofSeconds(2));
    assertThat(peer.heard(HandleTableRequest.class)).hasSize(1);
    peer.say(page(true, Host.element(2, ID, 2)));
    assertThat(one.owners()).hasSize(4);
    peer.say(page(false, Host.element(3, ID, 3)));
    assertThat(one.owners().keySet())
        .containsExactlyInAnyOrder(Host.key(2), Host.key(3), Host.key(5), Host.key(6));
  }

  @Test
  @DisplayName("P-144: what is settled within a moment is not read again")
  void whatIsSettledIsNotReadAgain() {
    Probe peer = probe();
    peer.isAlive = false;
    one.space.put(Host.POOL, Host.element(1, ID, 1));
    int sum = one.space.checksum(ID);
    one.space.remove(Host.key(1));
    peer.say(peer.presence(sum, false));
    world.run(Duration.ofMillis(300));
    peer.say(new HandleUpdate(ID, 0, HandleUpdate.ADD_PE, Host.POOL, Host.element(1, ID, 1)));
    world.run(Duration.ofSeconds(2));
    assertThat(peer.heard(HandleTableRequest.class)).isEmpty();
  }

  @Test
  @DisplayName("P-145: two presences that differ are enough; one account is read every 10 s only")
  void accountsAreNotReadTooOften() {
    Probe peer = probe();
    peer.isAlive = false;
    peer.say(peer.presence(OTHER_SUM, false));
    assertThat(peer.heard(HandleTableRequest.class)).isEmpty();
    peer.say(peer.presence(OTHER_SUM, false));
    assertThat(peer.heard(HandleTableRequest.class)).hasSize(1);
    peer.say(page(false, Host.element(1, ID, 1)));
    for (int i = 0; i < 85; i++) {
      world.run(Duration.ofMillis(80));
      peer.say(peer.presence(OTHER_SUM, false));
    }
    assertThat(peer.heard(HandleTableRequest.class)).hasSize(1);
    world.run(Duration.ofSeconds(2));
    assertThat(peer.heard(HandleTableRequest.class)).hasSize(2);
  }

  @Test
  @DisplayName("P-145: what differs after three readings raises an alarm, until it is equal")
  void whatDoesNotConvergeRaisesAnAlarm() {
    Probe peer = probe();
    peer.presence(OTHER_SUM, false);
    for (int i = 0; i < 3; i++) {
      assertThat(world.runUntil(Duration.ofSeconds(15), () -> isReading())).isTrue();
      peer.settle();
      peer.say(page(false, Host.element(1, ID, 1)));
      assertThat(one.notebook.alarms()).isEmpty();
    }
    world.run(Duration.ofSeconds(15));
    assertThat(one.notebook.alarms()).anyMatch(each -> each.contains("still differs"));
    peer.say(page(false, Host.element(1, ID, 1)));
    peer.presence(one.space.checksum(ID), false);
    world.run(Duration.ofSeconds(15));
    assertThat(one.notebook.alarms()).isEmpty();
  }

  private boolean isReading() {
    return one.federation.peers(world.now).stream()
        .anyMatch(each -> each.state().name().equals("RESYNCHRONIZING"));
  }

  @Test
  @DisplayName("P-145: a reading without an answer, or rejected, removes nothing")
  void readingWithoutAnAnswerRemovesNothing() {
    Probe peer = probe();
    peer.say(new HandleUpdate(ID, 0, HandleUpdate.ADD_PE, Host.POOL, Host.element(1, ID, 1)));
    peer.presence(OTHER_SUM, false);
    assertThat(world.runUntil(Duration.ofSeconds(5), this::isReading)).isTrue();
    world.run(Duration.ofSeconds(4));
    assertThat(isReading()).isFalse();
    assertThat(one.counted(EnrpCount.ENRP_RESYNCS_FAILED)).isEqualTo(1);
    assertThat(world.runUntil(Duration.ofSeconds(15), this::isReading)).isTrue();
    peer.say(HandleTableResponse.rejected(ID, 0));
    assertThat(one.owners()).containsOnlyKeys(Host.key(1));
    peer.say(page(false, Host.element(3, ID, 1)));
    assertThat(one.owners()).containsOnlyKeys(Host.key(1));
    assertThat(one.counted(EnrpCount.ENRP_UNEXPECTED)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-145: a change is newer than a page that is under way")
  void changeIsNewerThanAPage() {
    Probe peer = probe();
    peer.presence(OTHER_SUM, false);
    assertThat(world.runUntil(Duration.ofSeconds(5), this::isReading)).isTrue();
    one.register(1);
    peer.say(new HandleUpdate(ID, 0, HandleUpdate.DEL_PE, Host.POOL, Host.element(2, ID, 1)));
    peer.say(page(false, Host.element(1, ID, 9), Host.element(2, ID, 9)));
    assertThat(one.owners()).containsOnlyKeys(Host.key(1)).containsValue(one.id());
    assertThat(one.lost).isEmpty();
  }
}

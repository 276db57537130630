// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.enrp.EnrpError;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.InitTakeover;
import io.leasehold.rserpool.wire.enrp.InitTakeoverAck;
import io.leasehold.rserpool.wire.enrp.Presence;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who there is, and who is heard (RFC 5353 section 3.4). */
final class PeersTest {
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final long ID = 0x1234_5678L;

  private final World world = new World(2);
  private final Host one = new Host(world, 1);
  private final Host two = new Host(world, 2);

  private Probe probe() {
    Probe probe = new Probe(world, 9, ID, null);
    probe.caller = World.secure(probe.address, "probe", PeerRole.ENRP_SERVER);
    return probe;
  }

  @Test
  @DisplayName("P-113: who is asked for it tells where it is reached")
  void answerHasServerInformation() {
    one.start();
    Probe peer = probe().join(one);
    peer.heard.clear();
    peer.say(peer.presence(0xffff, true));
    assertThat(peer.heard(Presence.class)).hasSize(1);
    Presence answer = peer.heard(Presence.class).get(0);
    assertThat(answer.replyRequired()).isFalse();
    assertThat(answer.receiver()).isEqualTo(ID);
    assertThat(answer.information().orElseThrow().server()).isEqualTo(one.id());
  }

  @Test
  @DisplayName("P-128: whoever says anything is listed, and asked to say who he is")
  void whoeverSaysAnythingIsListed() {
    one.start();
    Probe peer = probe().dial(one);
    assertThat(one.federation.peers(world.now)).isEmpty();
    peer.heard.clear();
    peer.say(new InitTakeoverAck(ID, 0, 77));
    assertThat(one.federation.peers(world.now))
        .extracting(RegistrarControl.Peer::serverId)
        .containsExactly(ID);
    assertThat(peer.heard(Presence.class)).hasSize(1).allMatch(Presence::replyRequired);
  }

  @Test
  @DisplayName("P-129: a heartbeat goes to everybody in each cycle, and wants no answer")
  void heartbeatsGoToEverybody() {
    one.start();
    Probe peer = probe().join(one);
    peer.heard.clear();
    world.run(Duration.ofSeconds(50));
    assertThat(peer.heard(Presence.class)).hasSize(10).noneMatch(Presence::replyRequired);
  }

  @Test
  @DisplayName("P-130, P-131: any message counts; who was silent for too long is asked at once")
  void whoWasSilentForTooLongIsAsked() {
    one.start();
    Probe peer = probe().join(one);
    peer.isAlive = false;
    world.run(Duration.ofSeconds(10));
    peer.say(new HandleUpdate(ID, 0, HandleUpdate.DEL_PE, Host.POOL, Host.element(1, ID, 1)));
    peer.heard.clear();
    world.run(Duration.ofMillis(10_900));
    assertThat(peer.heard(Presence.class)).noneMatch(Presence::replyRequired);
    world.run(MOMENT);
    assertThat(peer.heard(Presence.class)).filteredOn(Presence::replyRequired).hasSize(1);
    assertThat(one.federation.peers(world.now))
        .extracting(RegistrarControl.Peer::state)
        .containsExactly(RegistrarControl.PeerState.SILENT);
    peer.say(new InitTakeoverAck(ID, 0, 77));
    assertThat(one.federation.peers(world.now))
        .extracting(RegistrarControl.Peer::state)
        .containsExactly(RegistrarControl.PeerState.ACTIVE);
  }

  @Test
  @DisplayName("P-132: who does not answer is dead, and not before")
  void whoDoesNotAnswerIsDead() {
    one.start();
    Probe peer = probe().join(one);
    peer.isAlive = false;
    world.run(Duration.ofMillis(13_900));
    assertThat(one.federation.peers(world.now)).hasSize(1);
    world.run(MOMENT);
    assertThat(peer.heard(InitTakeover.class)).hasSize(1);
    assertThat(one.federation.peers(world.now)).isEmpty();
  }

  @Test
  @DisplayName("P-132: who cannot even be asked is dead at once")
  void whoCannotBeAskedIsDead() {
    one.start();
    Probe peer = probe().join(one);
    peer.isAlive = false;
    peer.isDown = true;
    world.hangUp(peer);
    world.run(Duration.ofMillis(10_900));
    assertThat(one.federation.peers(world.now)).hasSize(1);
    world.run(MOMENT);
    assertThat(one.federation.peers(world.now)).isEmpty();
  }

  @Test
  @DisplayName("T5: two that connect to each other keep one connection, that of the larger")
  void oneConnectionIsKept() {
    one.knows(two).start();
    two.knows(one).start();
    world.run(Duration.ofSeconds(20));
    assertThat(world.connections(one.address, two.address)).isEqualTo(1);
    assertThat(one.connects + two.connects).isEqualTo(2);
    int before = one.connects + two.connects;
    world.run(Duration.ofMinutes(10));
    assertThat(one.connects + two.connects).isEqualTo(before);
    Host larger = one.id() > two.id() ? one : two;
    Host smaller = larger == one ? two : one;
    assertThat(world.openers(smaller.address, larger.address)).containsExactly(larger.address);
    one.register(1);
    world.run(MOMENT);
    assertThat(two.owners()).containsKey(Host.key(1));
  }

  @Test
  @DisplayName("a connection that is outdated is replaced without a gap")
  void outdatedConnectionIsReplaced() {
    two.start();
    one.knows(two).start();
    world.run(MOMENT);
    int before = one.connects;
    one.federation.outdated(1, world.now);
    assertThat(one.connects).isEqualTo(before + 1);
    world.run(MOMENT);
    assertThat(one.closed + two.closed).isZero();
    assertThat(world.connections(one.address, two.address)).isEqualTo(2);
    one.register(1);
    world.run(Duration.ofSeconds(20));
    assertThat(two.owners()).containsKey(Host.key(1));
    assertThat(world.connections(one.address, two.address)).isEqualTo(1);
  }

  @Test
  @DisplayName("connections are tried again at growing intervals, and made when somebody is there")
  void connectionsAreTriedAgain() {
    one.knows(two).start();
    world.run(Duration.ofMinutes(2));
    int tries = one.connects;
    assertThat(tries).isBetween(6, 12);
    world.run(Duration.ofMinutes(2));
    assertThat(one.connects - tries).isBetween(3, 6);
    two.start();
    world.run(Duration.ofSeconds(40));
    assertThat(world.connections(one.address, two.address)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-146: what is not understood is reported, or not, as its type says")
  void whatIsNotUnderstoodIsReported() {
    one.start();
    Probe peer = probe().join(one);
    peer.say(Bytes.ofHex("4b00000c1234567800000000"));
    peer.say(Bytes.ofHex("0b00000c1234567800000000"));
    peer.say(Bytes.ofHex("0500000c12345678"));
    assertThat(peer.heard(EnrpError.class)).hasSize(1);
    assertThat(peer.heard(EnrpError.class).get(0).error().has(ErrorCause.UNRECOGNIZED_MESSAGE))
        .isTrue();
    assertThat(one.counted(EnrpCount.ENRP_UNKNOWN_MESSAGE)).isEqualTo(2);
    assertThat(one.counted(EnrpCount.ENRP_MALFORMED)).isEqualTo(1);
    assertThat(peer.isOver).isFalse();
  }

  @Test
  @DisplayName("P-111: messages for another registrar, or from another one, have no effect")
  void messagesForOthersHaveNoEffect() {
    one.start();
    Probe peer = probe().join(one);
    peer.say(new HandleUpdate(ID, 99, HandleUpdate.ADD_PE, Host.POOL, Host.element(1, ID, 1)));
    peer.say(new HandleUpdate(98, 0, HandleUpdate.ADD_PE, Host.POOL, Host.element(1, 98, 1)));
    peer.say(new HandleUpdate(0, 0, HandleUpdate.ADD_PE, Host.POOL, Host.element(1, 0, 1)));
    assertThat(one.space.elements()).isZero();
    assertThat(one.counted(EnrpCount.ENRP_MISDIRECTED)).isEqualTo(3);
    peer.say(
        new HandleUpdate(ID, one.id(), HandleUpdate.ADD_PE, Host.POOL, Host.element(1, ID, 1)));
    assertThat(one.space.elements()).isEqualTo(1);
  }

  @Test
  @DisplayName("RFC 5525: operators see each registrar, and what it says")
  void operatorsSeeEachRegistrar() {
    one.start();
    Probe peer = probe().join(one);
    peer.say(new HandleUpdate(ID, 0, HandleUpdate.ADD_PE, Host.POOL, Host.element(1, ID, 1)));
    List<RegistrarControl.Peer> peers = one.federation.peers(world.now);
    RegistrarControl.Peer seen = peers.get(0);
    assertThat(seen.peer()).contains("probe");
    assertThat(seen.address()).isEqualTo(peer.address.toString());
    assertThat(seen.elements()).isEqualTo(1);
    assertThat(seen.checksum()).isEqualTo(one.space.checksum(ID));
    assertThat(seen.toldChecksum()).contains(0xffff);
    assertThat(seen.lastHeard()).isPresent();
    assertThat(seen.assurance()).isEqualTo(peer.caller.assurance());
    assertThat(one.notebook.counters()).containsEntry("enrp-updates-applied", 1L);
  }
}

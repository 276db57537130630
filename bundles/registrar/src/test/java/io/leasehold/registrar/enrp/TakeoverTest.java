// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.pool.RegistrarControl;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.InitTakeover;
import io.leasehold.rserpool.wire.enrp.InitTakeoverAck;
import io.leasehold.rserpool.wire.enrp.Presence;
import io.leasehold.rserpool.wire.enrp.TakeoverServer;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who takes over what a registrar owned that is gone (RFC 5353 section 3.5). */
final class TakeoverTest {
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final long SMALL = 1;
  private static final long LARGE = 0xffff_fffeL;
  private static final long TARGET = 0x7777_7777L;

  private final World world = new World(5);
  private final Host one = new Host(world, 1);
  private final Host two = new Host(world, 2);
  private final Host three = new Host(world, 3);

  private Probe probe(int number, long id) {
    Probe probe = new Probe(world, number, id, null);
    probe.caller = World.secure(probe.address, "probe-" + number, PeerRole.ENRP_SERVER);
    return probe.join(one);
  }

  private void start(Host... hosts) {
    one.start();
    world.run(MOMENT);
    for (Host each : hosts) {
      each.knows(one).start();
      world.run(MOMENT);
    }
  }

  private Probe dying() {
    Probe target = probe(8, TARGET);
    target.say(
        new HandleUpdate(TARGET, 0, HandleUpdate.ADD_PE, Host.POOL, Host.element(1, TARGET, 1)));
    target.isAlive = false;
    return target;
  }

  private RegistrarControl.PeerState stateOf(long id) {
    return one.federation.peers(world.now).stream()
        .filter(each -> each.serverId() == id)
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  @DisplayName("P-138, P-140: of two registrars the one that is left takes over at once")
  void whoIsAloneTakesOver() {
    start(two);
    one.register(1);
    one.register(2);
    world.run(MOMENT);
    one.vanish();
    world.run(Duration.ofSeconds(19));
    assertThat(two.owners()).hasSize(2).containsValue(two.id()).doesNotContainValue(TARGET);
    assertThat(two.taken).containsExactlyInAnyOrder(Host.key(1), Host.key(2));
    assertThat(two.federation.peers(world.now)).isEmpty();
    assertThat(two.counted(EnrpCount.ENRP_TAKEOVERS)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-133, P-138, P-140, P-141: of three one takes over, all agree about it")
  void ofThreeOneTakesOver() {
    start(two, three);
    one.register(1);
    world.run(MOMENT);
    long gone = one.id();
    one.vanish();
    world.run(Duration.ofSeconds(19));
    Host winner = two.id() > three.id() ? two : three;
    Host other = winner == two ? three : two;
    assertThat(two.owners()).isEqualTo(three.owners()).containsEntry(Host.key(1), winner.id());
    assertThat(winner.taken).containsExactly(Host.key(1));
    assertThat(other.taken).isEmpty();
    assertThat(world.sent(winner.address, other.address, TakeoverServer.class))
        .containsExactly(new TakeoverServer(winner.id(), 0, gone));
    assertThat(world.sent(other.address, winner.address, TakeoverServer.class)).isEmpty();
    assertThat(two.federation.peers(world.now)).hasSize(1);
    assertThat(three.federation.peers(world.now)).hasSize(1);
  }

  @Test
  @DisplayName("P-133: all are asked, the target included")
  void allAreAskedTheTargetIncluded() {
    start();
    Probe target = dying();
    Probe peer = probe(9, SMALL);
    world.run(Duration.ofSeconds(15));
    InitTakeover asked = new InitTakeover(one.id(), 0, TARGET);
    assertThat(target.heard(InitTakeover.class)).containsExactly(asked);
    assertThat(peer.heard(InitTakeover.class)).containsExactly(asked);
  }

  @Test
  @DisplayName("P-134: who is to be taken over says to everybody that it is there")
  void targetSaysThatItIsThere() {
    start();
    Probe peer = probe(9, SMALL);
    Probe another = probe(10, LARGE);
    peer.heard.clear();
    another.heard.clear();
    peer.say(new InitTakeover(SMALL, 0, one.id()));
    assertThat(peer.heard(Presence.class)).hasSize(1);
    assertThat(another.heard(Presence.class)).hasSize(1);
    assertThat(peer.heard(InitTakeoverAck.class)).isEmpty();
  }

  @Test
  @DisplayName("P-134, P-139: a presence of the target ends the takeover")
  void presenceOfTheTargetEndsTheTakeover() {
    start();
    Probe target = dying();
    Probe peer = probe(9, SMALL);
    world.run(Duration.ofSeconds(15));
    assertThat(stateOf(TARGET)).isEqualTo(RegistrarControl.PeerState.TAKEOVER);
    target.say(target.presence(one.space.checksum(TARGET), false));
    assertThat(stateOf(TARGET)).isEqualTo(RegistrarControl.PeerState.ACTIVE);
    peer.say(new InitTakeoverAck(SMALL, one.id(), TARGET));
    assertThat(one.owners()).containsEntry(Host.key(1), TARGET);
    assertThat(one.counted(EnrpCount.ENRP_TAKEOVERS)).isZero();
    assertThat(one.counted(EnrpCount.ENRP_TAKEOVERS_STOPPED)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-135: the smaller identifier gives way, and agrees")
  void smallerGivesWay() {
    start();
    dying();
    Probe peer = probe(9, LARGE);
    world.run(Duration.ofSeconds(15));
    assertThat(one.counted(EnrpCount.ENRP_TAKEOVERS)).isZero();
    peer.say(new InitTakeover(LARGE, 0, TARGET));
    assertThat(peer.heard(InitTakeoverAck.class))
        .containsExactly(new InitTakeoverAck(one.id(), LARGE, TARGET));
    peer.heard.clear();
    peer.say(new InitTakeoverAck(LARGE, one.id(), TARGET));
    world.run(Duration.ofSeconds(10));
    assertThat(peer.heard(InitTakeover.class)).isEmpty();
    assertThat(one.counted(EnrpCount.ENRP_TAKEOVERS)).isZero();
    assertThat(stateOf(TARGET)).isEqualTo(RegistrarControl.PeerState.TAKEOVER);
  }

  @Test
  @DisplayName("P-136: the larger identifier ignores the smaller one")
  void largerIgnoresTheSmaller() {
    start();
    dying();
    Probe peer = probe(9, SMALL);
    world.run(Duration.ofSeconds(15));
    peer.say(new InitTakeover(SMALL, 0, TARGET));
    assertThat(peer.heard(InitTakeoverAck.class)).isEmpty();
    peer.say(new InitTakeoverAck(SMALL, one.id(), TARGET));
    assertThat(one.taken).containsExactly(Host.key(1));
    assertThat(peer.heard(TakeoverServer.class))
        .containsExactly(new TakeoverServer(one.id(), 0, TARGET));
  }

  @Test
  @DisplayName("P-137: a bystander agrees, and does not watch the target; nor does it know all")
  void bystanderAgrees() {
    start();
    dying();
    Probe peer = probe(9, SMALL);
    peer.say(new InitTakeover(SMALL, 0, TARGET));
    peer.say(new InitTakeover(SMALL, 0, 4711));
    assertThat(peer.heard(InitTakeoverAck.class))
        .containsExactly(
            new InitTakeoverAck(one.id(), SMALL, TARGET),
            new InitTakeoverAck(one.id(), SMALL, 4711));
    world.run(Duration.ofMillis(11_800));
    assertThat(peer.heard(InitTakeover.class)).isEmpty();
    assertThat(stateOf(TARGET)).isEqualTo(RegistrarControl.PeerState.TAKEOVER);
  }

  @Test
  @DisplayName("P-138: one that is there and does not agree is waited for, and named")
  void whoDoesNotAgreeIsWaitedFor() {
    start();
    dying();
    Probe peer = probe(9, SMALL);
    world.run(Duration.ofSeconds(40));
    assertThat(peer.heard(InitTakeover.class)).hasSizeGreaterThan(3);
    assertThat(one.counted(EnrpCount.ENRP_TAKEOVERS)).isZero();
    assertThat(one.notebook.alarms()).anyMatch(each -> each.contains("do not agree: [0x00000001]"));
    peer.say(new InitTakeoverAck(SMALL, one.id(), TARGET));
    assertThat(one.counted(EnrpCount.ENRP_TAKEOVERS)).isEqualTo(1);
    assertThat(one.notebook.alarms()).isEmpty();
  }

  @Test
  @DisplayName("P-138: one that is gone itself is not waited for")
  void whoIsGoneItselfIsNotWaitedFor() {
    start();
    dying();
    Probe peer = probe(9, SMALL);
    peer.isAlive = false;
    world.run(Duration.ofSeconds(25));
    assertThat(one.counted(EnrpCount.ENRP_TAKEOVERS)).isEqualTo(2);
    assertThat(one.federation.peers(world.now)).isEmpty();
  }

  @Test
  @DisplayName("P-138: one that somebody else takes over is not waited for")
  void whoIsTakenOverIsNotWaitedFor() {
    start();
    dying();
    Probe peer = probe(9, SMALL);
    Probe silent = probe(10, 4711);
    world.run(Duration.ofMillis(14_200));
    assertThat(stateOf(TARGET)).isEqualTo(RegistrarControl.PeerState.TAKEOVER);
    silent.isAlive = false;
    peer.say(new InitTakeover(SMALL, 0, silent.id));
    peer.say(new InitTakeoverAck(SMALL, one.id(), TARGET));
    assertThat(one.counted(EnrpCount.ENRP_TAKEOVERS)).isZero();
    world.run(Duration.ofSeconds(4));
    assertThat(one.counted(EnrpCount.ENRP_TAKEOVERS)).isEqualTo(1);
    assertThat(stateOf(silent.id)).isEqualTo(RegistrarControl.PeerState.TAKEOVER);
  }

  @Test
  @DisplayName("P-141: who is told of a takeover moves what the target owned, and forgets it")
  void toldOfATakeover() {
    start();
    dying();
    Probe peer = probe(9, SMALL);
    world.run(Duration.ofSeconds(9));
    peer.say(new InitTakeover(SMALL, 0, TARGET));
    peer.say(new TakeoverServer(SMALL, 0, TARGET));
    assertThat(one.owners()).containsEntry(Host.key(1), SMALL);
    assertThat(one.federation.peers(world.now))
        .extracting(RegistrarControl.Peer::serverId)
        .containsExactly(SMALL);
    assertThat(one.taken).isEmpty();
  }

  @Test
  @DisplayName("P-147: a winner that dies during its takeover is replaced, and taken over as well")
  void deadWinnerIsReplaced() {
    start(two, three);
    one.register(1);
    List<Host> rest = Stream.of(two, three).sorted(Comparator.comparingLong(Host::id)).toList();
    Host loser = rest.get(0);
    Host winner = rest.get(1);
    winner.register(2);
    world.run(MOMENT);
    one.vanish();
    assertThat(
            world.runUntil(
                Duration.ofSeconds(30),
                () -> !world.sent(loser.address, winner.address, InitTakeoverAck.class).isEmpty()))
        .isTrue();
    winner.vanish();
    world.run(Duration.ofSeconds(40));
    assertThat(loser.owners()).hasSize(2).doesNotContainValue(0L).containsValue(loser.id());
    assertThat(loser.taken).containsExactlyInAnyOrder(Host.key(1), Host.key(2));
  }

  @Test
  @DisplayName("who was taken over and is there gets back what is connected to it")
  void whoWasTakenOverGetsItsOwnBack() {
    start(two);
    one.register(1);
    two.register(2);
    world.run(MOMENT);
    world.cut(one.address, two.address);
    world.run(Duration.ofSeconds(30));
    assertThat(one.taken).containsExactly(Host.key(2));
    assertThat(two.taken).containsExactly(Host.key(1));
    world.heal(one.address, two.address);
    world.run(Duration.ofSeconds(60));
    assertThat(one.owners())
        .isEqualTo(two.owners())
        .containsEntry(Host.key(1), one.id())
        .containsEntry(Host.key(2), two.id());
    assertThat(one.counted(EnrpCount.ENRP_RESYNCS)).isLessThan(4);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import static io.leasehold.failover.pool.BalanceGround.pool;
import static io.leasehold.failover.pool.PoolSamples.BOB;
import static io.leasehold.failover.pool.PoolSamples.lease;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolBalanceTest {
  private static final String FIRST = "2001:db8:100::/56";

  private static BalanceGround primary(long units) {
    BalanceGround ground = new BalanceGround(Role.PRIMARY, 50, 10);
    ground.pools.add(pool(FIRST, units));
    ground.start();
    return ground;
  }

  /** The units of a pool of /56. */
  private static LeaseKey unit(int number) {
    Ipv6 address = Prefix.ofText(FIRST).address();
    return LeaseKey.prefix(
        new Prefix(new Ipv6(address.high() + ((long) number << 8), address.low()), 56));
  }

  private static Lease leased(int number) {
    return lease(unit(number), LeaseState.ACTIVE, 10, LeaseTimes.NEVER);
  }

  private static Lease backup(int number) {
    return lease(unit(number), LeaseState.FREE_BACKUP, 10, LeaseTimes.NEVER);
  }

  @Test
  void allIsThePrimarysUntilTheyAreTogether() {
    BalanceGround ground = primary(100);
    ground.enter(ServerState.COMMUNICATIONS_INTERRUPTED, false);
    ground.pass(200);
    assertThat(ground.leases).isEmpty();
    assertThat(ground.share()).isEqualTo(new PoolShare(unit(0), 100, 100, 0, 0, 50));
  }

  @Test
  void halfIsHandedOverInNormal() {
    BalanceGround ground = primary(100);
    ground.together();
    assertThat(ground.count(LeaseState.FREE_BACKUP)).isEqualTo(50);
    assertThat(ground.share()).isEqualTo(new PoolShare(unit(0), 100, 50, 50, 0, 50));
    assertThat(ground.leases.values())
        .allSatisfy(lease -> assertThat(LeaseMarks.of(lease).isDue()).isTrue());
    ground.pass(100);
    assertThat(ground.edits).containsExactly(50);
  }

  @Test
  void whatIsHandedOverIsNotGivenAnyMoreBeforeTheSecondaryHears() {
    BalanceGround ground = primary(100);
    ground.together();
    RelationshipView view = PoolSamples.view(Role.PRIMARY, ServerState.NORMAL);
    for (Lease lease : ground.leases.values()) {
      assertThat(LeaseMarks.of(lease).isSent()).isFalse();
      assertThat(view.mayGive(lease.key(), Optional.of(lease), BOB, 1)).isFalse();
      assertThat(view.isFree(lease.key(), Optional.of(lease))).isFalse();
    }
  }

  @Test
  void requestIsAnsweredWithItsIdAndLeadsToACount() {
    BalanceGround ground = primary(100);
    ground.losesNotices = true;
    for (int i = 0; i < 100; i++) {
      ground.put(leased(i));
    }
    ground.losesNotices = false;
    ground.pass(61);
    ground.together();
    assertThat(ground.said).containsExactly("POOLRESP 7");
    assertThat(ground.share().taken()).isEqualTo(100);
    assertThat(ground.edits).isEmpty();
  }

  @Test
  void onlyWhatIsFarOffIsMoved() {
    BalanceGround ground = primary(100);
    ground.together();
    List<LeaseKey> given = List.copyOf(ground.leases.keySet());
    for (int i = 0; i < 4; i++) {
      ground.put(lease(given.get(i), LeaseState.ACTIVE, 10, LeaseTimes.NEVER));
    }
    ground.pass(2);
    assertThat(ground.share().target()).isEqualTo(48);
    assertThat(ground.edits).as("46 instead of 48 are near enough").containsExactly(50);
    for (int i = 4; i < 12; i++) {
      ground.put(lease(given.get(i), LeaseState.ACTIVE, 10, LeaseTimes.NEVER));
    }
    ground.pass(2);
    assertThat(ground.share()).isEqualTo(new PoolShare(unit(0), 100, 44, 44, 12, 44));
    assertThat(ground.edits).containsExactly(50, 6);
  }

  @Test
  void whatIsTooMuchIsAskedBackAndNobodysUntilTheSecondaryAgrees() {
    BalanceGround ground = primary(100);
    for (int i = 0; i < 80; i++) {
      ground.put(backup(i));
    }
    ground.together();
    assertThat(ground.share().backup()).isEqualTo(ground.share().target());
    List<Lease> asked =
        ground.leases.values().stream()
            .filter(it -> it.state() == LeaseState.PENDING_FREE)
            .toList();
    RelationshipView view = PoolSamples.view(Role.PRIMARY, ServerState.NORMAL);
    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(
            lease -> {
              assertThat(LeaseMarks.of(lease).isDue()).isTrue();
              assertThat(lease.times().stateSince())
                  .as("not later than it was given")
                  .isEqualTo(10);
              assertThat(view.mayGive(lease.key(), Optional.of(lease), BOB, 1)).isFalse();
            });
    assertThat(ground.share().taken()).isEqualTo(asked.size());
    asked.forEach(lease -> ground.forget(lease.key()));
    ground.pass(2);
    assertThat(ground.share().free() + ground.share().backup()).isEqualTo(100);
  }

  @Test
  void hugePoolIsNeitherEnumeratedNorHalved() {
    BalanceGround ground = primary(1L << 40);
    ground.together();
    assertThat(ground.count(LeaseState.FREE_BACKUP)).isEqualTo(10_000);
    assertThat(ground.edits).hasSize(10).allMatch(size -> size == 1000);
    ground.pass(3600);
    assertThat(ground.edits).hasSize(10);
    assertThat(ground.balance.counters())
        .containsEntry("prefixes-of-primary", (1L << 40) - 10_000)
        .containsEntry("prefixes-of-secondary", 10_000L)
        .containsEntry("prefixes-of-secondary-wanted", 10_000L)
        .containsEntry("prefixes-taken", 0L);
  }

  @Test
  void nothingIsMovedBeforeTheSecondarysUpdatesAreThrough() {
    BalanceGround ground = primary(100);
    ground.enter(ServerState.NORMAL, true);
    ground.pass(10);
    ground.put(leased(3));
    ground.pass(49);
    assertThat(ground.edits).isEmpty();
    ground.pass(1);
    assertThat(ground.edits).as("but not for ever").containsExactly(49);
  }

  @Test
  void stepsStopWhenTheyAreApart() {
    BalanceGround ground = primary(1L << 40);
    ground.enter(ServerState.NORMAL, true);
    ground.balance.onPoolRequest(1, ground.now());
    Effect effect = ground.outbox.poll();
    while (!(effect instanceof Effect.Edit)) {
      if (effect != null) {
        ground.carryOut(effect);
      }
      ground.balance.onTimer(ground.now());
      effect = ground.outbox.poll();
    }
    ground.enter(ServerState.COMMUNICATIONS_INTERRUPTED, false);
    ground.carryOut(effect);
    ground.pass(100);
    assertThat(ground.edits).hasSize(1);
  }

  @Test
  void failedEditIsTriedAgainAfterACount() {
    BalanceGround ground = primary(100);
    ground.failsEdits = true;
    ground.together();
    ground.failsEdits = false;
    ground.pass(9);
    assertThat(ground.edits).isEmpty();
    ground.pass(2);
    assertThat(ground.edits).containsExactly(50);
    assertThat(ground.share().backup()).isEqualTo(50);
  }

  @Test
  void unitsThatCannotBeMovedAreLeftAlone() {
    BalanceGround ground = primary(100);
    ground.losesNotices = true;
    for (int i = 0; i < 100; i++) {
      ground.put(leased(i));
    }
    ground.together();
    assertThat(ground.count(LeaseState.ACTIVE)).isEqualTo(100);
    assertThat(ground.edits).startsWith(50);
    assertThat(ground.share().backup()).as("nothing counts as moved").isZero();
  }

  @Test
  void changesWhileCountingAreNotLost() {
    BalanceGround ground = new BalanceGround(Role.PRIMARY, 50, 10);
    ground.pools.add(pool(FIRST, 10_000));
    for (int i = 0; i < 5000; i++) {
      ground.put(leased(i));
    }
    ground.balance.onPlanChanged(ground.now());
    Effect.Scan scan = (Effect.Scan) ground.outbox.poll();
    List<Lease> page = ground.page(scan);
    ground.forget(unit(3));
    ground.put(leased(9000));
    ground.outbox.done(scan.token(), page, ground.now());
    ground.settle();
    assertThat(ground.share().taken()).isEqualTo(5000);
  }

  @Test
  void whatIsReservedIsNotHandedOver() {
    BalanceGround ground = new BalanceGround(Role.PRIMARY, 100, 10);
    ground.pools.add(
        new GovernedLeases.Pool(
            unit(0),
            16,
            List.of(
                unit(15).asPrefix(),
                Prefix.ofText("2001:db8:100:400::/54"),
                Prefix.ofText("2001:db8:100:500::/56"),
                Prefix.ofText("2001:db8:100:210::/60"),
                Prefix.ofText("2001:db8:100:220::/60"))));
    ground.put(leased(4));
    ground.put(leased(0));
    ground.start();
    assertThat(ground.share()).isEqualTo(new PoolShare(unit(0), 16, 9, 0, 7, 9));
    ground.forget(unit(4));
    assertThat(ground.share()).isEqualTo(new PoolShare(unit(0), 16, 9, 0, 7, 9));
    ground.together();

    List<LeaseKey> handedOver =
        ground.leases.values().stream()
            .filter(lease -> lease.state() == LeaseState.FREE_BACKUP)
            .map(Lease::key)
            .toList();
    assertThat(handedOver)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.of(1, 3, 8, 9, 10, 11, 12, 13, 14).mapToObj(PoolBalanceTest::unit).toList());
    assertThat(ground.share()).isEqualTo(new PoolShare(unit(0), 16, 0, 9, 7, 9));
  }

  @Test
  void whatIsReservedAfterwardsIsAskedBack() {
    BalanceGround ground = new BalanceGround(Role.PRIMARY, 50, 10);
    ground.pools.add(new GovernedLeases.Pool(unit(0), 16));
    ground.start();
    ground.together();
    assertThat(ground.leases.get(unit(12)).state()).isEqualTo(LeaseState.FREE_BACKUP);

    ground.pools.set(0, new GovernedLeases.Pool(unit(0), 16, List.of(unit(12).asPrefix())));
    ground.start();

    assertThat(ground.leases.get(unit(12)).state()).isEqualTo(LeaseState.PENDING_FREE);
    ground.forget(unit(12));
    ground.pass(5);
    assertThat(ground.leases).doesNotContainKey(unit(12));
    assertThat(ground.share().backup()).isEqualTo(7);
  }

  @Test
  void countsOnlyWhatIsShared() {
    BalanceGround ground = new BalanceGround(Role.PRIMARY, 50, 10);
    ground.pools.add(pool("2001:db8:200::/56", 16));
    ground.pools.add(pool(FIRST, 16));
    ground.pools.add(new GovernedLeases.Pool(PoolSamples.ODD, 1000));
    ground.put(lease(PoolSamples.ODD, LeaseState.ACTIVE, 10, 20));
    ground.put(leased(3));
    ground.put(leased(17));
    ground.put(
        lease(LeaseKey.prefix(Prefix.ofText("2001:db8:100:400::/60")), LeaseState.ACTIVE, 1, 2));
    ground.put(
        lease(LeaseKey.prefix(Prefix.ofText("2001:db8:200:f00::/56")), LeaseState.ACTIVE, 1, 2));
    ground.start();
    assertThat(ground.balance.shares())
        .containsExactly(
            new PoolShare(unit(0), 16, 15, 0, 1, 7),
            new PoolShare(LeaseKey.prefix(Prefix.ofText("2001:db8:200::/56")), 16, 15, 0, 1, 7));
  }

  @Test
  void secondaryAsksWhenItsUpdatesAreThrough() {
    BalanceGround ground = new BalanceGround(Role.SECONDARY, 50, 10);
    ground.pools.add(pool(FIRST, 100));
    ground.start();
    ground.enter(ServerState.NORMAL, true);
    ground.pass(5);
    assertThat(ground.said).isEmpty();
    ground.balance.onCaughtUp(ground.now());
    ground.balance.onCaughtUp(ground.now());
    assertThat(ground.said).containsExactly("POOLREQ at 1005");
  }

  @Test
  void secondaryDoesNotWaitForItsUpdatesForEver() {
    BalanceGround ground = new BalanceGround(Role.SECONDARY, 50, 10);
    ground.start();
    ground.enter(ServerState.NORMAL, true);
    ground.pass(29);
    assertThat(ground.said).isEmpty();
    ground.pass(10);
    assertThat(ground.said).containsExactly("POOLREQ at 1030");
  }

  @Test
  void secondaryAsksAtMostOnceAMinuteForMore() {
    BalanceGround ground = new BalanceGround(Role.SECONDARY, 50, 10);
    ground.pools.add(pool(FIRST, 100));
    for (int i = 0; i < 50; i++) {
      ground.put(backup(i));
    }
    ground.start();
    ground.together();
    ground.pass(10);
    assertThat(ground.said).containsExactly("POOLREQ at 1000");
    for (int i = 0; i < 10; i++) {
      ground.put(leased(i));
    }
    ground.pass(125);
    assertThat(ground.said)
        .containsExactly("POOLREQ at 1000", "POOLREQ at 1060", "POOLREQ at 1120");
    assertThat(ground.edits).as("the secondary moves nothing").isEmpty();
    ground.enter(ServerState.COMMUNICATIONS_INTERRUPTED, false);
    ground.pass(200);
    assertThat(ground.said).hasSize(3);
  }
}

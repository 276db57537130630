// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static io.leasehold.failover.binding.Samples.ALICE;
import static io.leasehold.failover.binding.Samples.BOB;
import static io.leasehold.failover.binding.Samples.ODD;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends that cannot be put in order with what a client has, since clocks were apart. */
class DoubtedUpdatesTest {
  private static final long T = Samples.T;

  /** How far the clock of the server was behind that gave the lease. */
  private static final long BEHIND = 67;

  private final Side behind = new Side(Role.PRIMARY);
  private final Side right = new Side(Role.SECONDARY);

  /** At T the one hears that it has ended; a client gets it from the other one 20 s later. */
  private void differ(LeaseState state, ClientIdentity client) {
    LeaseTimes times = new LeaseTimes(T, T, T, T + 600);
    right.leases.put(ODD, Samples.DUE.on(Samples.lease(ODD, ALICE, state, times)));
    behind.leases.put(ODD, Samples.active(ODD, client, T + 20 - BEHIND));
    behind.doubtedUntil = T + 60;
  }

  private void meet(long seconds, boolean isRightFirst) {
    behind.at(seconds);
    right.at(seconds);
    behind.up(64);
    right.up(64);
    for (int i = 0; i < 20; i++) {
      (isRightFirst ? right : behind).handTo(isRightFirst ? behind : right);
      (isRightFirst ? behind : right).handTo(isRightFirst ? right : behind);
    }
  }

  private void scan(long seconds) {
    for (Side side : new Side[] {behind, right}) {
      side.at(seconds);
    }
    for (int i = 0; i < 20; i++) {
      behind.handTo(right);
      right.handTo(behind);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RELEASED,true",
    "RELEASED,false",
    "ABANDONED,true",
    "ABANDONED,false",
    "RESET,true",
    "RESET,false"
  })
  void bothKeepTheLeaseUntilItIsOverAndThenItIsFree(LeaseState state, boolean isRightFirst) {
    differ(state, ALICE);
    meet(T + 60, isRightFirst);

    for (Side side : new Side[] {behind, right}) {
      assertThat(side.lease(ODD).state()).isEqualTo(LeaseState.ACTIVE);
      assertThat(side.lease(ODD).times().expires()).isEqualTo(T + 20 - BEHIND + 3600);
      assertThat(side.marks(ODD).isDue()).as("agreed").isFalse();
    }

    long end = behind.lease(ODD).times().expires() + 1;
    behind.at(end);
    right.at(end);
    Lease over = behind.lease(ODD);
    LeaseTimes times = over.times();
    LeaseMarks marks = LeaseMarks.of(over);
    behind.write(
        new LeaseMarks(true, false, false, 0, marks.acked(), marks.ours(), marks.partnerHeard())
            .on(
                over.ended(
                    LeaseState.EXPIRED,
                    new LeaseTimes(end - 1, times.lastTransaction(), end - 1, end + 600))));
    scan(end);
    for (Side side : new Side[] {behind, right}) {
      assertThat(side.lease(ODD).state()).isEqualTo(LeaseState.FREE);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void anotherClientsEndDoesNotEndItEither(boolean isRightFirst) {
    differ(LeaseState.RELEASED, BOB);
    meet(T + 60, isRightFirst);

    for (Side side : new Side[] {behind, right}) {
      assertThat(side.lease(ODD).state()).isEqualTo(LeaseState.ACTIVE);
      assertThat(side.lease(ODD).client()).isEqualTo(BOB);
    }
  }

  /** It may be on its way twice: the second one comes when the partner knows of the lease. */
  @ParameterizedTest
  @CsvSource({"1", "60"})
  void theSameEndDoesNotEndItLater(long seconds) {
    differ(LeaseState.RELEASED, ALICE);
    behind.at(T + seconds);
    right.at(T + seconds);
    behind.connect(64);
    right.up(64);
    FailoverMessage end = right.all(Dhcp6MessageType.BNDUPD).get(0);
    behind.take(end);
    behind.sent.clear();
    Lease told = behind.lease(ODD);
    behind.leases.put(ODD, LeaseMarks.of(told).acknowledged(T + 7200).on(told));
    behind.doubtedUntil = 0;
    behind.take(end);

    assertThat(behind.lease(ODD).state()).isEqualTo(LeaseState.ACTIVE);
  }
}

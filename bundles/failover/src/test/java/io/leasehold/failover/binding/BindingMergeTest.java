// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static io.leasehold.failover.binding.Samples.ALICE;
import static io.leasehold.failover.binding.Samples.BOB;
import static io.leasehold.failover.binding.Samples.EVEN;
import static io.leasehold.failover.binding.Samples.ODD;
import static io.leasehold.failover.binding.Samples.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BindingMergeTest {
  private static final long T = Samples.T;

  private static Reported update(LeaseKey key, BindingStatus status, long since) {
    return new Reported(
        key,
        ALICE,
        3,
        status,
        since,
        since + 3600,
        since + 1,
        since + 9000,
        T - 70,
        T - 80,
        1800,
        3600);
  }

  private static Lease merged(Optional<Lease> record, Reported update) {
    return BindingMerge.merge(record, update, T).orElseThrow();
  }

  @Test
  void everyTimeHasItsPlace() {
    Lease lease = merged(Optional.empty(), update(ODD, BindingStatus.ACTIVE, T - 10));

    assertThat(lease.state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(lease.client()).isEqualTo(ALICE);
    assertThat(lease.iaid()).isEqualTo(3);
    assertThat(lease.times())
        .isEqualTo(new LeaseTimes(T - 10, T - 70, T - 10 + 1800, T - 10 + 3600));
    assertThat(LeaseMarks.of(lease))
        .isEqualTo(new LeaseMarks(false, false, false, T - 80, 0, T - 10 + 9000, T - 9));
  }

  @Test
  void someTimesAreStoredOnlyIfTheyAreLater() {
    Lease record =
        new LeaseMarks(true, true, true, T - 75, T - 76, T + 99999, T - 78)
            .on(
                Samples.lease(
                    ODD, ALICE, LeaseState.ACTIVE, new LeaseTimes(T - 99, T - 60, T, T + 5)));

    Lease lease = merged(Optional.of(record), update(ODD, BindingStatus.ACTIVE, T - 10));

    assertThat(lease.times().lastTransaction()).as("ours is later").isEqualTo(T - 60);
    assertThat(LeaseMarks.of(lease).partnerLifetime()).as("ours is later").isEqualTo(T - 75);
    assertThat(LeaseMarks.of(lease).acked()).isEqualTo(T - 76);
    assertThat(LeaseMarks.of(lease).ours()).as("the greatest ever").isEqualTo(T + 99999);
    assertThat(LeaseMarks.of(lease).partnerHeard()).isEqualTo(T - 9);
    assertThat(LeaseMarks.of(lease).isDue()).isFalse();
    assertThat(lease.subnetId()).isEqualTo(7);
  }

  @Test
  void detailsOfTheSameClientStay() {
    Lease record = Samples.given(ODD, ALICE, T - 100);
    Lease named =
        new Lease(
            ODD,
            7,
            ALICE,
            1,
            record.state(),
            record.times(),
            LeaseDetails.NONE.with(LeaseDetails.HOSTNAME, Bytes.ofUtf8("alice")));

    Lease same = merged(Optional.of(named), update(ODD, BindingStatus.ACTIVE, T));
    Reported ofBob =
        new Reported(ODD, BOB, 1, BindingStatus.ACTIVE, T, T + 3600, T, T + 9000, 0, 0, 3600, 3600);
    Lease other = merged(Optional.of(named), ofBob);

    assertThat(same.details().get(LeaseDetails.HOSTNAME)).isPresent();
    assertThat(other.details().get(LeaseDetails.HOSTNAME)).isEmpty();
    assertThat(other.times().lastTransaction()).as("we have not heard him").isZero();
  }

  @Test
  void whatOneHasPromisedLongerHoldsIfBothHeardTheClientAtOnce() {
    Lease longer = Samples.active(ODD, ALICE, T - 2);
    Reported shorter =
        new Reported(ODD, ALICE, 1, BindingStatus.ACTIVE, T, T + 60, T, T + 9000, 0, 0, 60, 60);

    Lease lease = merged(Optional.of(longer), shorter);

    assertThat(lease.times().expires()).isEqualTo(T - 2 + 3600);
    assertThat(LeaseMarks.of(lease).isDue()).as("the partner hears of it").isTrue();
  }

  @Test
  void whatIsLongerHoldsAlsoIfThePartnerHasHeardTheClientSince() {
    Lease longer = Samples.active(ODD, ALICE, T - 600);
    Reported shorter =
        new Reported(
            ODD, ALICE, 1, BindingStatus.ACTIVE, T - 600, T + 60, T, T + 9000, 0, 0, 60, 60);

    Lease lease = merged(Optional.of(longer), shorter);

    assertThat(lease.times().expires())
        .as("the client may not have heard the partner's answer")
        .isEqualTo(longer.times().expires());
    assertThat(LeaseMarks.of(lease).isDue()).as("the partner hears of it").isTrue();
  }

  /** RFC 8415 section 12: an IAID names the association in which the client has the lease. */
  @Test
  void whatIsPromisedLongerIsOfItsAssociation() {
    Lease longer = Samples.active(ODD, ALICE, T - 2);
    Reported other =
        new Reported(ODD, ALICE, 2, BindingStatus.ACTIVE, T, T + 60, T, T + 9000, 0, 0, 60, 60);
    Reported later =
        new Reported(
            ODD, ALICE, 2, BindingStatus.ACTIVE, T, T + 3600, T, T + 9000, 0, 0, 3600, 3600);

    assertThat(merged(Optional.of(longer), other).iaid()).isEqualTo(longer.iaid());
    assertThat(merged(Optional.of(longer), later).iaid()).isEqualTo(2);
  }

  /** The client has given up what it was promised longer, and got the lease in another one. */
  @Test
  void whoHasBegunAnewRenewsWithItsLastAssociation() {
    Lease longer = Samples.active(ODD, ALICE, T - 6);

    Lease lease = merged(Optional.of(longer), begun(T, T + 60));
    assertThat(lease.iaid()).isEqualTo(2);
    assertThat(lease.times().expires()).isEqualTo(longer.times().expires());
    assertThat(LeaseMarks.of(lease).isDue()).as("the partner hears of it").isTrue();

    assertThat(merged(Optional.of(longer), begun(T, T - 1)).iaid())
        .as("that one is over")
        .isEqualTo(1);
    assertThat(merged(Optional.of(longer), begun(T + 6, T + 60)).iaid())
        .as("by a clock that was ahead")
        .isEqualTo(1);
  }

  /** In an association of its own. */
  private static Reported begun(long at, long until) {
    return new Reported(
        ODD, ALICE, 2, BindingStatus.ACTIVE, at, until, at, at + 9000, 0, 0, 60, 60);
  }

  @Test
  void aLeaseIsNotShortenedInItsLastSecond() {
    Lease longer = Samples.active(ODD, ALICE, T - 2);
    Reported shorter =
        new Reported(ODD, ALICE, 1, BindingStatus.ACTIVE, T, T + 60, T, T + 9000, 0, 0, 60, 60);
    long last = longer.times().expires();

    assertThat(BindingMerge.merge(Optional.of(longer), shorter, last))
        .hasValueSatisfying(lease -> assertThat(lease.times().expires()).isEqualTo(last));
    assertThat(BindingMerge.merge(Optional.of(longer), shorter, last + 1))
        .hasValueSatisfying(lease -> assertThat(lease.times().expires()).isEqualTo(T + 60));
  }

  @Test
  void anEndIsKnownToBothWhenItIsTaken() {
    for (BindingStatus status :
        new BindingStatus[] {BindingStatus.EXPIRED, BindingStatus.RELEASED}) {
      assertThat(
              merged(Optional.of(Samples.given(ODD, ALICE, T - 4000)), update(ODD, status, T))
                  .state())
          .isEqualTo(LeaseState.FREE);
      assertThat(merged(Optional.empty(), update(EVEN, status, T)).state())
          .isEqualTo(LeaseState.FREE_BACKUP);
      Lease prefix = merged(Optional.empty(), update(PREFIX, status, T));
      assertThat(prefix.state()).isEqualTo(LeaseState.FREE);
      assertThat(prefix.client()).as("a hint").isEqualTo(ALICE);
      assertThat(LeaseMarks.of(prefix)).as("no promise is left").isEqualTo(LeaseMarks.NONE);
    }
  }

  @Test
  void whatNobodyRemembersIsForgotten() {
    Reported ended = new Reported(ODD, ALICE, 1, BindingStatus.EXPIRED, T, 0, 0, 0, 0, 0, 0, 0);
    Reported free =
        new Reported(PREFIX, ClientIdentity.NONE, 0, BindingStatus.FREE, T, 0, 0, 0, 0, 0, 0, 0);

    assertThat(BindingMerge.merge(Optional.of(Samples.given(ODD, ALICE, T - 9)), ended, T))
        .isEmpty();
    assertThat(BindingMerge.merge(Optional.of(Samples.handedOver(PREFIX, T - 9)), free, T))
        .isEmpty();
  }

  @Test
  void pendingFreeIsFree() {
    Reported pending =
        new Reported(
            PREFIX, ClientIdentity.NONE, 0, BindingStatus.PENDING_FREE, T, 0, 0, 0, 0, 0, 0, 0);

    assertThat(BindingMerge.merge(Optional.of(Samples.handedOver(PREFIX, T - 9)), pending, T))
        .isEmpty();
  }

  @Test
  void whatIsHandedOverHasNoEnd() {
    Reported given =
        new Reported(
            PREFIX, ClientIdentity.NONE, 0, BindingStatus.FREE_BACKUP, T, 0, 0, 0, 0, 0, 0, 0);

    Lease lease = merged(Optional.empty(), given);

    assertThat(lease.state()).isEqualTo(LeaseState.FREE_BACKUP);
    assertThat(lease.times().expires()).isEqualTo(LeaseTimes.NEVER);
    assertThat(LeaseMarks.of(lease)).isEqualTo(LeaseMarks.NONE);
  }

  @Test
  void whatIsDeclinedIsNobodys() {
    Reported declined =
        new Reported(
            ODD, ClientIdentity.NONE, 0, BindingStatus.ABANDONED, T, T + 60, T, 0, 0, 0, 0, 0);

    Lease lease = merged(Optional.of(Samples.given(ODD, ALICE, T - 9)), declined);

    assertThat(lease.state()).isEqualTo(LeaseState.ABANDONED);
    assertThat(lease.client()).isEqualTo(ClientIdentity.NONE);
    assertThat(lease.times().expires()).isEqualTo(T + 60);
  }

  /** The partner may free it when its own copy is over, and the disk that knew better is lost. */
  @ParameterizedTest
  @EnumSource(names = {"ACTIVE", "EXPIRED"})
  void whatMayHaveBeenPromisedBeforeTheDiskWasLostIsKept(BindingStatus status) {
    Reported update = update(ODD, status, T - 10);
    Reported told =
        new Reported(
            ODD, ALICE, 3, status, T - 10, T + 20, T - 9, T + 30, T - 70, T + 50, 1800, 3600);
    Reception reception = new Reception(told, new BindingJudge(Role.PRIMARY, 60));

    Lease kept = reception.apply(Optional.empty(), T).orElseThrow();

    assertThat(kept.state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(kept.client()).isEqualTo(ALICE);
    assertThat(kept.times().expires()).as("acknowledged, and the MCLT").isEqualTo(T + 110);
    assertThat(reception.refusal().isPresent()).isEqualTo(status == BindingStatus.EXPIRED);
    assertThat(LeaseMarks.of(kept).isDue()).as("the partner has to hear of it").isTrue();

    Reception late = new Reception(told, new BindingJudge(Role.PRIMARY, 60));
    late.apply(Optional.empty(), T + 110);
    assertThat(late.refusal()).as("nothing is left of it").isEmpty();
    Reception never = new Reception(update, new BindingJudge(Role.PRIMARY, 60));
    never.apply(Optional.empty(), T);
    assertThat(never.refusal()).as("that was over long ago").isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static io.leasehold.failover.binding.Samples.ALICE;
import static io.leasehold.failover.binding.Samples.BOB;
import static io.leasehold.failover.binding.Samples.ODD;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.failover.binding.BindingJudge.Verdict;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BindingJudgeTest {
  private static final long T = Samples.T;
  private static final long NOW = T + 1000;

  /** Figure 4: L by time, 1 and 2 the rules of these numbers, as rows of records. */
  private static final List<String> FIGURE =
      List.of(
          // ACTIVE EXPIRED RELEASED PENDING-FREE FREE FREE-BACKUP ABANDONED RESET
          "ACTIVE       L 1 L 1 1 1 L L",
          "EXPIRED      L L L L L L L L",
          "RELEASED     L L L L L L L L",
          "FREE         L L L L L L L L",
          "FREE_BACKUP  L L L L L L L L",
          "RESET        2 L L L L L L L",
          "ABANDONED    L L L L L L L L");

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (String row : FIGURE) {
      String[] words = row.split(" +");
      for (BindingStatus status : BindingStatus.values()) {
        for (int seconds : List.of(-6, -5, 0, 5, 6)) {
          cells.add(
              Arguments.of(LeaseState.valueOf(words[0]), status, seconds, words[status.code()]));
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void figure4(LeaseState recorded, BindingStatus status, int seconds, String rule) {
    Lease record = record(recorded, T + 3600);
    Verdict expected =
        switch (rule) {
          case "L" -> outdatedUnless(seconds >= -5);
          case "1" -> Verdict.OUTDATED;
          default -> outdatedUnless(seconds > 5);
        };

    assertThat(judge(Role.PRIMARY, record, update(status, ALICE, T + seconds))).isEqualTo(expected);
    assertThat(judge(Role.SECONDARY, record, update(status, ALICE, T + seconds)))
        .isEqualTo(expected);
  }

  private static Verdict outdatedUnless(boolean isAccepted) {
    return isAccepted ? Verdict.ACCEPTED : Verdict.OUTDATED;
  }

  private static Verdict judge(Role role, Lease record, Reported update) {
    return new BindingJudge(role, 60).judge(Optional.of(record), update, NOW);
  }

  /** Heard at T, in its state since T. */
  private static Lease record(LeaseState state, long expires) {
    return Samples.lease(ODD, ALICE, state, new LeaseTimes(T, T, T, expires));
  }

  /** The client was heard, and the status began, at a time. */
  private static Reported update(BindingStatus status, ClientIdentity client, long at) {
    return new Reported(ODD, client, 1, status, at, at + 3600, at, at + 9000, 0, 0, 3600, 3600);
  }

  @Test
  void whatIsNotRecordedIsTaken() {
    for (BindingStatus status : BindingStatus.values()) {
      assertThat(
              new BindingJudge(Role.PRIMARY, 60)
                  .judge(Optional.empty(), update(status, ALICE, T - 9999), NOW))
          .isEqualTo(Verdict.ACCEPTED);
    }
  }

  @Test
  void anEndIsTakenWhenTheRecordIsOver() {
    for (BindingStatus status :
        List.of(BindingStatus.EXPIRED, BindingStatus.FREE, BindingStatus.FREE_BACKUP)) {
      Reported update = update(status, ALICE, T - 9999);

      assertThat(judge(Role.PRIMARY, record(LeaseState.ACTIVE, NOW - 1), update))
          .isEqualTo(Verdict.ACCEPTED);
      assertThat(judge(Role.PRIMARY, record(LeaseState.ACTIVE, NOW), update))
          .as("it lasts to the end of its last second")
          .isEqualTo(Verdict.OUTDATED);
    }
  }

  @Test
  void ofTwoClientsThePrimarysKeepsTheLease() {
    Lease record = record(LeaseState.ACTIVE, T + 3600);

    assertThat(judge(Role.PRIMARY, record, update(BindingStatus.ACTIVE, BOB, T + 5)))
        .isEqualTo(Verdict.IN_USE);
    assertThat(judge(Role.SECONDARY, record, update(BindingStatus.ACTIVE, BOB, T - 999)))
        .isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void anotherClientThatWasHeardSinceIsTakenByThePrimaryToo() {
    Lease record = record(LeaseState.ACTIVE, T + 3600);

    assertThat(judge(Role.PRIMARY, record, update(BindingStatus.ACTIVE, BOB, T + 6)))
        .isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void withoutAClientsContactTheStartOfTheStatusCounts() {
    Lease unheard =
        Samples.lease(ODD, ALICE, LeaseState.RELEASED, new LeaseTimes(T, 0, T, T + 3600));
    Reported silent = new Reported(ODD, ALICE, 1, BindingStatus.ACTIVE, T - 5, T, 0, T, 0, 0, 1, 1);
    Reported older = new Reported(ODD, ALICE, 1, BindingStatus.ACTIVE, T - 6, T, 0, T, 0, 0, 1, 1);

    assertThat(judge(Role.PRIMARY, unheard, silent)).isEqualTo(Verdict.ACCEPTED);
    assertThat(judge(Role.PRIMARY, unheard, older)).isEqualTo(Verdict.OUTDATED);
  }

  @Test
  void theLaterOfBothTimesCountsForWhatNoClientDoes() {
    Lease record = record(LeaseState.RELEASED, T + 3600);
    Reported free = new Reported(ODD, ALICE, 1, BindingStatus.FREE, T, 0, T - 9999, 0, 0, 0, 0, 0);
    Reported released =
        new Reported(ODD, ALICE, 1, BindingStatus.RELEASED, T, 0, T - 9999, 0, 0, 0, 0, 0);

    assertThat(judge(Role.PRIMARY, record, free)).isEqualTo(Verdict.ACCEPTED);
    assertThat(judge(Role.PRIMARY, record, released)).isEqualTo(Verdict.OUTDATED);
  }

  @Test
  void aRenewalIsNewsForACopyThatHasEnded() {
    Lease copy =
        new LeaseMarks(true, false, false, 0, 0, T, T - 300)
            .on(Samples.lease(ODD, ALICE, LeaseState.EXPIRED, new LeaseTimes(T, 0, T, T + 3600)));

    assertThat(judge(Role.SECONDARY, copy, update(BindingStatus.ACTIVE, ALICE, T - 100)))
        .isEqualTo(Verdict.ACCEPTED);
    assertThat(judge(Role.SECONDARY, copy, update(BindingStatus.ACTIVE, ALICE, T - 306)))
        .isEqualTo(Verdict.OUTDATED);
  }

  @Test
  void thePartnersNewsAreAsNewAsWhatItKnowsOfOurs() {
    Lease record = record(LeaseState.FREE, T);

    assertThat(judge(Role.SECONDARY, record, update(BindingStatus.EXPIRED, ALICE, T - 100)))
        .isEqualTo(Verdict.OUTDATED);
    for (BindingStatus status :
        List.of(BindingStatus.ACTIVE, BindingStatus.EXPIRED, BindingStatus.RELEASED)) {
      Reported knowing =
          new Reported(ODD, ALICE, 1, status, T - 100, T, T - 100, T, T, 0, 3600, 3600);
      assertThat(judge(Role.SECONDARY, record, knowing)).isEqualTo(Verdict.ACCEPTED);
    }
  }

  @Test
  void anEndAtTheSameTimeIsNoneOfWhatThePartnerDoesNotKnow() {
    Lease record = Samples.active(ODD, ALICE, T);

    assertThat(judge(Role.PRIMARY, record, update(BindingStatus.RELEASED, ALICE, T + 5)))
        .isEqualTo(Verdict.OUTDATED);
    assertThat(judge(Role.PRIMARY, record, update(BindingStatus.RELEASED, ALICE, T + 6)))
        .isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void anEndAtTheSameTimeIsNoneOfAnotherClient() {
    Lease record = Samples.given(ODD, ALICE, T);

    assertThat(judge(Role.SECONDARY, record, update(BindingStatus.RELEASED, BOB, T + 5)))
        .isEqualTo(Verdict.OUTDATED);
    assertThat(judge(Role.SECONDARY, record, update(BindingStatus.RELEASED, ALICE, T + 5)))
        .isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void whatIsAskedBackIsThePartnersUntilItAgrees() {
    Lease askedBack =
        Samples.lease(
            Samples.PREFIX,
            ClientIdentity.NONE,
            LeaseState.PENDING_FREE,
            new LeaseTimes(T, 0, T, LeaseTimes.NEVER));

    assertThat(judge(Role.PRIMARY, askedBack, update(BindingStatus.ACTIVE, ALICE, T - 60)))
        .isEqualTo(Verdict.ACCEPTED);
  }

  /** A client gave back, by a clock that was ahead, what it got again from here since. */
  @Test
  void anEndByAClockThatWasAheadIsNoneOfWhatAClientHas() {
    Lease record = record(LeaseState.ACTIVE, NOW);
    for (BindingStatus status :
        List.of(BindingStatus.RELEASED, BindingStatus.ABANDONED, BindingStatus.RESET)) {
      assertThat(judge(Role.PRIMARY, record, update(status, ALICE, NOW + 6)))
          .isEqualTo(Verdict.OUTDATED);
      assertThat(judge(Role.PRIMARY, record, update(status, ALICE, NOW + 5)))
          .isEqualTo(Verdict.ACCEPTED);
      assertThat(
              judge(
                  Role.PRIMARY, record(LeaseState.ACTIVE, NOW - 1), update(status, ALICE, NOW + 6)))
          .as("nobody has it")
          .isEqualTo(Verdict.ACCEPTED);
    }
  }

  /** One was given, or renewed, by a clock that was ahead; the partner gave it since then. */
  @Test
  void ofTwoClientsNeitherServerTakesWhatAClockThatWasAheadSays() {
    Lease ahead = Samples.given(ODD, ALICE, NOW + 6);
    Lease right = Samples.given(ODD, ALICE, NOW - 60);
    for (Role role : Role.values()) {
      assertThat(judge(role, ahead, update(BindingStatus.ACTIVE, BOB, NOW - 60)))
          .isEqualTo(Verdict.ACCEPTED);
      assertThat(judge(role, right, update(BindingStatus.ACTIVE, BOB, NOW + 6)))
          .isEqualTo(Verdict.OUTDATED);
      assertThat(judge(role, right, renewed(BOB, NOW - 900, NOW + 6))).isEqualTo(Verdict.OUTDATED);
    }
    assertThat(judge(Role.PRIMARY, ahead, update(BindingStatus.ACTIVE, BOB, NOW + 7)))
        .as("both clocks were ahead")
        .isEqualTo(Verdict.IN_USE);
    assertThat(
            judge(
                Role.PRIMARY,
                Samples.given(ODD, ALICE, NOW + 5),
                update(BindingStatus.ACTIVE, BOB, NOW - 60)))
        .isEqualTo(Verdict.IN_USE);
  }

  private static Reported renewed(ClientIdentity client, long since, long at) {
    return new Reported(
        ODD, client, 1, BindingStatus.ACTIVE, since, at + 3600, at, at + 9000, 0, 0, 3600, 3600);
  }

  /** Which was first cannot be known, unless by what the times of both leave no doubt of. */
  @Test
  void anEndIsNoneOfWhatAClientMayHaveGotSinceByAClockThatWasBehind() {
    Lease due = Samples.active(ODD, ALICE, T);
    for (BindingStatus status :
        List.of(BindingStatus.RELEASED, BindingStatus.ABANDONED, BindingStatus.RESET)) {
      Reported end = update(status, ALICE, T + 67);

      assertThat(judgeInDoubt(T, due, end)).isEqualTo(Verdict.DOUBTED);
      assertThat(judgeInDoubt(T - 1, due, end))
          .as("clocks were right when the client got it")
          .isEqualTo(Verdict.ACCEPTED);
      assertThat(judgeInDoubt(T, Samples.given(ODD, ALICE, T), end))
          .as("the partner knew of it")
          .isEqualTo(Verdict.ACCEPTED);
      assertThat(judgeInDoubt(T, Samples.active(ODD, ALICE, NOW - 3601), end))
          .as("nobody has it any more")
          .isEqualTo(Verdict.ACCEPTED);
      assertThat(judgeInDoubt(T, due, update(status, ALICE, T - 67))).isEqualTo(Verdict.OUTDATED);
    }
    assertThat(judgeInDoubt(T, due, update(BindingStatus.ACTIVE, ALICE, T + 67)))
        .isEqualTo(Verdict.ACCEPTED);
  }

  private static Verdict judgeInDoubt(long until, Lease record, Reported update) {
    return new BindingJudge(Role.PRIMARY, 60, false, until).judge(Optional.of(record), update, NOW);
  }

  @Test
  void anEndHereByAClockThatWasAheadYieldsToWhatAClientHas() {
    for (LeaseState state :
        List.of(
            LeaseState.EXPIRED,
            LeaseState.RELEASED,
            LeaseState.FREE,
            LeaseState.RESET,
            LeaseState.ABANDONED)) {
      Reported update = update(BindingStatus.ACTIVE, ALICE, NOW - 60);

      assertThat(judge(Role.SECONDARY, recordOf(state, NOW + 6), update))
          .isEqualTo(Verdict.ACCEPTED);
      assertThat(judge(Role.SECONDARY, recordOf(state, NOW + 5), update))
          .isEqualTo(Verdict.OUTDATED);
    }
  }

  private static Lease recordOf(LeaseState state, long at) {
    return Samples.lease(ODD, ALICE, state, new LeaseTimes(at, at, at, at + 3600));
  }

  /** A prefix was released, which was told twice, and handed over in between. */
  @Test
  void anEndAtTheTimeOfAHandoverIsOfBefore() {
    Lease handedOver = Samples.handedOver(Samples.PREFIX, T);
    for (BindingStatus status : List.of(BindingStatus.RELEASED, BindingStatus.EXPIRED)) {
      assertThat(judge(Role.SECONDARY, handedOver, update(status, ALICE, T + 5)))
          .isEqualTo(Verdict.OUTDATED);
      assertThat(judge(Role.SECONDARY, handedOver, update(status, ALICE, T + 6)))
          .isEqualTo(Verdict.ACCEPTED);
      for (int seconds : List.of(-6, 0, 6)) {
        assertThat(judge(Role.PRIMARY, handedOver, update(status, ALICE, T + seconds)))
            .as("it stays the secondary's")
            .isEqualTo(Verdict.ACCEPTED);
      }
    }
    assertThat(judge(Role.PRIMARY, handedOver, update(BindingStatus.ACTIVE, ALICE, T - 5)))
        .as("a client has it")
        .isEqualTo(Verdict.ACCEPTED);
  }

  /** Both told all they have at the same time; or a clock was ahead when its client had it. */
  @Test
  void whatIsSharedByCountingIsMovedByThePrimaryAlone() {
    Reported backup = bare(BindingStatus.FREE_BACKUP);
    Reported free = bare(BindingStatus.FREE);

    assertThat(judge(Role.PRIMARY, prefix(LeaseState.PENDING_FREE, T - 100), backup))
        .isEqualTo(Verdict.OUTDATED);
    assertThat(judge(Role.SECONDARY, prefix(LeaseState.FREE, T + 100), backup))
        .isEqualTo(Verdict.ACCEPTED);
    assertThat(judge(Role.PRIMARY, prefix(LeaseState.FREE, T + 100), backup))
        .isEqualTo(Verdict.OUTDATED);
    for (long since : new long[] {T - 100, T, T + 100}) {
      assertThat(judge(Role.PRIMARY, prefix(LeaseState.FREE_BACKUP, since), free))
          .isEqualTo(Verdict.OUTDATED);
    }
    assertThat(judge(Role.SECONDARY, prefix(LeaseState.FREE_BACKUP, T), free))
        .as("asked back")
        .isEqualTo(Verdict.ACCEPTED);
  }

  private static Reported bare(BindingStatus status) {
    return new Reported(Samples.PREFIX, ClientIdentity.NONE, 0, status, T, 0, 0, 0, 0, 0, 0, 0);
  }

  private static Lease prefix(LeaseState state, long since) {
    return Samples.lease(
        Samples.PREFIX,
        ClientIdentity.NONE,
        state,
        new LeaseTimes(since, since, since, LeaseTimes.NEVER));
  }

  /** The partner was away, and has not noticed yet that its client's time is over. */
  @Test
  void nobodyYieldsToALeaseThatIsOver() {
    Reported over =
        new Reported(
            ODD, BOB, 1, BindingStatus.ACTIVE, T, NOW - 1, T + 9, T + 90, 0, 0, 3600, 3600);
    Reported lasting =
        new Reported(ODD, BOB, 1, BindingStatus.ACTIVE, T, NOW, T + 9, T + 90, 0, 0, 3600, 3600);
    for (Role role : Role.values()) {
      assertThat(judge(role, record(LeaseState.ACTIVE, NOW), over)).isEqualTo(Verdict.OUTDATED);
      assertThat(judge(role, record(LeaseState.ACTIVE, NOW - 1), over)).isEqualTo(Verdict.ACCEPTED);
      assertThat(judge(role, record(LeaseState.ACTIVE, NOW), lasting)).isEqualTo(Verdict.ACCEPTED);
    }
  }
}

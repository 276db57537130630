// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static io.leasehold.failover.binding.Samples.ALICE;
import static io.leasehold.failover.binding.Samples.EVEN;
import static io.leasehold.failover.binding.Samples.ODD;
import static io.leasehold.failover.binding.Samples.PREFIX;
import static io.leasehold.failover.binding.Samples.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends, and what is handed over or asked back, and when the partner hears of it. */
class EndUpdatesTest {
  private static final long T = Samples.T;
  private final Side side = new Side(Role.PRIMARY);

  private List<FailoverMessage> updates() {
    return side.all(Dhcp6MessageType.BNDUPD);
  }

  @ParameterizedTest
  @EnumSource(
      value = LeaseState.class,
      names = {"EXPIRED", "RELEASED"})
  void whatHasEndedIsFreeWhenThePartnerKnows(LeaseState state) {
    side.up(64);
    side.write(Samples.ended(ODD, ALICE, state, T));
    side.write(Samples.ended(EVEN, ALICE, state, T));
    side.write(Samples.ended(PREFIX, ALICE, state, T));
    List<FailoverMessage> updates = updates();

    assertThat(side.lease(ODD).state()).as("not before").isEqualTo(state);
    updates.forEach(side::accept);
    assertThat(side.lease(ODD).state()).isEqualTo(LeaseState.FREE);
    assertThat(side.lease(EVEN).state()).isEqualTo(LeaseState.FREE_BACKUP);
    assertThat(side.lease(PREFIX).state()).isEqualTo(LeaseState.FREE);
    assertThat(side.lease(ODD).client()).as("a hint").isEqualTo(ALICE);
    assertThat(side.marks(ODD)).isEqualTo(LeaseMarks.NONE);
    assertThat(side.sent).isEmpty();
  }

  @Test
  void theEchoOfAnEndFreesIt() {
    side.up(64);
    side.write(Samples.ended(ODD, ALICE, LeaseState.EXPIRED, T));
    FailoverMessage update = updates().get(0);
    Options answer = Samples.answer(update, Optional.empty());

    assertThat(Samples.facts(new FailoverMessage(25, 1, time(T), answer)).status())
        .contains(BindingStatus.EXPIRED);
    side.take(Dhcp6MessageType.BNDREPLY, update.transactionId(), answer);
    assertThat(side.lease(ODD).state()).isEqualTo(LeaseState.FREE);
  }

  @ParameterizedTest
  @EnumSource(
      value = LeaseState.class,
      names = {"EXPIRED", "RELEASED"})
  void whatIsRememberedLongerMeanwhileIsFreeAllTheSame(LeaseState state) {
    side.up(64);
    side.write(Samples.ended(ODD, ALICE, state, T));
    FailoverMessage update = updates().get(0);
    Lease told = side.lease(ODD);
    LeaseTimes times = told.times();
    side.write(
        told.with(
            state,
            new LeaseTimes(
                times.stateSince(),
                times.lastTransaction(),
                times.preferredUntil(),
                times.expires() + 600)));
    side.accept(update);

    assertThat(side.lease(ODD).state()).isEqualTo(LeaseState.FREE);
  }

  @Test
  void anEndThatIsRefusedStays() {
    side.up(64);
    side.write(Samples.ended(ODD, ALICE, LeaseState.EXPIRED, T));
    side.reject(updates().get(0));

    assertThat(side.lease(ODD).state()).isEqualTo(LeaseState.EXPIRED);
    assertThat(side.marks(ODD).isDue()).isTrue();
  }

  @Test
  void whatNobodyRemembersIsForgottenWhenThePartnerKnows() {
    side.up(64);
    side.write(
        Samples.DUE.on(Samples.lease(ODD, ALICE, LeaseState.EXPIRED, new LeaseTimes(T, T, T, T))));
    side.write(
        Samples.DUE.on(
            Samples.lease(
                EVEN, ClientIdentity.NONE, LeaseState.RESET, new LeaseTimes(T, T, T, T + 600))));
    updates().forEach(side::accept);

    assertThat(side.leases).isEmpty();
  }

  @Test
  void whatAClientMayBeUsingStaysTakenBack() {
    side.up(64);
    side.write(Samples.ended(ODD, ALICE, LeaseState.RESET, T));
    side.accept(updates().get(0));

    assertThat(side.lease(ODD).state()).isEqualTo(LeaseState.RESET);
    assertThat(side.marks(ODD).isDue()).isFalse();
  }

  @Test
  void anEndIsMarkedAsToldBeforeItIs() {
    side.up(64);
    side.isStoreSlow = true;
    side.write(Samples.ended(ODD, ALICE, LeaseState.RELEASED, T));

    assertThat(side.sent).isEmpty();
    side.store();
    assertThat(side.marks(ODD).isSent()).isTrue();
    assertThat(updates()).hasSize(1);
  }

  @Test
  void anEndThatTheClientUndidIsNotTold() {
    side.up(64);
    side.isStoreSlow = true;
    side.write(Samples.ended(ODD, ALICE, LeaseState.RELEASED, T));
    side.write(Samples.active(ODD, ALICE, T + 1));
    side.store();

    List<FailoverMessage> updates = updates();
    assertThat(updates).hasSize(1);
    assertThat(Samples.facts(updates.get(0)).status()).contains(BindingStatus.ACTIVE);
  }

  @Test
  void whatIsHandedOverIsDurableBeforeThePartnerHears() {
    side.up(64);
    side.isStoreSlow = true;
    side.write(Samples.handedOver(PREFIX, T));

    assertThat(side.sent).isEmpty();
    side.store();
    assertThat(Samples.facts(updates().get(0)).status()).contains(BindingStatus.FREE_BACKUP);
  }

  private static Lease askedBack() {
    return Samples.DUE.on(
        Samples.lease(
            PREFIX,
            ClientIdentity.NONE,
            LeaseState.PENDING_FREE,
            new LeaseTimes(T, 0, T, LeaseTimes.NEVER)));
  }

  @Test
  void whatIsAskedBackStaysWithAPartnerThatHasLostWhatItGave() {
    side.write(askedBack());
    side.connect(64);
    side.take(Dhcp6MessageType.UPDREQALL, 7, Options.EMPTY);
    updates().forEach(side::accept);

    assertThat(side.lease(PREFIX).state()).isEqualTo(LeaseState.FREE_BACKUP);
    assertThat(LeaseMarks.isUntold(side.lease(PREFIX))).isTrue();
    assertThat(side.all(Dhcp6MessageType.UPDDONE)).hasSize(1);
    side.bindings.sending(true, side.moment());
    side.settle();
    assertThat(Samples.facts(updates().get(0)).status()).contains(BindingStatus.FREE_BACKUP);
  }

  @Test
  void whatIsAskedBackIsOursWhenThePartnerAgreesAndItsOwnIfNot() {
    side.up(64);
    Lease askedBack = askedBack();
    side.write(askedBack);
    side.reject(updates().get(0));
    assertThat(side.lease(PREFIX).state()).isEqualTo(LeaseState.FREE_BACKUP);

    side.write(askedBack);
    FailoverMessage told = updates().get(0);
    StatusCode unable = new StatusCode(Dhcp6StatusCode.UNSPEC_FAIL, "leases cannot be stored now");
    side.answer(told, Optional.of(unable));
    assertThat(side.lease(PREFIX).state())
        .as("it may have agreed before, and its answer was lost")
        .isEqualTo(LeaseState.PENDING_FREE);

    side.at(T + 61);
    side.accept(updates().get(0));
    assertThat(side.leases).as("unrecorded is the primary's").isEmpty();
  }
}

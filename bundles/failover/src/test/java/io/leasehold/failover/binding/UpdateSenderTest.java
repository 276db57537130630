// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static io.leasehold.failover.binding.Samples.ALICE;
import static io.leasehold.failover.binding.Samples.ODD;
import static io.leasehold.failover.binding.Samples.PREFIX;
import static io.leasehold.failover.binding.Samples.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.BindingContainer;
import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.BoundAssociation;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateSenderTest {
  private static final long T = Samples.T;
  private final Side side = new Side(Role.PRIMARY);

  private List<FailoverMessage> updates() {
    return side.all(Dhcp6MessageType.BNDUPD);
  }

  /** Leases of that many clients. */
  private void writeLeases(int count) {
    for (int i = 0; i < count; i++) {
      LeaseKey key = LeaseKey.address(Ipv6.ofText("2001:db8:1::").plus(2L * i + 1));
      Duid duid = new Duid(Bytes.ofHex("0003000103%010x".formatted(i)));
      side.write(Samples.active(key, ClientIdentity.of(duid), T));
    }
  }

  @Test
  void noMoreIsUnansweredThanThePartnerTakes() {
    side.up(2);
    writeLeases(5);
    List<FailoverMessage> first = updates();

    assertThat(first).hasSize(2);
    side.accept(first.get(0));
    assertThat(updates()).hasSize(1);
    assertThat(side.bindings.unanswered()).isEqualTo(2);
    assertThat(side.bindings.waiting()).isEqualTo(2);
  }

  @Test
  void otherMessagesDoNotWaitForAnswers() {
    side.up(2);
    writeLeases(5);
    updates();
    side.take(Dhcp6MessageType.BNDUPD, 77, Samples.bare(PREFIX, BindingStatus.FREE_BACKUP, T));
    side.bindings.request(false, side.moment());
    side.settle();

    assertThat(side.next().type()).isEqualTo(Dhcp6MessageType.BNDREPLY);
    assertThat(side.next().type()).isEqualTo(Dhcp6MessageType.UPDREQ);
  }

  @Test
  void whatBecameDueWhileCutOffIsSentWhenUpdatesGoAgain() {
    writeLeases(600);
    side.up(4096);
    int told = 0;
    for (List<FailoverMessage> round = updates(); !round.isEmpty(); round = updates()) {
      told += round.size();
      assertThat(side.told).isEmpty();
      round.forEach(side::accept);
    }

    assertThat(told).isEqualTo(600);
    assertThat(side.told).containsExactly("caught up");
  }

  @Test
  void withoutBeingAskedNothingIsSentUntilItMayBe() {
    side.connect(64);
    writeLeases(3);

    assertThat(side.sent).isEmpty();
    side.bindings.sending(true, side.moment());
    side.settle();
    assertThat(updates()).hasSize(3);
  }

  @Test
  void anAnswerIsAPromiseOfThePartner() {
    side.up(64);
    side.write(Samples.active(ODD, ALICE, T));
    side.accept(updates().get(0));

    assertThat(side.marks(ODD))
        .isEqualTo(new LeaseMarks(false, false, false, 0, T + 1800 + 259200, 0, 0));
    assertThat(side.sent).as("nothing more is to be said").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "container", "association", "lease"})
  void aRefusalAtAnyLevelIsNoPromise(String level) {
    side.up(64);
    side.write(Samples.active(ODD, ALICE, T));
    FailoverMessage update = updates().get(0);
    side.take(Dhcp6MessageType.BNDREPLY, update.transactionId(), refused(update, level));

    assertThat(side.marks(ODD).acked()).isZero();
    assertThat(side.marks(ODD).isDue()).isTrue();
    assertThat(side.sent).as("it is not repeated at once").isEmpty();
    assertThat(side.bindings.counters()).containsEntry("leases-sent-rejected", 1L);
    assertThat(side.warnings).singleElement().asString().contains("does not take", "UnspecFail");
  }

  @Test
  void refusalsAreToldOnceAndThoseOfTheProtocolNot() {
    side.up(64);
    for (int n = 0; n < 3; n++) {
      side.write(Samples.active(ODD, ALICE, T + 100 * n));
      side.answer(
          updates().get(0),
          Optional.of(new StatusCode(Dhcp6StatusCode.OUTDATED_BINDING_INFORMATION, "")));
      side.sent.clear();
    }
    assertThat(side.warnings).isEmpty();
    for (int n = 3; n < 6; n++) {
      side.write(Samples.active(ODD, ALICE, T + 100 * n));
      side.answer(
          updates().get(0),
          Optional.of(new StatusCode(Dhcp6StatusCode.CONFIGURATION_CONFLICT, "not mine")));
      side.sent.clear();
    }
    assertThat(side.warnings)
        .singleElement()
        .asString()
        .contains("ConfigurationConflict", "not mine");
  }

  private static Options refused(FailoverMessage update, String level) {
    Optional<StatusCode> no = Optional.of(new StatusCode(Dhcp6StatusCode.UNSPEC_FAIL, ""));
    Options fine = Samples.answer(update, Optional.empty());
    ClientBinding client = (ClientBinding) BindingContainer.read(fine).orElseThrow();
    BoundAssociation one = client.associations().get(0);
    return switch (level) {
      case "message" -> fine.toBuilder().add(Dhcp6Options.STATUS_CODE, no.get()).build();
      case "container" -> client.answer(no, client.associations()).toOptions();
      case "association" ->
          client
              .answer(
                  Optional.empty(),
                  List.of(
                      new BoundAssociation(one.kind(), one.iaid(), 1800, 2880, no, one.leases())))
              .toOptions();
      default -> Samples.answer(update, no);
    };
  }

  @Test
  void aSuccessMeansNothing() {
    side.up(64);
    side.write(Samples.active(ODD, ALICE, T));
    side.answer(updates().get(0), Optional.of(new StatusCode(Dhcp6StatusCode.SUCCESS, "fine")));

    assertThat(side.marks(ODD).isDue()).isFalse();
  }

  @Test
  void anAnswerToNothingIsIgnored() {
    side.up(64);
    side.write(Samples.active(ODD, ALICE, T));
    FailoverMessage update = updates().get(0);
    side.take(
        Dhcp6MessageType.BNDREPLY,
        update.transactionId() ^ 1,
        Samples.answer(update, Optional.empty()));

    assertThat(side.marks(ODD).isDue()).isTrue();
    assertThat(side.bindings.unanswered()).isEqualTo(1);
  }

  @Test
  void whatHasChangedSinceItWasToldStaysDue() {
    side.up(64);
    side.write(Samples.active(ODD, ALICE, T));
    FailoverMessage update = updates().get(0);
    side.now = T + 1800;
    side.write(Samples.active(ODD, ALICE, T + 1800));
    assertThat(side.sent).as("one update of a lease at a time").isEmpty();
    side.accept(update);

    assertThat(side.marks(ODD).isDue()).isTrue();
    assertThat(side.marks(ODD).acked()).as("a promise all the same").isEqualTo(T + 1800 + 259200);
    FailoverMessage next = updates().get(0);
    assertThat(Samples.facts(next).partnerLifetime()).contains(time(T + 1800 + 1800 + 259200));
    side.accept(next);
    assertThat(side.marks(ODD).isDue()).isFalse();
    assertThat(side.sent).isEmpty();
  }

  @Test
  void aPartnerAcknowledgesNotMoreThanItWasTold() {
    side.up(64);
    side.write(Samples.active(ODD, ALICE, T));
    FailoverMessage update = updates().get(0);
    BindingFacts lie =
        BindingFacts.builder()
            .status(BindingStatus.ACTIVE, time(T))
            .partnerLifetimeSent(time(T + 999_999))
            .build();
    side.take(Dhcp6MessageType.BNDREPLY, update.transactionId(), Samples.update(ODD, lie, T));

    assertThat(side.marks(ODD).acked()).isEqualTo(T + 1800 + 259200);
  }

  @Test
  void changesThatWereNotHeardOfAreLookedFor() {
    side.up(64);
    side.isAttentive = false;
    side.write(Samples.active(ODD, ALICE, T));
    assertThat(side.sent).isEmpty();
    side.bindings.onMissed(side.moment());
    side.settle();

    assertThat(updates()).hasSize(1);
  }

  @Test
  void leasesOfASubnetThatJoinsAreToldOnce() {
    side.up(64);
    side.isAttentive = false;
    LeaseTimes times = new LeaseTimes(T - 60, T - 60, T + 3540, T + 3540);
    side.write(Samples.lease(ODD, ALICE, LeaseState.ACTIVE, times));
    side.bindings.onMissed(side.moment());
    side.settle();
    FailoverMessage update = updates().get(0);
    side.accept(update);
    side.bindings.onMissed(side.moment());
    side.settle();

    assertThat(side.marks(ODD).acked()).isEqualTo(T + 3540);
    assertThat(side.sent).isEmpty();
  }

  @Test
  void moreThanTheQueueHoldsIsFoundByItsMarks() {
    side.up(1);
    writeLeases(34_000);
    assertThat(side.bindings.waiting()).isLessThanOrEqualTo(32_768);
    int told = 0;
    for (List<FailoverMessage> round = updates(); !round.isEmpty(); round = updates()) {
      told += round.size();
      round.forEach(side::accept);
    }

    assertThat(told).isEqualTo(34_000);
    assertThat(side.leases.values()).noneMatch(lease -> LeaseMarks.of(lease).isDue());
  }

  @Test
  void afterALostConnectionEverythingUnansweredIsSaidAgain() {
    side.up(64);
    writeLeases(3);
    side.write(Samples.ended(PREFIX, ALICE, LeaseState.EXPIRED, T));
    assertThat(updates()).hasSize(4);
    side.down();
    side.connect(64);

    assertThat(updates()).hasSize(4);
  }

  @Test
  void aPartnerThatDoesNotAnswerIsLeft() {
    side.up(64);
    writeLeases(2);
    side.at(T + 299);
    assertThat(side.told).containsExactly("caught up");
    side.at(T + 300);

    assertThat(side.told)
        .containsExactly("caught up", "stalled: the partner does not answer binding updates");
  }

  @Test
  void whatWasRefusedIsSaidAgainByTheNextScan() {
    side.up(64);
    writeLeases(1);
    side.reject(updates().get(0));
    side.at(T + 59);
    assertThat(side.sent).isEmpty();
    side.at(T + 60);

    assertThat(updates()).hasSize(1);
    assertThat(side.bindings.deadline()).isGreaterThan(side.moment().steadyNanos());
  }

  @Test
  void aStoreThatFailsLosesNothing() {
    side.up(64);
    side.write(Samples.active(ODD, ALICE, T));
    FailoverMessage update = updates().get(0);
    side.isStoreBroken = true;
    side.accept(update);
    assertThat(side.marks(ODD).isDue()).isTrue();
    side.isStoreBroken = false;
    side.at(T + 60);

    side.accept(updates().get(0));
    assertThat(side.marks(ODD).isDue()).isFalse();
  }

  @Test
  void identifiersOfUnansweredUpdatesDiffer() {
    side.up(64);
    writeLeases(64);
    List<Integer> ids =
        new ArrayList<>(updates().stream().map(FailoverMessage::transactionId).toList());

    assertThat(ids).hasSize(64).doesNotHaveDuplicates();
  }
}

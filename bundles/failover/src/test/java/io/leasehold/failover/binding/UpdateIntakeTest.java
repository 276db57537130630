// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static io.leasehold.failover.binding.Samples.ALICE;
import static io.leasehold.failover.binding.Samples.BOB;
import static io.leasehold.failover.binding.Samples.DUID;
import static io.leasehold.failover.binding.Samples.EVEN;
import static io.leasehold.failover.binding.Samples.ODD;
import static io.leasehold.failover.binding.Samples.PREFIX;
import static io.leasehold.failover.binding.Samples.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.BoundLease;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.DnsFlags;
import io.leasehold.codec.failover.DnsRemoval;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.FailoverOptionCode;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateIntakeTest {
  private static final long T = Samples.T;
  private final Side side = new Side(Role.PRIMARY).up(64);

  private FailoverMessage answer(Options update) {
    side.sent.clear();
    side.take(Dhcp6MessageType.BNDUPD, 5, update);
    List<FailoverMessage> answers = side.sent.stream().filter(UpdateIntakeTest::isAnswer).toList();
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  private static boolean isAnswer(FailoverMessage message) {
    return message.type() == Dhcp6MessageType.BNDREPLY;
  }

  private static Options active(LeaseKey key, long at) {
    return Samples.update(key, Samples.facts(BindingStatus.ACTIVE, at).build(), T);
  }

  private static int errorOf(FailoverMessage answer) {
    return Samples.facts(answer).error().map(StatusCode::code).orElse(0);
  }

  private static int errorOfAll(FailoverMessage answer) {
    return ((ClientBinding) Samples.container(answer)).error().map(StatusCode::code).orElse(0);
  }

  @Test
  void anAnswerOctetByOctet() {
    Bytes update =
        Bytes.ofHex(
            ("18000005 32e3a402 002d0067 0001000a00030001020000000001 0064000432e3a402"
                    + "0003004d 000000010000070800000b40"
                    + "0005003d 20010db8000100000000000000001001 00000e10 00000e10"
                    + "0072000101 0085000432e3a400 0086000432e3b210 002e000400000002"
                    + "007b000432e79f88")
                .replace(" ", ""));
    side.now = T + 2;
    side.take(FailoverMessage.decode(update));

    assertThat(side.next().encode())
        .isEqualTo(
            Bytes.ofHex(
                ("19000005 32e3a402 002d004f 0001000a00030001020000000001"
                        + "0003003d 000000010000070800000b40"
                        + "0005002d 20010db8000100000000000000001001 00000e10 00000e10"
                        + "0072000101 0086000432e3b210 007c000432e79f88")
                    .replace(" ", "")));
  }

  @Test
  void answerFollowsWhenTheLeaseIsDurable() {
    side.isStoreSlow = true;
    side.take(Dhcp6MessageType.BNDUPD, 5, active(ODD, T));

    assertThat(side.sent).isEmpty();
    side.store();
    assertThat(side.lease(ODD).state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(side.sent).hasSize(1);
  }

  @Test
  void withoutAStoreNothingIsAcknowledged() {
    side.isStoreBroken = true;
    FailoverMessage answer = answer(active(ODD, T));

    assertThat(errorOfAll(answer)).isEqualTo(Dhcp6StatusCode.UNSPEC_FAIL);
    assertThat(side.warnings).hasSize(1);
  }

  @Test
  void aThousandUpdatesHaveAThousandAnswersInFewEdits() {
    side.isStoreSlow = true;
    side.edited = 0;
    for (int i = 0; i < 1000; i++) {
      LeaseKey key = LeaseKey.address(Ipv6.ofText("2001:db8:1::").plus(2L * i + 1));
      side.take(Dhcp6MessageType.BNDUPD, i, active(key, T));
      if (i % 100 == 99) {
        side.store();
      }
    }
    while (!side.edits.isEmpty()) {
      side.store();
    }

    assertThat(side.sent)
        .extracting(FailoverMessage::transactionId)
        .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    assertThat(side.edited).isLessThanOrEqualTo(20);
  }

  @Test
  void answersAreForTheConnectionOnWhichWasAsked() {
    side.isStoreSlow = true;
    side.take(Dhcp6MessageType.BNDUPD, 5, active(ODD, T));
    side.down();
    side.connect(64);
    side.store();

    assertThat(side.sent.stream().filter(UpdateIntakeTest::isAnswer)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {Dhcp6OptionCode.CLIENT_ID, Dhcp6OptionCode.LQ_BASE_TIME, Dhcp6OptionCode.IA_NA})
  void aClientWithoutThisIsRefusedAsAWhole(int code) {
    Options data = without(active(ODD, T).first(Dhcp6Options.CLIENT_DATA).orElseThrow(), code);
    FailoverMessage answer = answer(Options.builder().add(Dhcp6Options.CLIENT_DATA, data).build());

    assertThat(errorOfAll(answer)).isEqualTo(Dhcp6StatusCode.MISSING_BINDING_INFORMATION);
    assertThat(side.leases).isEmpty();
  }

  private static Options without(Options options, int code) {
    Options.Builder kept = Options.builder();
    for (Option option : options) {
      if (option.code() != code) {
        kept.add(option.code(), option.value());
      }
    }
    return kept.build();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        FailoverOptionCode.BINDING_STATUS,
        FailoverOptionCode.START_TIME_OF_STATE,
        FailoverOptionCode.STATE_EXPIRATION_TIME,
        FailoverOptionCode.PARTNER_LIFETIME
      })
  void aLeaseWithoutThisIsRefused(int code) {
    BindingFacts all = Samples.facts(BindingStatus.ACTIVE, T).build();
    BindingFacts facts =
        new BindingFacts(
            code == FailoverOptionCode.BINDING_STATUS ? Optional.empty() : all.statusNumber(),
            code == FailoverOptionCode.START_TIME_OF_STATE ? Optional.empty() : all.statusSince(),
            code == FailoverOptionCode.STATE_EXPIRATION_TIME ? Optional.empty() : all.statusUntil(),
            all.clientHeard(),
            code == FailoverOptionCode.PARTNER_LIFETIME ? Optional.empty() : all.partnerLifetime(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(errorOf(answer(Samples.update(ODD, facts, T))))
        .isEqualTo(Dhcp6StatusCode.MISSING_BINDING_INFORMATION);
    assertThat(side.leases).isEmpty();
  }

  @Test
  void anUpdateOfNothingOrOfTwoIsRefused() {
    Options one = active(ODD, T);
    for (Options update : List.of(Options.EMPTY, one.toBuilder().addAll(one).build())) {
      assertThat(answer(update).options().first(Dhcp6Options.STATUS_CODE).map(StatusCode::code))
          .contains(Dhcp6StatusCode.MISSING_BINDING_INFORMATION);
    }
  }

  @Test
  void aStatusWithoutAMeaningIsRefusedAndRepeated() {
    BindingFacts all = Samples.facts(BindingStatus.ACTIVE, T).build();
    BindingFacts facts =
        new BindingFacts(
            Optional.of(9),
            all.statusSince(),
            all.statusUntil(),
            all.clientHeard(),
            all.partnerLifetime(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    FailoverMessage answer = answer(Samples.update(ODD, facts, T));

    assertThat(errorOf(answer)).isEqualTo(Dhcp6StatusCode.MISSING_BINDING_INFORMATION);
    assertThat(Samples.facts(answer).statusNumber()).contains(9);
  }

  @Test
  void aForeignLeaseIsRefusedAloneAndTheRestIsTaken() {
    side.contains = key -> !key.equals(EVEN);
    BindingFacts facts = Samples.facts(BindingStatus.ACTIVE, T).build();
    FailoverMessage answer =
        answer(
            Samples.update(
                    DUID, T, LeaseKind.IA_NA, Samples.bound(EVEN, facts), Samples.bound(ODD, facts))
                .toOptions());
    List<BoundLease> leases = Samples.leases(answer);

    assertThat(leases.get(0).facts().error().map(StatusCode::code))
        .contains(Dhcp6StatusCode.CONFIGURATION_CONFLICT);
    assertThat(leases.get(1).facts().error()).isEmpty();
    assertThat(side.leases).containsOnlyKeys(ODD);
  }

  @Test
  void answerRepeatsWhatItIsAbout() {
    FailoverMessage answer = answer(active(ODD, T));
    BindingFacts facts = Samples.facts(answer);

    assertThat(answer.transactionId()).isEqualTo(5);
    assertThat(((ClientBinding) Samples.container(answer)).client()).contains(DUID);
    assertThat(facts.status()).contains(BindingStatus.ACTIVE);
    assertThat(facts.statusUntil()).contains(time(T + 3600));
    assertThat(facts.partnerLifetimeSent()).contains(time(T + 9000));
    assertThat(facts.error()).as("all is well").isEmpty();
    assertThat(Samples.leases(answer).get(0).unit()).isEqualTo(ODD.asPrefix());
  }

  @Test
  void answerToABarePrefixIsABarePrefix() {
    FailoverMessage answer = answer(Samples.bare(PREFIX, BindingStatus.FREE_BACKUP, T));

    assertThat(Samples.facts(answer).status()).contains(BindingStatus.FREE_BACKUP);
    assertThat(side.lease(PREFIX).state()).isEqualTo(LeaseState.FREE_BACKUP);
  }

  @Test
  void fourSecondsAreTheSameTime() {
    side.write(Samples.given(ODD, ALICE, T));

    assertThat(errorOf(answer(active(ODD, T - 4)))).isZero();
    assertThat(errorOf(answer(active(ODD, T - 6))))
        .isEqualTo(Dhcp6StatusCode.OUTDATED_BINDING_INFORMATION);
  }

  @Test
  void whatTheSecondaryHasLeasedIsNotTakenBack() {
    Side secondary = new Side(Role.SECONDARY).up(64);
    secondary.write(Samples.active(PREFIX, ALICE, T));
    secondary.sent.clear();
    secondary.take(Dhcp6MessageType.BNDUPD, 5, Samples.bare(PREFIX, BindingStatus.FREE, T + 60));

    assertThat(errorOf(secondary.next())).isEqualTo(Dhcp6StatusCode.OUTDATED_BINDING_INFORMATION);
    assertThat(secondary.lease(PREFIX).state()).isEqualTo(LeaseState.ACTIVE);
  }

  @Test
  void ofTwoClientsTheSecondaryYieldsAndThePrimaryDoesNot() {
    Side secondary = new Side(Role.SECONDARY).up(64);
    secondary.write(Samples.given(ODD, BOB, T));
    side.write(Samples.given(ODD, BOB, T));
    secondary.take(Dhcp6MessageType.BNDUPD, 5, active(ODD, T));

    assertThat(errorOf(answer(active(ODD, T)))).isEqualTo(Dhcp6StatusCode.ADDRESS_IN_USE);
    assertThat(side.lease(ODD).client()).isEqualTo(BOB);
    assertThat(side.marks(ODD).isDue()).as("nothing changes").isFalse();
    assertThat(secondary.lease(ODD).client()).isEqualTo(ALICE);
  }

  @Test
  void whatIsOutdatedIsAnsweredWithAnUpdateOnce() {
    side.write(Samples.given(ODD, ALICE, T));
    side.take(Dhcp6MessageType.BNDUPD, 5, active(ODD, T - 60));

    assertThat(side.next().type()).as("the answer first").isEqualTo(Dhcp6MessageType.BNDREPLY);
    FailoverMessage update = side.next();
    assertThat(update.type()).isEqualTo(Dhcp6MessageType.BNDUPD);

    for (int i = 6; i < 20; i++) {
      side.take(Dhcp6MessageType.BNDUPD, i, active(ODD, T - 60));
    }
    assertThat(side.all(Dhcp6MessageType.BNDUPD)).as("it was said").isEmpty();

    side.take(
        Dhcp6MessageType.BNDREPLY,
        update.transactionId(),
        Samples.answer(update, Optional.empty()));
    side.take(Dhcp6MessageType.BNDUPD, 20, active(ODD, T - 60));
    assertThat(side.all(Dhcp6MessageType.BNDUPD)).as("that waits for a scan").isEmpty();
    side.at(T + 61);
    assertThat(side.all(Dhcp6MessageType.BNDUPD)).hasSize(1);
  }

  @Test
  void thePartnersTimeOfContactReturnsAsItCame() {
    AbsoluteTime odd = time(T - 12345);
    BindingFacts facts = Samples.facts(BindingStatus.ACTIVE, T).clientHeard(odd).build();
    answer(Samples.update(ODD, facts, T));
    assertThat(side.marks(ODD).partnerHeard()).isEqualTo(T - 12345);

    side.take(Dhcp6MessageType.UPDREQALL, 9, Options.EMPTY);
    FailoverMessage update = side.all(Dhcp6MessageType.BNDUPD).get(0);
    assertThat(Samples.facts(update).partnerHeard()).contains(odd);
    assertThat(Samples.facts(update).acknowledged())
        .as("what we have acknowledged")
        .contains(time(T + 9000));
  }

  @Test
  void namesOfClientsAreWarnedOfOnce() {
    DnsRemoval removal =
        new DnsRemoval(
            Optional.empty(),
            Optional.empty(),
            Optional.of(new DnsFlags(true, false, false, false)));
    BindingFacts facts = Samples.facts(BindingStatus.ACTIVE, T).dnsRemoval(removal).build();

    assertThat(errorOf(answer(Samples.update(ODD, facts, T)))).isZero();
    assertThat(errorOf(answer(Samples.update(EVEN, facts, T)))).isZero();
    assertThat(side.warnings).hasSize(1);
  }

  @Test
  void aPartnerThatFloodsIsNotListenedTo() {
    side.isStoreSlow = true;
    for (int i = 0; i < 200; i++) {
      side.take(Dhcp6MessageType.BNDUPD, i, active(ODD, T));
    }

    assertThat(side.told).contains("stalled: the partner sends more updates than it may");
  }

  @Test
  void whatIsTakenIsNotDue() {
    answer(active(ODD, T));

    assertThat(side.sent.stream().filter(each -> each.type() == Dhcp6MessageType.BNDUPD)).isEmpty();
    assertThat(LeaseMarks.of(side.lease(ODD)).ours()).isEqualTo(T + 9000);
  }
}

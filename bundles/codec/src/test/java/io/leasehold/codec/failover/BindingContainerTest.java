// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BindingContainerTest {
  private static final AbsoluteTime NOW = new AbsoluteTime(0x32e3a400L);
  private static final Duid CLIENT = new Duid(Bytes.ofHex("00030001020000000001"));
  private static final StatusCode IN_USE = new StatusCode(Dhcp6StatusCode.ADDRESS_IN_USE, "");

  @Test
  void contactWithTheClientIsAbsoluteHereAndRelativeOnTheWire() {
    AbsoluteTime heard = NOW.plus(-90);
    Options options = update(BindingFacts.builder().clientHeard(heard).build()).toOptions();

    assertThat(leafOptions(options).first(Dhcp6Options.CLT_TIME)).contains(90L);
    assertThat(readFacts(options).clientHeard()).contains(heard);
  }

  @Test
  void contactIsNotKnownWithoutABaseTime() {
    Options inside =
        Options.builder()
            .add(Dhcp6Options.CLIENT_ID, CLIENT)
            .add(
                Dhcp6Options.IA_NA,
                new IaNa(
                    1,
                    0,
                    0,
                    Options.builder()
                        .add(
                            Dhcp6Options.IAADDR,
                            new IaAddress(
                                Ipv6.ofText("2001:db8::1"),
                                0,
                                0,
                                Options.builder().add(Dhcp6Options.CLT_TIME, 2L).build()))
                        .build()))
            .build();
    Options options = Options.builder().add(Dhcp6Options.CLIENT_DATA, inside).build();

    assertThat(readFacts(options).clientHeard()).isEmpty();
    BoundLease lease =
        new BoundLease(
            Prefix.ofText("2001:db8::/56"), 0, 0, BindingFacts.builder().clientHeard(NOW).build());
    assertThatThrownBy(
            () -> new PrefixBinding(Optional.empty(), Optional.empty(), lease).toOptions())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void exactlyOneContainerCounts() {
    Options client = update(BindingFacts.builder().build()).toOptions();
    Options prefix = bare().toOptions();

    assertThat(BindingContainer.read(Options.EMPTY)).isEmpty();
    assertThat(BindingContainer.read(client)).isPresent();
    assertThat(BindingContainer.read(prefix)).isPresent();
    assertThat(BindingContainer.read(client.toBuilder().addAll(client).build())).isEmpty();
    assertThat(BindingContainer.read(client.toBuilder().addAll(prefix).build())).isEmpty();
    assertThat(BindingContainer.read(prefix.toBuilder().addAll(prefix).build())).isEmpty();
  }

  @Test
  void answerRepeatsWhatItIsAbout() {
    BindingFacts facts =
        BindingFacts.builder()
            .status(BindingStatus.ACTIVE, NOW)
            .statusUntil(NOW.plus(60))
            .clientHeard(NOW)
            .partnerLifetime(NOW.plus(630))
            .partnerHeard(NOW.plus(-1000))
            .acknowledged(NOW.plus(10))
            .build();

    BindingFacts taken = facts.answer(Optional.empty());

    assertThat(taken.status()).contains(BindingStatus.ACTIVE);
    assertThat(taken.statusUntil()).contains(NOW.plus(60));
    assertThat(taken.partnerLifetimeSent()).contains(NOW.plus(630));
    assertThat(taken.partnerLifetime()).isEmpty();
    assertThat(taken.statusSince()).isEmpty();
    assertThat(taken.clientHeard()).isEmpty();
    assertThat(taken.acknowledged()).isEmpty();
    assertThat(taken.error()).isEmpty();
    assertThat(facts.answer(Optional.of(IN_USE)).error()).contains(IN_USE);
  }

  @Test
  void errorsStandAtEveryLevel() {
    BoundLease refused =
        new BoundLease(
            Prefix.ofText("2001:db8::1/128"), 0, 0, BindingFacts.builder().error(IN_USE).build());
    ClientBinding answer =
        ClientBinding.update(CLIENT, NOW, List.of())
            .answer(
                Optional.of(IN_USE),
                List.of(
                    new BoundAssociation(
                        BoundAssociation.Kind.ADDRESSES,
                        1,
                        0,
                        0,
                        Optional.of(IN_USE),
                        List.of(refused))));

    ClientBinding read = (ClientBinding) BindingContainer.read(answer.toOptions()).orElseThrow();

    assertThat(read.error()).contains(IN_USE);
    assertThat(read.associations().get(0).error()).contains(IN_USE);
    assertThat(read.associations().get(0).leases().get(0).facts().error()).contains(IN_USE);
  }

  @Test
  void sameNumberInEachKindOfAssociationIsAnother() {
    List<BoundAssociation> associations =
        List.of(
            association(BoundAssociation.Kind.ADDRESSES, "2001:db8::1/128"),
            association(BoundAssociation.Kind.TEMPORARY, "2001:db8::2/128"),
            association(BoundAssociation.Kind.PREFIXES, "2001:db8:1::/56"));

    assertThat(BindingContainer.read(ClientBinding.update(CLIENT, NOW, associations).toOptions()))
        .contains(ClientBinding.update(CLIENT, NOW, associations));
  }

  @Test
  void prefixIsNoAddress() {
    BoundAssociation wrong = association(BoundAssociation.Kind.ADDRESSES, "2001:db8::/56");

    assertThatThrownBy(() -> ClientBinding.update(CLIENT, NOW, List.of(wrong)).toOptions())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pendingFreeIsReadAndNeverSent() {
    assertThatThrownBy(() -> BindingFacts.builder().status(BindingStatus.PENDING_FREE, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(BindingStatus.of(4)).contains(BindingStatus.PENDING_FREE);
  }

  @Test
  void numbersAreThoseOfTheRfc() {
    assertThat(BindingStatus.values())
        .extracting(BindingStatus::code)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(ServerState.values())
        .extracting(ServerState::code)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(BindingStatus.of(0)).isEmpty();
    assertThat(BindingStatus.of(9)).isEmpty();
    assertThat(ServerState.of(9)).contains(ServerState.RESOLUTION_INTERRUPTED);
    assertThat(ServerState.RESOLUTION_INTERRUPTED.word()).isEqualTo("RESOLUTION-INTERRUPTED");
  }

  @Test
  void statusWithoutAMeaningIsAnsweredAsItCame() {
    Options options = update(BindingFacts.builder().build()).toOptions();
    BindingFacts strange =
        BindingFacts.read(
            Options.builder().add(FailoverOptions.BINDING_STATUS, 99).build(), Optional.of(NOW));

    assertThat(readFacts(options).status()).isEmpty();
    assertThat(strange.status()).isEmpty();
    assertThat(strange.answer(Optional.empty()).statusNumber()).contains(99);
  }

  private static BoundAssociation association(BoundAssociation.Kind kind, String unit) {
    return new BoundAssociation(
        kind,
        7,
        0,
        0,
        Optional.empty(),
        List.of(new BoundLease(Prefix.ofText(unit), 0, 0, BindingFacts.builder().build())));
  }

  private static ClientBinding update(BindingFacts facts) {
    return ClientBinding.update(
        CLIENT,
        NOW,
        List.of(
            new BoundAssociation(
                BoundAssociation.Kind.ADDRESSES,
                1,
                0,
                0,
                Optional.empty(),
                List.of(new BoundLease(Prefix.ofText("2001:db8::1/128"), 60, 60, facts)))));
  }

  private static PrefixBinding bare() {
    return new PrefixBinding(
        Optional.of(NOW),
        Optional.empty(),
        new BoundLease(
            Prefix.ofText("2001:db8::/56"),
            0,
            0,
            BindingFacts.builder().status(BindingStatus.FREE, NOW).build()));
  }

  private static BindingFacts readFacts(Options options) {
    ClientBinding binding = (ClientBinding) BindingContainer.read(options).orElseThrow();
    return binding.associations().get(0).leases().get(0).facts();
  }

  private static Options leafOptions(Options options) {
    return options
        .first(Dhcp6Options.CLIENT_DATA)
        .flatMap(data -> data.first(Dhcp6Options.IA_NA))
        .flatMap(ia -> ia.options().first(Dhcp6Options.IAADDR))
        .orElseThrow()
        .options();
  }
}

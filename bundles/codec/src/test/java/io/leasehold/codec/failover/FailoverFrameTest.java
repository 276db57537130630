// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.Hostility;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverFrameTest {
  private static final AbsoluteTime NOW = new AbsoluteTime(0x32e3a400L);
  private static final String CONTACT = "23000004 32e3a410";

  static final List<OptionType<?>> TYPES = FailoverOptions.ALL;

  @Test
  void headerHasEightOctets() {
    FailoverMessage contact = (FailoverMessage) FailoverFrame.decode(hex(CONTACT));

    assertThat(contact.type()).isEqualTo(Dhcp6MessageType.CONTACT);
    assertThat(contact.transactionId()).isEqualTo(4);
    assertThat(contact.sentTime()).isEqualTo(NOW.plus(16));
    assertThat(contact.options()).isEqualTo(Options.EMPTY);
    assertThat(contact).hasToString("contact xid 0x000004 sent 2027-01-20T16:57:52Z []");
    assertThat(contact.sentAt(NOW).encode()).isEqualTo(hex("23000004 32e3a400"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void frameShorterThanItsHeaderIsRefused(int octets) {
    refused(MalformedReason.TRUNCATED, hex(CONTACT).slice(0, octets));
  }

  @Test
  void headerOfStartTlsIsFour() {
    assertThat(FailoverFrame.decode(hex("17000001"))).isInstanceOf(UpgradeFrame.class);
    assertThat(FailoverFrame.decode(hex("07000001"))).isInstanceOf(UpgradeFrame.class);
    refused(MalformedReason.TRUNCATED, hex("170000"));
  }

  @Test
  void optionsInStartTlsAreLeftAlone() {
    UpgradeFrame frame =
        (UpgradeFrame) FailoverFrame.decode(hex("17000001 00010000 00720003 010203"));

    assertThat(frame.message().options().size()).isEqualTo(2);
  }

  @Test
  void unknownTypeIsNotLookedInto() {
    UnknownFrame frame = (UnknownFrame) FailoverFrame.decode(hex("c8ff"));

    assertThat(frame.type()).isEqualTo(200);
    assertThat(frame.encode()).isEqualTo(hex("c8ff"));
    assertThat(frame).hasToString("type-200, 2 octets");
  }

  @Test
  void eachFrameIsForItsTypes() {
    assertThatThrownBy(() -> new UnknownFrame(hex(CONTACT)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UnknownFrame(Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UpgradeFrame(new ClientServerMessage(1, 1, Options.EMPTY)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FailoverMessage(Dhcp6MessageType.STARTTLS, 1, NOW, Options.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new FailoverMessage(Dhcp6MessageType.CONTACT, 1 << 24, NOW, Options.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void largestFrameIsReadAndALargerOneIsNot() {
    Bytes most = Bytes.wrap(new byte[FailoverFrame.MAX_LENGTH - 12]);
    FailoverMessage contact = message(Dhcp6MessageType.CONTACT, new Option(65000, most));

    assertThat(contact.encode().length()).isEqualTo(FailoverFrame.MAX_LENGTH);
    assertThat(FailoverFrame.decode(contact.encode())).isEqualTo(contact);
    refused(MalformedReason.PACKET_TOO_LONG, Hostility.join(contact.encode(), Bytes.of(0)));
    assertThatThrownBy(
            () ->
                message(
                        Dhcp6MessageType.CONTACT,
                        new Option(65000, most),
                        new Option(65001, Bytes.EMPTY))
                    .encode())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "114, 1", "115, 2", "119, 2", "120, 4", "121, 4", "122, 4", "123, 4", "124, 4", "125, 4",
    "126, 4", "127, 4", "128, 4", "131, 1", "132, 1", "133, 4", "134, 4", "46, 4", "100, 4"
  })
  void anotherLengthIsRefusedAtEveryLevel(int code, int length) {
    for (int wrong : new int[] {0, length - 1, length + 1}) {
      Option option = new Option(code, Bytes.wrap(new byte[wrong]));
      refused(message(Dhcp6MessageType.BNDUPD, option));
      for (Option container : containers(option)) {
        refused(message(Dhcp6MessageType.BNDUPD, container));
      }
    }
    Option right = new Option(code, Bytes.wrap(new byte[length]));
    containers(right)
        .forEach(
            container ->
                assertThat(
                        FailoverFrame.decode(message(Dhcp6MessageType.BNDUPD, container).encode()))
                    .isNotNull());
  }

  @Test
  void refusalSaysWhereItIs() {
    Option wrong = new Option(FailoverOptionCode.BINDING_STATUS, Bytes.of(1, 1));
    Bytes frame = message(Dhcp6MessageType.BNDUPD, containers(wrong).get(0)).encode();

    assertThatThrownBy(() -> FailoverFrame.decode(frame))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage("trailing-octets at offset 61 in client-data/ia-na/iaaddr/f-binding-status");
  }

  @Test
  void unknownOptionsAreSkippedAtEveryLevel() {
    Option unknown = new Option(65000, Bytes.of(1, 2, 3));

    for (Option container : containers(unknown)) {
      FailoverMessage message = message(Dhcp6MessageType.BNDUPD, container, unknown);
      assertThat(FailoverFrame.decode(message.encode())).isEqualTo(message);
      assertThat(BindingContainer.read(message.options())).isPresent();
    }
  }

  @Test
  void authenticationIsAnUnknownOptionHere() {
    Option nonsense = new Option(Dhcp6OptionCode.AUTH, Bytes.of(1));

    assertThat(FailoverFrame.decode(message(Dhcp6MessageType.CONTACT, nonsense).encode()))
        .isInstanceOf(FailoverMessage.class);
    assertThat(FailoverOptions.ALL).extracting(OptionType::code).doesNotContain(11);
  }

  @Test
  void containersInContainersEnd() {
    Options options = Options.EMPTY;
    for (int level = 0; level <= KnownOptions.MAX_NESTING; level++) {
      options = Options.builder().add(Dhcp6Options.CLIENT_DATA, options).build();
    }
    FailoverMessage deep = new FailoverMessage(Dhcp6MessageType.BNDUPD, 1, NOW, options);
    Options deeper = Options.builder().add(Dhcp6Options.CLIENT_DATA, options).build();

    assertThat(FailoverFrame.decode(deep.encode())).isEqualTo(deep);
    refused(
        MalformedReason.NESTING_DEPTH,
        new FailoverMessage(Dhcp6MessageType.BNDUPD, 1, NOW, deeper).encode());
  }

  @Test
  void bitsWithoutAMeaningAreIgnoredAndNeverSent() {
    Options all =
        Options.of(
            new Option(FailoverOptionCode.CONNECT_FLAGS, hex("ffff")),
            new Option(FailoverOptionCode.SERVER_FLAGS, hex("ff")),
            new Option(FailoverOptionCode.DNS_FLAGS, hex("ffff")));

    assertThat(all.first(FailoverOptions.CONNECT_FLAGS)).contains(new ConnectFlags(true));
    assertThat(all.first(FailoverOptions.SERVER_FLAGS)).contains(new ServerFlags(true, true, true));
    assertThat(all.first(FailoverOptions.DNS_FLAGS)).contains(new DnsFlags(true, true, true, true));
    assertThat(FailoverOptions.CONNECT_FLAGS.encode(new ConnectFlags(true))).isEqualTo(hex("0001"));
    assertThat(FailoverOptions.SERVER_FLAGS.encode(new ServerFlags(true, true, true)))
        .isEqualTo(hex("07"));
    assertThat(FailoverOptions.DNS_FLAGS.encode(new DnsFlags(true, true, true, true)))
        .isEqualTo(hex("000f"));
  }

  @Test
  void eachFlagHasItsBit() {
    assertThat(FailoverOptions.SERVER_FLAGS.encode(new ServerFlags(true, false, false)))
        .isEqualTo(hex("01"));
    assertThat(FailoverOptions.SERVER_FLAGS.encode(new ServerFlags(false, true, false)))
        .isEqualTo(hex("02"));
    assertThat(FailoverOptions.SERVER_FLAGS.encode(new ServerFlags(false, false, true)))
        .isEqualTo(hex("04"));
    assertThat(FailoverOptions.DNS_FLAGS.encode(new DnsFlags(true, false, false, false)))
        .isEqualTo(hex("0001"));
    assertThat(FailoverOptions.DNS_FLAGS.encode(new DnsFlags(false, true, false, false)))
        .isEqualTo(hex("0002"));
    assertThat(FailoverOptions.DNS_FLAGS.encode(new DnsFlags(false, false, true, false)))
        .isEqualTo(hex("0004"));
    assertThat(FailoverOptions.DNS_FLAGS.encode(new DnsFlags(false, false, false, true)))
        .isEqualTo(hex("0008"));
  }

  @Test
  void relationshipNameIsUtf8WithoutAZero() {
    OptionType<String> name = FailoverOptions.RELATIONSHIP_NAME;

    assertThat(name.decode(name.encode("pair-é"))).isEqualTo("pair-é");
    Hostility.refusedByKey(MalformedReason.TEXT, name, hex("7061697200"));
    Hostility.refusedByKey(MalformedReason.TEXT, name, hex("70c3"));
    Hostility.refusedByKey(MalformedReason.EMPTY_VALUE, name, Bytes.EMPTY);
    assertThatThrownBy(() -> name.encode("pair\0")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> name.encode("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stateWithoutAMeaningSaysNothing() {
    StateReport normal =
        new StateReport(
            ServerState.NORMAL, new ServerFlags(false, false, false), NOW, Optional.empty());
    Options options = normal.toOptions();

    for (int state : new int[] {0, 1, 11, 255}) {
      assertThat(
              StateReport.read(
                  options.toBuilder().set(FailoverOptions.SERVER_STATE, state).build()))
          .isEmpty();
    }
    for (Option option : options) {
      assertThat(StateReport.read(options.toBuilder().remove(option.code()).build())).isEmpty();
    }
  }

  @Test
  void timeOfPartnerDownBelongsToThatStateAlone() {
    ServerFlags flags = new ServerFlags(false, false, false);
    Options down =
        new StateReport(ServerState.PARTNER_DOWN, flags, NOW, Optional.of(NOW.plus(-9)))
            .toOptions();

    assertThat(
            StateReport.read(down.toBuilder().remove(FailoverOptionCode.PARTNER_DOWN_TIME).build()))
        .contains(new StateReport(ServerState.PARTNER_DOWN, flags, NOW, Optional.of(NOW)));
    assertThat(
            StateReport.read(
                down.toBuilder()
                    .set(FailoverOptions.SERVER_STATE, ServerState.NORMAL.code())
                    .build()))
        .contains(new StateReport(ServerState.NORMAL, flags, NOW, Optional.empty()));
    assertThatThrownBy(() -> new StateReport(ServerState.NORMAL, flags, NOW, Optional.of(NOW)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new StateReport(ServerState.PARTNER_DOWN, flags, NOW, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StateReport(ServerState.STARTUP, flags, NOW, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void termsThatAreMissingAreNamed() {
    Options complete =
        new ConnectTerms(ProtocolVersion.CURRENT, 3600, 60, 64, new ConnectFlags(false))
            .toOptions(Optional.empty());

    assertThat(ConnectTerms.missing(complete)).isEmpty();
    for (Option option : complete) {
      Options incomplete = complete.toBuilder().remove(option.code()).build();
      assertThat(ConnectTerms.missing(incomplete))
          .containsExactly(Dhcp6OptionTable.name(option.code()));
      assertThatThrownBy(() -> ConnectTerms.read(incomplete))
          .isInstanceOf(MalformedPacketException.class)
          .hasMessageContaining("missing-option");
    }
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void typedKeysAgreeWithTheTable(OptionType<?> type) {
    assertThat(Dhcp6OptionTable.name(type.code())).isEqualTo(type.name());
  }

  @Test
  void everyOptionOfTheProtocolHasAKey() {
    assertThat(FailoverOptions.ALL)
        .extracting(OptionType::code)
        .containsExactlyElementsOf(IntStream.rangeClosed(114, 134).boxed().toList());
  }

  @Test
  void keyForReconfigureIsNotShown() {
    ReconfigureData data = new ReconfigureData(NOW, hex("0102030405"));

    assertThat(data).hasToString("key of 2027-01-20T16:57:36Z");
    Hostility.refusedByKey(
        MalformedReason.TRUNCATED, FailoverOptions.RECONFIGURE_DATA, hex("32e3a400"));
  }

  /** The option in an address, in a prefix, and beside the client's associations. */
  private static List<Option> containers(Option option) {
    Bytes address = Hostility.join(Bytes.wrap(new byte[24]), Options.of(option).encode());
    Bytes prefix = Hostility.join(Bytes.wrap(new byte[25]), Options.of(option).encode());
    return List.of(
        client(Dhcp6OptionCode.IA_NA, new Option(Dhcp6OptionCode.IAADDR, address)),
        client(Dhcp6OptionCode.IA_PD, new Option(Dhcp6OptionCode.IAPREFIX, prefix)),
        new Option(Dhcp6OptionCode.IAPREFIX, prefix),
        new Option(Dhcp6OptionCode.CLIENT_DATA, Options.of(option).encode()));
  }

  private static Option client(int association, Option lease) {
    Bytes value = Hostility.join(Bytes.wrap(new byte[12]), Options.of(lease).encode());
    return new Option(
        Dhcp6OptionCode.CLIENT_DATA, Options.of(new Option(association, value)).encode());
  }

  private static FailoverMessage message(int type, Option... options) {
    return new FailoverMessage(type, 1, NOW, Options.of(options));
  }

  private static void refused(FailoverMessage message) {
    assertThatThrownBy(() -> FailoverFrame.decode(message.encode()))
        .as("%s", message)
        .isInstanceOf(MalformedPacketException.class);
  }

  private static void refused(MalformedReason reason, Bytes frame) {
    assertThatThrownBy(() -> FailoverFrame.decode(frame))
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason);
  }

  private static Bytes hex(String text) {
    return Bytes.ofHex(text.replace(" ", ""));
  }
}

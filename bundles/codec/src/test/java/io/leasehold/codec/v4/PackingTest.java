// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
  private static final int OPTIONS_AT = 240;
  private static final int SERVER_NAME_AT = 44;
  private static final int BOOT_FILE_AT = 108;

  private static Bytes filled(int length, int octet) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, (byte) octet);
    return Bytes.wrap(octets);
  }

  private static Dhcp4Message.Builder ack(Options.Builder options) {
    return Dhcp4Message.builder()
        .op(Dhcp4Message.BOOT_REPLY)
        .options(options.set(Dhcp4Options.MESSAGE_TYPE, Dhcp4MessageType.ACK).build());
  }

  private static List<Integer> codes(Options options) {
    return StreamSupport.stream(options.spliterator(), false).map(Option::code).toList();
  }

  @Test
  void typeIsFirstAndTheRelayAgentsOptionLast() {
    Options.Builder options =
        Options.builder()
            .add(Dhcp4Options.RELAY_AGENT_INFO, new RelayAgentInfo(Options.of(option(1, 4))))
            .add(Dhcp4Options.SERVER_ID, Ipv4.ofText("192.0.2.1"));

    Bytes datagram = ack(options).build().encode(300).datagram();

    assertThat(datagram.slice(OPTIONS_AT, OPTIONS_AT + 18).toHex())
        .isEqualTo("350105" + "3604c0000201" + "5206" + "0104aaaaaaaa" + "ff");
    assertThat(datagram.length()).isEqualTo(300);
  }

  private static Option option(int code, int length) {
    return new Option(code, filled(length, 0xaa));
  }

  /** RFC 3396 section 6: an option over 255 octets is one after the other of its pieces. */
  @ParameterizedTest
  @CsvSource({"255, 1", "256, 2", "510, 2", "511, 3", "60000, 236"})
  void longOptionIsSplit(int length, int pieces) {
    Dhcp4Message message = ack(Options.builder().add(option(119, length))).build();

    Bytes datagram = message.encode();

    assertThat(datagram.length())
        .isEqualTo(Math.max(300, OPTIONS_AT + 3 + 2 * pieces + length + 1));
    assertThat(datagram.at(OPTIONS_AT + 3)).isEqualTo(119);
    assertThat(datagram.at(OPTIONS_AT + 4)).isEqualTo(255);
    assertThat(Dhcp4Message.decode(datagram).options().raw(119)).contains(filled(length, 0xaa));
  }

  /** RFC 2131 section 4.1: options, file, sname. */
  @Test
  void emptyFieldsAreUsedWhenTheOptionsFieldIsFull() {
    Options.Builder options =
        Options.builder()
            .add(option(6, 40))
            .add(option(15, 120))
            .add(option(17, 60))
            .add(Dhcp4Options.RELAY_AGENT_INFO, new RelayAgentInfo(Options.of(option(1, 4))));

    Encoded encoded = ack(options).build().encode(300);

    Bytes datagram = encoded.datagram();
    assertThat(encoded.leftOut()).isEmpty();
    assertThat(datagram.length()).isEqualTo(300);
    assertThat(datagram.slice(OPTIONS_AT, OPTIONS_AT + 3)).isEqualTo(Bytes.of(53, 1, 5));
    assertThat(datagram.slice(OPTIONS_AT + 45, OPTIONS_AT + 57).toHex())
        .isEqualTo("340103" + "5206" + "0104aaaaaaaa" + "ff");
    assertThat(datagram.slice(BOOT_FILE_AT, BOOT_FILE_AT + 2)).isEqualTo(Bytes.of(15, 120));
    assertThat(datagram.at(BOOT_FILE_AT + 122)).isEqualTo(255);
    assertThat(datagram.slice(SERVER_NAME_AT, SERVER_NAME_AT + 2)).isEqualTo(Bytes.of(17, 60));
    assertThat(datagram.at(SERVER_NAME_AT + 62)).isEqualTo(255);
    Dhcp4Message decoded = Dhcp4Message.decode(datagram);
    assertThat(codes(decoded.options())).containsExactly(53, 6, 82, 15, 17);
    assertThat(decoded.bootFile()).isEqualTo(Bytes.EMPTY);
    assertThat(decoded.serverName()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void fieldThatIsUsedIsNotOverloaded() {
    Options.Builder options = Options.builder().add(option(6, 40)).add(option(15, 60));
    Dhcp4Message message = ack(options).bootFile(Bytes.ofUtf8("pxelinux.0")).build();

    Encoded encoded = message.encode(300);

    assertThat(encoded.leftOut()).isEmpty();
    assertThat(Dhcp4Message.decode(encoded.datagram()).bootFile()).isEqualTo(message.bootFile());
    assertThat(encoded.datagram().at(SERVER_NAME_AT)).isEqualTo(15);
    assertThat(ack(options).bootFile(Bytes.of(1)).serverName(Bytes.of(1)).build().encode(300))
        .satisfies(full -> assertThat(full.leftOut()).containsExactly(15))
        .satisfies(
            full ->
                assertThat(full.datagram().slice(OPTIONS_AT, OPTIONS_AT + 46).toHex())
                    .isEqualTo("350105" + "0628" + "aa".repeat(40) + "ff"));
  }

  /** First come would take the place of what fits nowhere else. */
  @Test
  void optionThatOnlyTheOptionsFieldHoldsFindsRoomThere() {
    Options.Builder options =
        Options.builder()
            .add(option(15, 120))
            .add(option(17, 160))
            .add(Dhcp4Options.RELAY_AGENT_INFO, new RelayAgentInfo(Options.of(option(1, 100))));

    Encoded encoded = ack(options).build().encode(548);

    assertThat(encoded.leftOut()).isEmpty();
    assertThat(codes(Dhcp4Message.decode(encoded.datagram()).options()))
        .containsExactly(53, 17, 82, 15);
    assertThat(encoded.datagram().at(BOOT_FILE_AT)).isEqualTo(15);
  }

  /** RFC 3046 section 2.2. */
  @Test
  void relayAgentsOptionIsNeverInTheOtherFields() {
    Options.Builder options =
        Options.builder()
            .add(Dhcp4Options.CLIENT_ID, filled(40, 1))
            .add(Dhcp4Options.RELAY_AGENT_INFO, new RelayAgentInfo(Options.of(option(1, 30))));

    Encoded encoded = ack(options).build().encode(300);

    assertThat(encoded.leftOut()).containsExactly(82);
    assertThat(encoded.datagram().at(BOOT_FILE_AT)).isZero();
  }

  /** RFC 3396 section 5: the pieces are in the order of the fields. */
  @Test
  void longOptionIsDividedBetweenFields() {
    byte[] value = new byte[300];
    new Random(1).nextBytes(value);
    Options.Builder options =
        Options.builder().add(121, Bytes.wrap(value)).add(option(3, 4)).add(option(6, 20));

    Encoded encoded = ack(options).build().encode(400);

    assertThat(encoded.leftOut()).isEmpty();
    assertThat(Dhcp4Message.decode(encoded.datagram()).options().raw(121))
        .contains(Bytes.wrap(value));
    assertThat(encoded.datagram().at(BOOT_FILE_AT)).isEqualTo(121);
  }

  @Test
  void whatFindsNoRoomIsLeftOut() {
    Options.Builder options =
        Options.builder()
            .add(option(6, 40))
            .add(option(15, 120))
            .add(option(17, 60))
            .add(option(119, 255))
            .add(option(12, 2))
            .add(option(200, 9))
            .add(Dhcp4Options.LEASE_TIME, 3600L)
            .add(Dhcp4Options.SERVER_ID, Ipv4.ofText("192.0.2.1"))
            .add(Dhcp4Options.CLIENT_ID, filled(19, 1))
            .add(Dhcp4Options.RELAY_AGENT_INFO, new RelayAgentInfo(Options.of(option(1, 4))));

    Encoded encoded = ack(options).build().encode(300);

    assertThat(encoded.leftOut()).containsExactly(15, 119);
    assertThat(codes(Dhcp4Message.decode(encoded.datagram()).options()))
        .containsExactly(53, 54, 51, 61, 12, 82, 6, 17, 200);
  }

  /** RFC 3046 section 2.2 wants it back, but not at the price of the answer. */
  @Test
  void relayAgentsOptionThatLeavesNoRoomIsLeftOut() {
    Options.Builder options =
        Options.builder()
            .add(Dhcp4Options.SERVER_ID, Ipv4.ofText("192.0.2.1"))
            .add(82, filled(700, 1));

    Encoded encoded = ack(options).build().encode(548);

    assertThat(encoded.leftOut()).containsExactly(82);
    assertThat(codes(Dhcp4Message.decode(encoded.datagram()).options())).containsExactly(53, 54);
  }

  @Test
  void optionsWithTheSameCodeAreOne() {
    Options.Builder options = Options.builder().add(option(43, 2)).add(43, Bytes.of(1, 2));

    assertThat(Dhcp4Message.decode(ack(options).build().encode()).options().raw(43))
        .contains(Bytes.ofHex("aaaa0102"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 255, 256, 65535})
  void codesThatFrameOptionsAreRefused(int code) {
    Dhcp4Message message = ack(Options.builder().add(code, Bytes.EMPTY)).build();

    assertThatThrownBy(message::encode).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void overloadIsDecidedHere() {
    Options.Builder options = Options.builder().add(52, Bytes.of(3));

    assertThat(codes(Dhcp4Message.decode(ack(options).build().encode()).options()))
        .containsExactly(53);
    assertThatThrownBy(() -> ack(Options.builder()).build().encode(299))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** RFC 2132 section 9.10: at least 576, which counts 28 octets of IP and UDP. */
  @ParameterizedTest
  @CsvSource({"0240, 548", "05dc, 1472", "0000, 548", "ffff, 65507", "05, 548", "0005dc, 548"})
  void clientsSayHowMuchTheyTake(String hex, int length) {
    Dhcp4Message message =
        Dhcp4Message.builder().options(Options.of(new Option(57, Bytes.ofHex(hex)))).build();

    assertThat(message.maxReplyLength()).isEqualTo(length);
    assertThat(Dhcp4Message.builder().build().maxReplyLength()).isEqualTo(548);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.hop.Application;
import io.leasehold.hop.Framing;
import io.leasehold.net.Bytes;
import io.leasehold.transport.tcp.Preamble.Step;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PreambleTest {
  private static ByteBuffer hex(String text) {
    return ByteBuffer.wrap(Bytes.ofHex(text.replace(" ", "")).toArray());
  }

  private static Preamble server() {
    return Preamble.listening(Application.DHCPV6_RELAY, false);
  }

  @Test
  void aHandshakeRecordBeginsTlsAtOnce() {
    ByteBuffer in = hex("16 03 01 00 05");

    assertThat(server().take(in)).isEqualTo(Step.BEGIN);
    assertThat(in.remaining()).as("left to the channel").isEqualTo(5);
  }

  /** RFC 7653 section 9.1: success is a REPLY without a status code. */
  @Test
  void startTlsIsGrantedAndARecordMustFollow() {
    Preamble preamble = server();

    assertThat(preamble.take(hex("00 04 17 00 00 01"))).isEqualTo(Step.WAIT);

    assertThat(preamble.reply().toHex()).isEqualTo("07000001");
    assertThat(preamble.reply().isEmpty()).as("said once").isTrue();
    assertThat(preamble.take(hex("16 03 01"))).isEqualTo(Step.BEGIN);
  }

  /** RFC 7653 section 6.2.2: options of STARTTLS are ignored; and it may come in pieces. */
  @Test
  void startTlsMayComeInPiecesAndWithOptions() {
    Preamble preamble = server();

    for (String octet : "00 08 17 00 00 01 00 0e 00".split(" ")) {
      assertThat(preamble.take(hex(octet))).isEqualTo(Step.WAIT);
      assertThat(preamble.reply().isEmpty()).isTrue();
    }
    assertThat(preamble.take(hex("00"))).isEqualTo(Step.WAIT);
    assertThat(preamble.reply().toHex()).isEqualTo("07000001");
  }

  @Test
  void octetsInClearAfterStartTlsEndTheConnection() {
    Preamble together = server();
    assertThat(together.take(hex("00 04 17 00 00 01 00"))).isEqualTo(Step.FAIL);
    assertThat(together.reply().isEmpty()).as("not even granted").isTrue();

    Preamble later = server();
    later.take(hex("00 04 17 00 00 01"));
    assertThat(later.take(hex("00 04 0c 00 00 01"))).isEqualTo(Step.FAIL);
    assertThat(later.ending()).isEqualTo(Ending.FIRST_OCTETS);
  }

  @Test
  void whatIsNeitherTlsNorStartTlsEndsTheConnection() {
    assertThat(server().take(hex("00 04 0c 00 00 01"))).isEqualTo(Step.FAIL);
    assertThat(server().take(hex("15 ff"))).as("length is possible").isEqualTo(Step.WAIT);
    assertThat(server().take(hex("17 03 03 00 05"))).as("another record").isEqualTo(Step.FAIL);
    assertThat(server().take(hex("00 00"))).isEqualTo(Step.FAIL);
  }

  /** RFC 7653 section 9.1: an insecure server refuses TLS; ours closes then, too. */
  @Test
  void aListenerInClearRefusesTls() {
    Preamble preamble = Preamble.listening(Application.FAILOVER, true);

    assertThat(preamble.take(hex("00 04 17 00 00 01"))).isEqualTo(Step.FAIL);

    assertThat(preamble.reply().toHex()).isEqualTo("07000001" + "000d0002000f");
    assertThat(preamble.ending()).isEqualTo(Ending.STARTTLS_REFUSED);
    assertThat(Preamble.listening(Application.FAILOVER, true).take(hex("16 03")))
        .isEqualTo(Step.FAIL);
  }

  @Test
  void aListenerInClearTakesTheFirstMessage() {
    Preamble preamble = Preamble.listening(Application.DHCPV6_RELAY, true);
    ByteBuffer in = hex("00 04 0c 00 00 01 00 04");

    assertThat(preamble.take(in)).isEqualTo(Step.BEGIN);

    assertThat(preamble.first().toHex()).isEqualTo("0c000001");
    assertThat(in.remaining()).as("of the next one").isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Application.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ASAP", "ENRP"})
  void bothSidesUnderstandEachOther(Application application) {
    Preamble asking = Preamble.asking(application, 0x12345678);
    Preamble listening = Preamble.listening(application, false);

    assertThat(listening.take(Frames.framed(Framing.LENGTH_BEFORE, asking.reply())))
        .isEqualTo(Step.WAIT);
    assertThat(asking.take(Frames.framed(Framing.LENGTH_BEFORE, listening.reply())))
        .isEqualTo(Step.BEGIN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Application.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ASAP", "ENRP"})
  void aRequestorTakesNoRefusalForAnAnswer(Application application) {
    Preamble asking = Preamble.asking(application, 0x12345678);
    Preamble listening = Preamble.listening(application, true);

    listening.take(Frames.framed(Framing.LENGTH_BEFORE, asking.reply()));

    assertThat(asking.take(Frames.framed(Framing.LENGTH_BEFORE, listening.reply())))
        .isEqualTo(Step.FAIL);
    assertThat(asking.ending()).isEqualTo(Ending.STARTTLS_REFUSED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Application.class,
      names = {"ASAP", "ENRP"})
  void whoHasNoStartTlsMustBeginWithTls(Application application) {
    assertThat(Preamble.listening(application, false).take(hex("16 03 01 00 05")))
        .isEqualTo(Step.BEGIN);
    Preamble secure = Preamble.listening(application, false);
    assertThat(secure.take(hex("01"))).as("the first octet says it").isEqualTo(Step.FAIL);
    assertThat(secure.ending()).isEqualTo(Ending.FIRST_OCTETS);
  }

  @Test
  void aMessageOfPoolsIsNeverTakenForStartTls() {
    Preamble clear = Preamble.listening(Application.ASAP, true);
    ByteBuffer in = hex("17 00 00 05 41 00 00 00 05 00");

    assertThat(clear.take(in)).isEqualTo(Step.BEGIN);

    assertThat(clear.first().toHex()).isEqualTo("1700000541");
    assertThat(clear.reply().isEmpty()).isTrue();
    assertThat(in.remaining()).as("of the next one").isEqualTo(2);
  }

  @Test
  void aRequestorWantsItsOwnAnswerAndNothingAfterIt() {
    assertThat(asked().take(hex("00 04 07 00 00 02"))).as("of another one").isEqualTo(Step.FAIL);
    assertThat(asked().take(hex("00 04 0d 00 00 01"))).as("no reply").isEqualTo(Step.FAIL);
    assertThat(asked().take(hex("00 0a 07 00 00 01 00 0d 00 02 00 00")))
        .as("a status, if of success")
        .isEqualTo(Step.FAIL);
    assertThat(asked().take(hex("00 04 07 00 00 01 16"))).as("more").isEqualTo(Step.FAIL);
    assertThat(asked().take(hex("00 04 07 00 00 01"))).isEqualTo(Step.BEGIN);
  }

  private static Preamble asked() {
    Preamble asking = Preamble.asking(Application.FAILOVER, 1);
    assertThat(asking.reply().toHex()).isEqualTo("17000001");
    return asking;
  }

  /** RFC 7724 sections 7.2 and 8.1: DHCPTLS both ways, refused with status 8. */
  @Test
  void dhcpTlsOfDhcpv4() {
    Bytes request = StartTls.request(Application.DHCPV4_RELAY, 7);
    Dhcp4Message asked = Dhcp4Message.decode(request);
    assertThat(asked.type()).isEqualTo(Dhcp4MessageType.TLS);
    assertThat(asked.op()).isEqualTo(Dhcp4Message.BOOT_REQUEST);
    assertThat(asked.options().size()).as("no options but the type").isEqualTo(1);

    Dhcp4Message granted =
        Dhcp4Message.decode(StartTls.answer(Application.DHCPV4_RELAY, request, true));
    assertThat(granted.op()).isEqualTo(Dhcp4Message.BOOT_REPLY);
    assertThat(granted.type()).isEqualTo(Dhcp4MessageType.TLS);
    assertThat(granted.transactionId()).isEqualTo(7);
    assertThat(granted.options().has(Dhcp4OptionCode.STATUS_CODE)).isFalse();
    Dhcp4Message refused =
        Dhcp4Message.decode(StartTls.answer(Application.DHCPV4_RELAY, request, false));
    assertThat(refused.options().rawOrEmpty(Dhcp4OptionCode.STATUS_CODE)).isEqualTo(Bytes.of(8));
  }

  /** RFC 7653 section 9.1: TLS begins with STARTTLS, and with nothing else. */
  @Test
  void aListenerMayTakeNoTlsWithoutQuestion() {
    assertThat(Preamble.awaitingQuestion(Application.FAILOVER).take(hex("16 03 01 00 05")))
        .isEqualTo(Step.FAIL);
    assertThat(Preamble.awaitingQuestion(Application.FAILOVER).take(hex("00 04 18 00 00 01")))
        .isEqualTo(Step.FAIL);

    Preamble asked = Preamble.awaitingQuestion(Application.FAILOVER);
    assertThat(asked.take(hex("00 0c 17 00 00 01 00 0e 00 00 00 0e 00 00"))).isEqualTo(Step.WAIT);
    assertThat(asked.reply().toHex()).isEqualTo("07000001");
    assertThat(asked.take(hex("16 03 01"))).isEqualTo(Step.BEGIN);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import static io.leasehold.rserpool.wire.WireVectors.DHCP4;
import static io.leasehold.rserpool.wire.WireVectors.ELEMENT;
import static io.leasehold.rserpool.wire.WireVectors.PE;
import static io.leasehold.rserpool.wire.WireVectors.asap;
import static io.leasehold.rserpool.wire.WireVectors.enrp;
import static io.leasehold.rserpool.wire.WireVectors.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.ServerAnnounce;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.Presence;
import io.leasehold.rserpool.wire.parameter.DccpTransport;
import io.leasehold.rserpool.wire.parameter.OpaqueTransport;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths, padding and values of parameters (RFC 5354 sections 2 and 3). */
final class ParameterRulesTest {
  private static final String UDP = "00060010 00430000 00010008 c0000201";
  private static final String RR = "00080008 00000001";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void lengthOfAHandleIsWithoutItsPaddingWhichIsZero(int length) {
    String name = "a".repeat(length);
    int padding = -length & 3;
    Bytes message = new HandleResolution(false, PoolHandle.of(name), OptionalLong.empty()).encode();

    assertThat(message)
        .isEqualTo(
            octets(
                String.format("050000%02x000900%02x", 8 + length, 4 + length)
                    + "61".repeat(length)
                    + "00".repeat(padding)));
    assertThat(message.length() % 4).isZero();
  }

  @Test
  void lengthOfAMessageIsWithoutPadding() {
    Bytes message = new HandleResolution(false, DHCP4, OptionalLong.empty()).encode();

    assertThat(message.u16(2)).isEqualTo(13);
    assertThat(message.length()).isEqualTo(16);
    assertThat(AsapMessage.decode(message)).isEqualTo(AsapMessage.decode(message.slice(0, 13)));
  }

  /** A Presence that ends with its checksum is the one message of fixed form that is padded. */
  @Test
  void presenceMayEndWithItsChecksum() {
    Presence presence = new Presence(1, 2, false, 0xe7a5, Optional.empty());

    assertThat(presence.encode()).isEqualTo(octets("01000012 00000001 00000002 000f0006 e7a50000"));
    assertThat(EnrpMessage.decode(presence.encode()))
        .isEqualTo(new Decoded.Accepted<>(presence, List.of()));
  }

  @Test
  void outerLengthHasThePaddingBetweenAndNotTheLast() {
    OperationError error =
        new OperationError(
            List.of(ErrorCause.of(17, Bytes.of(1)), ErrorCause.of(18, Bytes.of(2, 3))));
    Bytes expected = octets("0e000016 000c0012 00110005 01000000 00120006 02030000");

    assertThat(new AsapError(error).encode()).isEqualTo(expected);
    assertThat(AsapMessage.decode(expected))
        .isEqualTo(new Decoded.Accepted<>(new AsapError(error), List.of()));
    // Who counts the last padding is understood, too.
    assertThat(asap("0e000018 000c0014 00110005 01000000 00120006 02030000"))
        .isEqualTo(new Decoded.Accepted<>(new AsapError(error), List.of()));
  }

  @Test
  void opaqueTransportIsPaddedBeforeThePolicy() {
    PoolElement element =
        new PoolElement(
            PE,
            0,
            -1,
            new OpaqueTransport(Bytes.of(1, 0, 0xff, 2, 3)),
            PoolPolicy.ROUND_ROBIN,
            Optional.empty());

    assertReturns(
        "01000034 00090009 64686370 34000000"
            + "000a0024 0a0b0c0d 00000000 ffffffff"
            + "00100009 0100ff02 03000000"
            + RR,
        element);
  }

  @Test
  void paddingIsNotLookedAt() {
    assertThat(asap("0501000d 00090009 64686370 34abcdef"))
        .isEqualTo(asap("0501000d 00090009 64686370 34000000"));
    assertThat(asap("02000018 00090009 64686370 34ffffff 000e0008 0a0b0c0d"))
        .isEqualTo(asap("02000018 00090009 64686370 34000000 000e0008 0a0b0c0d"));
  }

  @ParameterizedTest
  @CsvSource({
    "0001 000c c0000201 00000000",
    "0001 0004",
    "0002 0018 20010db8 00000000 00000000 00000001 00000000",
    "0002 0010 20010db8 00000000 00000000"
  })
  void addressOfAnotherLengthIsMalformed(String address) {
    assertMalformed(registration("0006%04x 00430000" + address, RR));
  }

  @Test
  void addressesHaveOneForm() {
    assertInvalid(
        registration("0006%04x 00430000 00020014 00000000 00000000 0000ffff c0000201", RR),
        "00020014 00000000 00000000 0000ffff c0000201");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0003%04x 00430000 00000001", "0005%04x 00430000", "0006%04x 00430000"})
  void secondAddressWhereThereIsOneIsInvalid(String head) {
    assertInvalid(
        registration(head + "00010008 c0000201 00010008 c0000202", RR), "00010008 c0000202");
  }

  @Test
  void secondAddressOfUdpLiteIsInvalid() {
    assertInvalid(
        registration("0007%04x 00430000 00010008 c0000201 00010008 c0000202", RR),
        "00010008 c0000202");
  }

  @Test
  void sctpHasAddressesOfBothFamilies() {
    SctpTransport transport =
        new SctpTransport(1, true, List.of(Ipv6.ofText("2001:db8::1"), Ipv6.ofText("192.0.2.1")));

    assertReturns(
        "0100004c 00090009 64686370 34000000"
            + "000a003c 0a0b0c0d 00000000 0000012c"
            + "00040024 00010001 00020014 20010db8 00000000 00000000 00000001 00010008 c0000201"
            + RR,
        new PoolElement(PE, 0, 300, transport, PoolPolicy.ROUND_ROBIN, Optional.empty()));
    assertInvalid(registration("0004%04x 00010000", RR), "00040008 00010000");
  }

  @Test
  void transportUseIsZeroOrOne() {
    assertInvalid(
        registration("0004%04x 00010002 00010008 c0000201", RR),
        "00040010 00010002 00010008 c0000201");
  }

  @Test
  void dccpHasItsServiceCode() {
    assertReturns(
        "0100003c 00090009 64686370 34000000"
            + "000a002c 0a0b0c0d 00000000 0000012c"
            + "00030014 00430000 12345678 00010008 c0000201"
            + RR,
        new PoolElement(
            PE,
            0,
            300,
            new DccpTransport(67, 0x12345678L, Ipv6.ofText("192.0.2.1")),
            PoolPolicy.ROUND_ROBIN,
            Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "00000001,0",
    "00000002,4",
    "00000003,0",
    "00000004,4",
    "00000005,4",
    "40000001,4",
    "40000002,8",
    "40000003,8",
    "40000004,4",
    "80003074,16",
    "80003074,44"
  })
  void policyHasTheLengthOfItsType(String type, int octets) {
    assertThat(asap(registration(UDP, policy(type, octets)))).isInstanceOf(Decoded.Accepted.class);
    assertMalformed(registration(UDP, policy(type, octets + 4)));
    assertMalformed(registration(UDP, policy(type, Math.max(octets - 4, 1))));
  }

  @Test
  void policyOfAnotherTypeIsKeptAsItIs() {
    Registration read = accepted(registration(UDP, policy("b0001001", 7)));

    assertThat(read.element().policy())
        .isEqualTo(new PoolPolicy(0xb0001001L, Bytes.wrap(new byte[7])));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000", "40000000"})
  void twoPolicyTypesAreInvalid(String type) {
    assertInvalid(
        registration(UDP, "0008000c" + type + "00000000"), "0008000c" + type + "00000000");
  }

  @Test
  void poolElementHasOneUserTransport() {
    String none = "01000028 00090009 64686370 34000000 000a0018 0a0b0c0d 00000000 0000012c" + RR;
    assertInvalid(none, RR);
    assertInvalid(registration(UDP + UDP, RR), UDP);
    assertThat(((Decoded.Discarded<AsapMessage>) asap(registration(UDP + UDP, RR))).subject())
        .contains(new ElementKey(DHCP4, PE));
  }

  @Test
  void poolElementWithoutAPolicyIsInvalid() {
    assertInvalid(registration(UDP, ""), "000a0020 0a0b0c0d 00000000 0000012c" + UDP);
  }

  @Test
  void asapTransportIsSctpOrTcp() {
    assertInvalid(registration(UDP, RR + UDP), UDP);
    String tcp = UDP.replace("00060010", "00050010");
    assertThat(accepted(registration(UDP, RR + tcp)).element().asapTransport())
        .map(TransportParameter::type)
        .contains(ParameterType.TCP_TRANSPORT);
  }

  @Test
  void registrationLifeHasASign() {
    PoolElement forever =
        new PoolElement(PE, 0, -1, ELEMENT.userTransport(), ELEMENT.policy(), Optional.empty());
    Registration registration = new Registration(DHCP4, forever);

    assertThat(registration.encode().u32(28)).isEqualTo(0xffff_ffffL);
    assertThat(AsapMessage.decode(registration.encode()))
        .isEqualTo(new Decoded.Accepted<>(registration, List.of()));
  }

  @Test
  void checksumHasSixOctets() {
    assertMalformed(() -> enrp("01000014 00000001 00000002 000f0008 e7a50000"));
    assertMalformed(() -> enrp("01000011 00000001 00000002 000f0005 e7000000"));
  }

  @Test
  void handleIsAnyOctetsButNeitherNoneNorTooMany() {
    HandleResolution odd =
        new HandleResolution(false, new PoolHandle(Bytes.of(0, 0xff, 0)), OptionalLong.empty());
    assertThat(AsapMessage.decode(odd.encode())).isEqualTo(new Decoded.Accepted<>(odd, List.of()));

    assertInvalid("05000008 00090004", "00090004");
    assertInvalid("05000108 00090104" + "61".repeat(256), "00090104" + "61".repeat(256));
  }

  @Test
  void reservedFieldOfAnUpdateIsIgnored() {
    Bytes update = new HandleUpdate(1, 0, HandleUpdate.ADD_PE, DHCP4, ELEMENT).encode();
    assertThat(update.u16(14)).isZero();

    byte[] octets = update.toArray();
    octets[14] = octets[15] = (byte) 0xff;
    assertThat(EnrpMessage.decode(Bytes.wrap(octets))).isEqualTo(EnrpMessage.decode(update));
  }

  @Test
  void announcementWithoutTransportsIsOfSctpAtItsSource() {
    Ipv6 source = Ipv6.ofText("192.0.2.7");

    assertThat(new ServerAnnounce(1, List.of()).transports(source))
        .containsExactly(new SctpTransport(3863, false, List.of(source)));
  }

  @Test
  void announcementOfAnotherTransportIsInvalid() {
    assertInvalid("0a000018 11111111" + UDP, UDP);
  }

  @Test
  void withoutAPolicyTheResponseIsOfRoundRobin() {
    HandleResolutionResponse response =
        new HandleResolutionResponse(
            false, DHCP4, Optional.empty(), List.of(ELEMENT), Optional.empty());

    assertThat(response.policyType()).isEqualTo(PolicyType.ROUND_ROBIN);
    assertThat(response.isNegative()).isFalse();
  }

  @Test
  void entriesOfATableBeginWithAHandle() {
    assertThat(enrp("03000034 00000001 00000002" + element(UDP, RR)))
        .isInstanceOf(Decoded.Discarded.class);
  }

  @Test
  void requestedItemsOfAnotherLengthAreSkipped() {
    assertThat(asap("0500001c 00090009 64686370 34000000 803f000c 00000001 00000001"))
        .isEqualTo(asap("0500000d 00090009 64686370 34000000"));
  }

  /** A registration of dhcp4 with those parameters in its pool element; %04x is a length. */
  static String registration(String transport, String rest) {
    String element = element(transport, rest);
    int length = 4 + 12 + octets(element).length();
    return String.format("0100%04x", length) + "00090009 64686370 34000000" + element;
  }

  private static String element(String transport, String rest) {
    String first =
        transport.contains("%04x")
            ? String.format(transport, octets(transport.replace("%04x", "0000")).length())
            : transport;
    String inner = "0a0b0c0d 00000000 0000012c" + first + rest;
    return String.format("000a%04x", 4 + octets(inner).length()) + inner;
  }

  private static String policy(String type, int octets) {
    int padding = -octets & 3;
    return String.format("0008%04x", 8 + octets)
        + type
        + "00".repeat(octets)
        + (octets % 4 == 0 ? "" : "00".repeat(padding));
  }

  private static Registration accepted(String hex) {
    return (Registration) ((Decoded.Accepted<AsapMessage>) asap(hex)).message();
  }

  private static void assertReturns(String hex, PoolElement element) {
    Registration registration = new Registration(DHCP4, element);

    assertThat(registration.encode()).isEqualTo(octets(hex));
    assertThat(asap(hex)).isEqualTo(new Decoded.Accepted<>(registration, List.of()));
  }

  private static void assertInvalid(String message, String tlv) {
    Decoded<AsapMessage> decoded = asap(message);

    assertThat(decoded.reports())
        .containsExactly(ErrorCause.of(ErrorCause.INVALID_VALUES, octets(tlv)));
    assertThat(((Decoded.Discarded<AsapMessage>) decoded).reason())
        .isEqualTo(Decoded.Reason.INVALID_VALUES);
  }

  private static void assertMalformed(String hex) {
    assertMalformed(() -> asap(hex));
  }

  private static void assertMalformed(Runnable decoding) {
    assertThatThrownBy(decoding::run).isInstanceOf(MalformedPacketException.class);
  }
}

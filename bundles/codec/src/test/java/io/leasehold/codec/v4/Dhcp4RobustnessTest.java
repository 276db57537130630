// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import static io.leasehold.codec.Hostility.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that hurt other servers, most of them at least {@link #VARIANTS} times over. */
class Dhcp4RobustnessTest extends Dhcp4HostilePackets {
  @Test
  void headerCutAnywhereIsRefused() {
    Bytes packet = packets.typicalReply().encode();
    for (int length = 0; length < 236; length++) {
      refused(MalformedReason.TRUNCATED, packet.slice(0, length));
    }
  }

  @Test
  void packetCutAnywhereIsRefusedOrRead() {
    for (int i = 0; i < 4; i++) {
      Bytes packet = packets.typicalReply().encode(i % 2 == 0 ? 500 : 1500).datagram();
      for (int length = 0; length < packet.length(); length++) {
        onlyMalformed(packet.slice(0, length));
      }
    }
  }

  @Test
  void hardwareAddressLongerThanItsFieldIsRefused() {
    everyVariantIsRefused(
        MalformedReason.VALUE_TOO_LONG,
        i -> {
          byte[] octets = packets.typicalReply().encode().toArray();
          octets[2] = (byte) (17 + i % 239);
          return Bytes.wrap(octets);
        });
  }

  @Test
  void noHardwareAddressIsNoError() {
    Dhcp4Message message = packets.header().hardware(32, Bytes.EMPTY).build();

    assertThat(Dhcp4Message.decode(message.encode()).hardware()).isEmpty();
    onlyMalformed(message.encode());
  }

  @Test
  void optionLongerThanItsFieldIsRefused() {
    everyVariantIsRefused(
        MalformedReason.OPTION_OVERRUN,
        i -> {
          Bytes cut = packets.octets(0, 40);
          Bytes overrun = join(Bytes.of(1 + i % 51, 41 + i % 200), cut);
          Bytes overload = Bytes.of(53, 1, 1, 52, 1, 1 + i % 3, 255);
          return switch (i % 4) {
            case 0 -> packet(overrun);
            // 128 and 64 octets: the value ends beyond them.
            case 1 -> packet(Bytes.of(52, 1, 1), join(filled(126), Bytes.of(6, 1)), Bytes.EMPTY);
            case 2 -> packet(Bytes.of(52, 1, 2), Bytes.EMPTY, join(filled(60), Bytes.of(6, 3)));
            default -> packet(join(overload.slice(0, 3), Bytes.of(200, 255), cut));
          };
        });
  }

  private static Bytes filled(int length) {
    return Bytes.wrap(new byte[length]);
  }

  @Test
  void codeWithoutLengthIsRefused() {
    refused(MalformedReason.TRUNCATED, packet("35010137"));
    refused(
        MalformedReason.TRUNCATED,
        packet(Bytes.of(52, 1, 1), join(filled(127), Bytes.of(6)), Bytes.EMPTY));
  }

  @ParameterizedTest
  @CsvSource({
    "350101, 53:1", // no end
    "3501010000, 53:1", // padding instead of it
    "350101ff3501020c, 53:1", // what follows an end is not looked at
    "0000350101000c000000ff, 53:1 12:0", // padding and an empty option
    "3501010c026162ff0c0163ff, 53:1 12:2",
    "ff, ''",
    "'', ''",
  })
  void endPaddingAndEmptyOptionsAreRead(String hex, String options) {
    assertThat(Dhcp4Message.decode(packet(hex)).options()).hasToString("[" + options + "]");
    onlyMalformed(packet(hex));
  }

  @ParameterizedTest
  @CsvSource({"3500", "35020101", "350100", "350101350101", "35010135"})
  void typeThatIsNoOctetIsRefused(String hex) {
    assertThatThrownBy(() -> Dhcp4Message.decode(packet(hex)))
        .isInstanceOf(MalformedPacketException.class);
  }

  @ParameterizedTest
  @CsvSource({"3400", "340100", "340104", "3401ff", "34020101", "340101340101", "340101340102"})
  void overloadThatIsNoneIsRefused(String hex) {
    refused(MalformedReason.INVALID_VALUE, packet(hex));
  }

  /** RFC 2131 section 4.1: an overloaded field cannot overload another one. */
  @Test
  void overloadInOverloadedFieldsMeansNothing() {
    Bytes again = Bytes.ofHex("34010334010209" + "00" + "ff");
    Bytes host = Bytes.ofHex("0c0168" + "340103" + "ff" + "0c0169");
    Bytes packet = packet(Bytes.ofHex("350101340101ff"), host, Bytes.ofHex("0c0170ff"));

    Dhcp4Message message = Dhcp4Message.decode(packet);

    assertThat(message.options()).hasToString("[53:1 12:1]");
    assertThat(message.serverName()).isEqualTo(Bytes.ofHex("0c0170ff"));
    assertThat(message.bootFile()).isEqualTo(Bytes.EMPTY);
    assertThat(Dhcp4Message.decode(packet(Bytes.of(52, 1, 3, 255), again, again)).options())
        .hasToString("[9:0]");
  }

  /** RFC 3396 sections 5 and 7: options, file, sname, one after the other. */
  @Test
  void piecesAreJoinedAcrossFields() {
    Bytes packet =
        packet(
            Bytes.ofHex("350101" + "770201aa" + "340103" + "0c0161" + "770101" + "ff"),
            Bytes.ofHex("77020263" + "0c0162" + "ff"),
            Bytes.ofHex("7700" + "77010a" + "0c0163" + "ff"));

    Options options = Dhcp4Message.decode(packet).options();

    assertThat(options).hasToString("[53:1 119:6 12:3]");
    assertThat(options.raw(119)).contains(Bytes.ofHex("01aa0102630a"));
    assertThat(options.first(Dhcp4Options.HOST_NAME)).contains("abc");
  }

  @Test
  void moreOptionsThanTheLimitAreRefused() {
    everyVariantIsRefused(
        MalformedReason.TOO_MANY_OPTIONS,
        i -> {
          byte[] octets = new byte[2 * (Options.MAX_COUNT + 1 + i)];
          for (int at = 0; at < octets.length; at += 2) {
            octets[at] = (byte) (i % 2 == 0 ? 12 : 100 + at % 100);
          }
          return packet(Bytes.wrap(octets));
        });
  }

  @Test
  void packetLongerThanUdpCarriesIsRefused() {
    everyVariantIsRefused(
        MalformedReason.PACKET_TOO_LONG, i -> packets.octets(65536 + i, 65536 + i));
  }

  @Test
  void giantJoinedOptionIsRead() {
    byte[] octets = new byte[255 * 257];
    for (int at = 0; at < octets.length; at += 257) {
      octets[at] = 43;
      octets[at + 1] = (byte) 255;
    }
    Bytes packet = packet(Bytes.wrap(octets).slice(0, 253 * 257));

    assertThat(Dhcp4Message.decode(packet).options().raw(43).orElseThrow().length())
        .isEqualTo(253 * 255);
    onlyMalformed(packet);
  }

  @Test
  void randomOctetsAreRefusedOrRead() {
    for (int i = 0; i < 20 * VARIANTS; i++) {
      onlyMalformed(packets.octets(0, 400));
      onlyMalformed(packet(packets.octets(0, 200), packets.octets(0, 128), packets.octets(0, 64)));
    }
  }

  @Test
  void goodPacketWithOctetsChangedIsRefusedOrRead() {
    for (int i = 0; i < 10 * VARIANTS; i++) {
      byte[] octets = packets.typicalReply().encode(300 + i % 1200).datagram().toArray();
      for (int changes = 1 + packets.below(4); changes > 0; changes--) {
        octets[packets.below(octets.length)] = (byte) packets.below(256);
      }
      onlyMalformed(Bytes.wrap(octets));
    }
  }

  @Test
  void memoryForAHostilePacketIsBoundedByItsLength() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] options = new byte[65535 - OPTIONS_AT];
    for (int at = 0; at < options.length - 1; at += 2) {
      options[at] = (byte) (1 + at / 2 % 51);
    }
    Bytes flood = packet(Bytes.wrap(options));
    onlyMalformed(flood);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < VARIANTS; i++) {
      assertThatThrownBy(() -> Dhcp4Message.decode(flood))
          .isInstanceOf(MalformedPacketException.class);
    }
    long perPacket = (threads.getCurrentThreadAllocatedBytes() - before) / VARIANTS;

    // An option object for each of at most 1024 pieces, and the assertion's own.
    assertThat(perPacket).isLessThan(200_000);
  }
}

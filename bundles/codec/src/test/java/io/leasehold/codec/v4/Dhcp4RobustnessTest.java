// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.net.Bytes;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hurt other servers, most of it at least {@link #VARIANTS} times over. */
class Dhcp4RobustnessTest {
  private static final int VARIANTS = 240;
  private static final int SERVER_NAME_AT = 44;
  private static final int BOOT_FILE_AT = 108;
  private static final int OPTIONS_AT = 240;
  private static final Dhcp4MessageText TEXT = new Dhcp4MessageText(StandardOptions.CATALOGUE);

  private final Dhcp4Packets packets = new Dhcp4Packets(2131);

  private static void refused(MalformedReason reason, Bytes packet) {
    assertThatThrownBy(() -> Dhcp4DeepReader.read(packet))
        .as("packet %s", packet)
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason)
        .satisfies(e -> assertThat(e.offset()).isBetween(0, packet.length()))
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    assertThat(TEXT.describe(packet)).contains("malformed: ").contains(reason.word());
  }

  private static void everyVariantIsRefused(MalformedReason reason, IntFunction<Bytes> variant) {
    for (int i = 0; i < VARIANTS; i++) {
      refused(reason, variant.apply(i));
    }
  }

  /** Any outcome but another exception; the description always comes out. */
  private static void onlyMalformed(Bytes packet) {
    try {
      Dhcp4DeepReader.read(packet);
    } catch (MalformedPacketException e) {
      assertThat(e.offset()).isBetween(0, packet.length());
    }
    assertThat(TEXT.describe(packet)).isNotEmpty();
  }

  /** A packet with the octets in its options field, and in the fields of file and server name. */
  private Bytes packet(Bytes options, Bytes bootFile, Bytes serverName) {
    byte[] octets = new byte[OPTIONS_AT + options.length()];
    packets
        .header()
        .hardware(1, packets.octets(6, 6))
        .build()
        .encode()
        .slice(0, OPTIONS_AT)
        .copyTo(octets, 0);
    Arrays.fill(octets, SERVER_NAME_AT, OPTIONS_AT - 4, (byte) 0);
    serverName.copyTo(octets, SERVER_NAME_AT);
    bootFile.copyTo(octets, BOOT_FILE_AT);
    options.copyTo(octets, OPTIONS_AT);
    return Bytes.wrap(octets);
  }

  private Bytes packet(Bytes options) {
    return packet(options, Bytes.EMPTY, Bytes.EMPTY);
  }

  private Bytes packet(String options) {
    return packet(Bytes.ofHex(options));
  }

  /** A packet with a hostile option among good ones. */
  private Bytes packetWith(int code, Bytes value) {
    return Dhcp4Message.builder()
        .options(
            Options.builder()
                .add(Dhcp4Options.MESSAGE_TYPE, Dhcp4MessageType.DISCOVER)
                .add(code, value)
                .add(Dhcp4Options.AUTO_CONFIGURE, 1)
                .build())
        .build()
        .encode();
  }

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

  private static Bytes join(Bytes... parts) {
    StringBuilder hex = new StringBuilder();
    for (Bytes part : parts) {
      hex.append(part.toHex());
    }
    return Bytes.ofHex(hex.toString());
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
  void subOptionLongerThanItsOptionIsRefused() {
    List<Integer> codes = List.of(82, 43, 122, 139);
    everyVariantIsRefused(
        MalformedReason.OPTION_OVERRUN,
        i ->
            packetWith(
                codes.get(i % codes.size()),
                join(Bytes.of(1 + i % 254, 21 + i % 200), packets.octets(0, 20))));
  }

  @Test
  void vendorBlockLongerThanItsOptionIsRefused() {
    everyVariantIsRefused(
        MalformedReason.TRUNCATED,
        i ->
            packetWith(
                i % 2 == 0 ? 124 : 125,
                join(packets.octets(4, 4), Bytes.of(21 + i % 200), packets.octets(0, 20))));
    refused(MalformedReason.OPTION_OVERRUN, packetWith(125, Bytes.ofHex("0000118b03010200")));
  }

  /** RFC 1035 section 4.1.4: a pointer leads to before itself. */
  @ParameterizedTest
  @CsvSource({
    "c000", // to itself
    "0161c002", // to itself after a label
    "0161c000", // to its own beginning
    "c002c000", // forwards, then back
    "016100c004c003", // to the next one
    "016100c0ff", // beyond the option
    "016100c005c003", // a pair that leads in circles
  })
  void compressionThatLeadsNowhereIsRefused(String hex) {
    refused(MalformedReason.COMPRESSED_NAME, packetWith(119, Bytes.ofHex(hex)));
  }

  @Test
  void compressionThatGrowsIsRefused() {
    // Each name is a label in front of the one before: long before the end over 255 octets.
    StringBuilder hex = new StringBuilder("00");
    int last = 0;
    for (int at = 1; at < 300; at += 4) {
      hex.append("0161").append(Integer.toHexString(0xc000 | last));
      last = at;
    }
    Bytes value = Bytes.ofHex(hex.toString());

    assertThat(Dhcp4Options.DOMAIN_SEARCH.decode(value)).hasSize(76);
    StringBuilder longer = new StringBuilder("3f" + "61".repeat(63) + "00");
    last = 0;
    for (int at = 65; at < 400; at += 66) {
      longer.append("3f").append("62".repeat(63)).append(Integer.toHexString(0xc000 | last));
      last = at;
    }
    refused(MalformedReason.DOMAIN_NAME, packetWith(119, Bytes.ofHex(longer.toString())));
  }

  @Test
  void searchListOfTheRfcIsRead() {
    // RFC 3397 section 2: eng.apple.com. and marketing.apple.com., here in one piece.
    Bytes value = Bytes.ofHex("03656e67056170706c6503636f6d00" + "096d61726b6574696e67c004");

    assertThat(Dhcp4Options.DOMAIN_SEARCH.decode(value))
        .extracting(Object::toString)
        .containsExactly("eng.apple.com.", "marketing.apple.com.");
    assertThat(Dhcp4Options.DOMAIN_SEARCH.encode(Dhcp4Options.DOMAIN_SEARCH.decode(value)))
        .isEqualTo(value);
  }

  @Test
  void routeLongerThanAnAddressIsRefused() {
    everyVariantIsRefused(
        MalformedReason.PREFIX_LENGTH,
        i -> packetWith(121, join(Bytes.of(33 + i % 223), packets.octets(8, 36))));
  }

  @Test
  void bitsBeyondARouteAreDropped() {
    for (int length = 0; length <= 32; length++) {
      Bytes value =
          join(
              Bytes.of(length),
              packets.octets((length + 7) / 8, (length + 7) / 8),
              packets.address().bytes());

      ClasslessRoute route = Dhcp4Options.CLASSLESS_ROUTES.decode(value).get(0);

      assertThat(route.destination().ipv4Length()).isEqualTo(length);
      assertThat(Dhcp4OptionTable.row(121).orElseThrow().definition().format().describe(value))
          .isEqualTo(route.toString());
    }
  }

  /** What the typed key says of a value, without the table's opinion. */
  private static void refusedByKey(MalformedReason reason, OptionType<?> type, Bytes value) {
    assertThatThrownBy(() -> Options.of(new Option(type.code(), value)).first(type))
        .as("%s %s", type, value)
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason)
        .returns(type.name(), MalformedPacketException::path);
  }

  @Test
  void scalarOfAnotherLengthIsRefused() {
    List<OptionType<?>> scalars =
        List.of(
            Dhcp4Options.SUBNET_MASK,
            Dhcp4Options.REQUESTED_ADDRESS,
            Dhcp4Options.LEASE_TIME,
            Dhcp4Options.SERVER_ID,
            Dhcp4Options.MAX_MESSAGE_SIZE,
            Dhcp4Options.V6ONLY,
            Dhcp4Options.SUBNET_SELECTION);
    for (int i = 0; i < VARIANTS; i++) {
      OptionType<?> scalar = scalars.get(i % scalars.size());
      Bytes tooLong = packets.octets(5, 5 + i);
      refusedByKey(MalformedReason.TRAILING_OCTETS, scalar, tooLong);
      refused(MalformedReason.TRAILING_OCTETS, packetWith(scalar.code(), tooLong));
      refusedByKey(MalformedReason.TRUNCATED, scalar, packets.octets(1, 1));
      refused(MalformedReason.TRUNCATED, packetWith(scalar.code(), packets.octets(1, 1)));
    }
  }

  @Test
  void emptyIdentifiersAndNamesAreRefused() {
    refusedByKey(MalformedReason.EMPTY_VALUE, Dhcp4Options.CLIENT_ID, Bytes.EMPTY);
    refusedByKey(MalformedReason.TRUNCATED, Dhcp4Options.CLIENT_ID, Bytes.of(1));
    refusedByKey(MalformedReason.EMPTY_VALUE, Dhcp4Options.HOST_NAME, Bytes.EMPTY);
    refusedByKey(MalformedReason.EMPTY_VALUE, Dhcp4Options.ROUTERS, Bytes.EMPTY);
    refusedByKey(MalformedReason.TRUNCATED, Dhcp4Options.CLIENT_FQDN, Bytes.of(0, 0));
    assertThat(Dhcp4Options.HOST_NAME.decode(Bytes.of(0, 0))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0000002e61, DOMAIN_NAME",
    "000000612e2e62, DOMAIN_NAME",
    "0400000361, TRUNCATED",
    "04000061, DOMAIN_NAME",
    "040000c000, COMPRESSED_NAME",
    "04000001610061, TRAILING_OCTETS",
  })
  void hostileNamesAreRefused(String hex, MalformedReason reason) {
    refused(reason, packetWith(81, Bytes.ofHex(hex)));
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

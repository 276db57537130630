// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import io.leasehold.net.Ipv6;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What hurt other servers, each at least {@link #VARIANTS} times over. */
class RobustnessTest {
  private static final int VARIANTS = 240;
  private static final Dhcp6MessageText TEXT = new Dhcp6MessageText(Dhcp6OptionTable.CATALOGUE);

  private final Packets packets = new Packets(8415);

  /** What the typed key says of a value, without the table's opinion. */
  private static void refusedByKey(MalformedReason reason, OptionType<?> type, Bytes value) {
    assertThatThrownBy(() -> Options.of(new Option(type.code(), value)).first(type))
        .as("%s %s", type, value)
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason)
        .returns(type.name(), MalformedPacketException::path);
  }

  private static void refused(MalformedReason reason, Bytes packet) {
    assertThatThrownBy(() -> DeepReader.read(packet))
        .as("packet %s", packet)
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason)
        .satisfies(e -> assertThat(e.offset()).isBetween(0, packet.length()))
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    assertThat(TEXT.describe(packet)).contains("malformed: ").contains(reason.word());
  }

  private void everyVariantIsRefused(MalformedReason reason, IntFunction<Bytes> variant) {
    for (int i = 0; i < VARIANTS; i++) {
      refused(reason, variant.apply(i));
    }
  }

  /** A message with a hostile option among good ones, behind up to two relay agents. */
  private Bytes packetWith(int code, Bytes value) {
    Options options =
        Options.builder()
            .add(Dhcp6Options.ELAPSED_TIME, packets.below(65536))
            .add(code, value)
            .add(Dhcp6Options.RAPID_COMMIT, Bytes.EMPTY)
            .build();
    return relayed(
        new ClientServerMessage(Dhcp6MessageType.SOLICIT, packets.below(1 << 24), options).encode(),
        packets.below(3));
  }

  private Bytes relayed(Bytes packet, int times) {
    Bytes relayed = packet;
    for (int i = 0; i < times; i++) {
      relayed = packets.relay(relayed).encode();
    }
    return relayed;
  }

  private static Bytes join(Bytes... parts) {
    StringBuilder hex = new StringBuilder();
    for (Bytes part : parts) {
      hex.append(part.toHex());
    }
    return Bytes.ofHex(hex.toString());
  }

  @Test
  void truncatedRelayHeaderIsRefused() {
    everyVariantIsRefused(
        MalformedReason.TRUNCATED,
        i -> {
          int type = i % 2 == 0 ? Dhcp6MessageType.RELAY_FORW : Dhcp6MessageType.RELAY_REPL;
          Bytes header = join(Bytes.of(type), packets.octets(33, 33));
          Bytes cut = header.slice(0, 1 + i % 33);
          return i % 2 == 0 ? relayed(cut, packets.below(4)) : cut;
        });
  }

  @Test
  void relayMessagesWithoutEndAreRefused() {
    everyVariantIsRefused(
        MalformedReason.RELAY_DEPTH,
        i -> relayed(packets.clientMessage().encode(), RelayChain.MAX_DEPTH + 1 + i % 100));
  }

  @Test
  void asManyRelayMessagesAsTheHopLimitAllowsAreRead() {
    Bytes packet = relayed(packets.typicalReply().encode(), RelayChain.MAX_DEPTH);

    assertThat(RelayChain.decode(packet).relays()).hasSize(RelayMessage.HOP_COUNT_LIMIT + 1);
  }

  @Test
  void relayMessageThatRelaysNothingIsRefused() {
    for (int i = 0; i < VARIANTS; i++) {
      Options options = Options.builder().add(18, packets.octets(1, 20)).build();
      Bytes empty =
          RelayMessage.forward(i % 8, packets.address(), Ipv6.UNSPECIFIED, options).encode();
      Bytes packet = relayed(empty, packets.below(4));

      assertThatThrownBy(() -> RelayChain.decode(packet))
          .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
          .returns(MalformedReason.MISSING_OPTION, MalformedPacketException::reason);
    }
  }

  @Test
  void optionsInsideOptionsWithoutEndAreReadOnlyAsFarAsAsked() {
    for (int i = 0; i < VARIANTS; i++) {
      // Up to as many levels as UDP allows.
      Bytes packet =
          matryoshka(i % 2 == 0 ? Dhcp6OptionCode.IA_NA : Dhcp6OptionCode.IA_PD, 20 + 17 * i);

      assertThat(DeepReader.read(packet).message().options().size()).isEqualTo(1);
      assertThat(TEXT.describe(packet)).contains("malformed: nesting-depth at offset 132\n");
    }
  }

  /** An identity association in an identity association and so on. */
  private static Bytes matryoshka(int code, int levels) {
    byte[] packet = new byte[4 + 16 * levels];
    packet[0] = Dhcp6MessageType.SOLICIT;
    for (int at = 4; at < packet.length; at += 16) {
      int length = packet.length - at - 4;
      packet[at + 1] = (byte) code;
      packet[at + 2] = (byte) (length >>> 8);
      packet[at + 3] = (byte) length;
    }
    return Bytes.wrap(packet);
  }

  @Test
  void prefixLongerThanAnAddressIsRefused() {
    everyVariantIsRefused(
        MalformedReason.PREFIX_LENGTH,
        i -> {
          Bytes prefix =
              join(packets.octets(8, 8), Bytes.of(129 + i % 127), packets.address().bytes());
          Bytes ia = join(packets.octets(12, 12), framed(Dhcp6OptionCode.IAPREFIX, prefix));
          return packetWith(Dhcp6OptionCode.IA_PD, ia);
        });
  }

  private static Bytes framed(int code, Bytes value) {
    return Options.of(new Option(code, value)).encode();
  }

  @Test
  void bitsBeyondAPrefixAreDropped() {
    for (int i = 0; i < VARIANTS; i++) {
      int length = i % 128;
      Ipv6 address = packets.address();
      Bytes value = join(packets.octets(8, 8), Bytes.of(length), address.bytes());

      IaPrefix read = Dhcp6Options.IAPREFIX.decode(value);

      assertThat(read.prefix()).isEqualTo(address.prefix(length));
      assertThat(Dhcp6Options.IAPREFIX.decode(Dhcp6Options.IAPREFIX.encode(read))).isEqualTo(read);
    }
  }

  @Test
  void labelLongerThanItsOptionIsRefused() {
    everyVariantIsRefused(
        MalformedReason.TRUNCATED,
        i -> {
          int label = 1 + i % DomainName.MAX_LABEL_LENGTH;
          Bytes name = join(Bytes.of(1, 'a', label), packets.octets(0, label - 1));
          return nameOption(i, name);
        });
  }

  /** A name in an option that has one, has several, or has one after its flags. */
  private Bytes nameOption(int variant, Bytes name) {
    return switch (variant % 3) {
      case 0 -> packetWith(Dhcp6OptionCode.DOMAIN_SEARCH, name);
      case 1 -> packetWith(64, name); // AFTR-Name
      default -> packetWith(Dhcp6OptionCode.CLIENT_FQDN, join(Bytes.of(variant % 8), name));
    };
  }

  @Test
  void compressionPointersAreRefusedNotFollowed() {
    everyVariantIsRefused(
        MalformedReason.COMPRESSED_NAME,
        i -> nameOption(i, Bytes.of(1, 'a', 0xc0 | packets.below(64), i % 256, 0)));
  }

  @Test
  void labelOver63OctetsIsRefused() {
    everyVariantIsRefused(
        MalformedReason.DOMAIN_NAME,
        i -> nameOption(i, join(Bytes.of(64 + i % 128), packets.octets(200, 200))));
  }

  @Test
  void nameOver255OctetsIsRefused() {
    everyVariantIsRefused(
        MalformedReason.DOMAIN_NAME,
        i -> {
          int label = 16 + i % 48;
          Bytes labels = Bytes.EMPTY;
          while (labels.length() <= DomainName.MAX_LENGTH) {
            labels = join(labels, Bytes.of(label), packets.octets(label, label));
          }
          return nameOption(i, join(labels, Bytes.of(0)));
        });
  }

  @Test
  void nameOfExactly255OctetsIsTheLongest() {
    Bytes labels = Bytes.EMPTY;
    for (int i = 0; i < 4; i++) {
      labels = join(labels, Bytes.of(62), packets.octets(62, 62));
    }
    Bytes longest = join(labels, Bytes.of(1), packets.octets(1, 1), Bytes.of(0));
    Bytes longer = join(labels, Bytes.of(2), packets.octets(2, 2), Bytes.of(0));

    assertThat(new ByteReader(longest).domainName().wire()).isEqualTo(longest);
    for (int i = 0; i < 3; i++) {
      refused(MalformedReason.DOMAIN_NAME, nameOption(i, longer));
    }
  }

  @Test
  void emptyLabelWithinANameIsRefused() {
    everyVariantIsRefused(
        MalformedReason.TRAILING_OCTETS,
        i -> {
          Bytes name = join(Bytes.of(1, 'a', 0), packets.octets(1, 1 + i % 30));
          return i % 2 == 0
              ? packetWith(64, name)
              : packetWith(Dhcp6OptionCode.CLIENT_FQDN, join(Bytes.of(0), name));
        });
  }

  @Test
  void nameReducedToNothingIsNotAName() {
    ClientFqdn none = Dhcp6Options.CLIENT_FQDN.decode(Bytes.of(0));
    ClientFqdn root = Dhcp6Options.CLIENT_FQDN.decode(Bytes.of(0, 0));

    assertThat(none.name()).isEmpty();
    assertThat(root.name()).hasValueSatisfying(name -> assertThat(name.isRoot()).isTrue());
    refused(MalformedReason.EMPTY_VALUE, packetWith(64, Bytes.EMPTY));
  }

  @Test
  void scalarLongerThanItsTypeIsRefused() {
    List<OptionType<?>> scalars =
        List.of(
            Dhcp6Options.PREFERENCE,
            Dhcp6Options.ELAPSED_TIME,
            Dhcp6Options.UNICAST,
            Dhcp6Options.RAPID_COMMIT,
            Dhcp6Options.RECONF_MSG,
            Dhcp6Options.RECONF_ACCEPT,
            Dhcp6Options.INFORMATION_REFRESH_TIME,
            Dhcp6Options.SOL_MAX_RT,
            Dhcp6Options.INF_MAX_RT,
            Dhcp6Options.RELAY_PORT);
    everyVariantIsRefused(
        MalformedReason.TRAILING_OCTETS,
        i -> {
          OptionType<?> scalar = scalars.get(i % scalars.size());
          Bytes value = packets.octets(17, 17 + i);
          refusedByKey(MalformedReason.TRAILING_OCTETS, scalar, value);
          return packetWith(scalar.code(), value);
        });
  }

  @Test
  void scalarShorterThanItsTypeIsRefused() {
    List<OptionType<?>> scalars =
        List.of(
            Dhcp6Options.ELAPSED_TIME,
            Dhcp6Options.UNICAST,
            Dhcp6Options.INFORMATION_REFRESH_TIME,
            Dhcp6Options.SOL_MAX_RT,
            Dhcp6Options.IA_NA,
            Dhcp6Options.IA_PD,
            Dhcp6Options.REMOTE_ID,
            Dhcp6Options.STATUS_CODE,
            Dhcp6Options.VENDOR_OPTS,
            Dhcp6Options.ORO);
    everyVariantIsRefused(
        MalformedReason.TRUNCATED,
        i -> {
          OptionType<?> scalar = scalars.get(i % scalars.size());
          Bytes value = packets.octets(1, 1);
          refusedByKey(MalformedReason.TRUNCATED, scalar, value);
          return packetWith(scalar.code(), value);
        });
  }

  @Test
  void emptyIdentifierIsRefused() {
    everyVariantIsRefused(
        MalformedReason.EMPTY_VALUE, i -> packetWith(identifier(i).code(), Bytes.EMPTY));
  }

  @Test
  void identifierOverItsLimitIsRefused() {
    everyVariantIsRefused(
        MalformedReason.VALUE_TOO_LONG,
        i -> packetWith(identifier(i).code(), packets.octets(131, 131 + i)));
  }

  private static OptionType<?> identifier(int variant) {
    return switch (variant % 3) {
      case 0 -> Dhcp6Options.CLIENT_ID;
      case 1 -> Dhcp6Options.SERVER_ID;
      default -> Dhcp6Options.RELAY_ID;
    };
  }

  @Test
  void emptyDhcpv4MessageIsRefused() {
    everyVariantIsRefused(
        MalformedReason.EMPTY_VALUE, i -> packetWith(Dhcp6OptionCode.DHCPV4_MSG, Bytes.EMPTY));
  }

  @Test
  void optionLongerThanThePacketIsRefused() {
    everyVariantIsRefused(
        MalformedReason.OPTION_OVERRUN,
        i -> {
          Bytes good = packets.typicalReply().encode();
          int claimed = 1 + packets.below(65535);
          return join(
              good,
              Bytes.of(0, i % 256, claimed >>> 8, claimed & 0xff),
              packets.octets(0, Math.min(claimed - 1, 40)));
        });
  }

  @Test
  void moreOptionsThanTheLimitAreRefused() {
    everyVariantIsRefused(
        MalformedReason.TOO_MANY_OPTIONS,
        i -> {
          byte[] packet = new byte[4 + 4 * (Options.MAX_COUNT + 1 + i)];
          packet[0] = Dhcp6MessageType.REQUEST;
          for (int at = 4; at < packet.length; at += 4) {
            packet[at] = (byte) 0xff;
          }
          return Bytes.wrap(packet);
        });
  }

  @Test
  void packetLongerThanUdpCarriesIsRefused() {
    everyVariantIsRefused(
        MalformedReason.PACKET_TOO_LONG, i -> packets.octets(65536 + i, 65536 + i));
  }

  @Test
  void packetCutAnywhereIsRefusedOrWhole() {
    int cut = 0;
    while (cut < VARIANTS * 4) {
      Bytes packet = relayed(packets.typicalReply().encode(), packets.below(3));
      for (int length = 0; length < packet.length(); length++, cut++) {
        onlyMalformed(packet.slice(0, length));
      }
    }
  }

  @Test
  void randomOctetsAreRefusedOrRead() {
    for (int i = 0; i < 20 * VARIANTS; i++) {
      onlyMalformed(packets.octets(0, 300));
    }
  }

  @Test
  void goodPacketWithOctetsChangedIsRefusedOrRead() {
    for (int i = 0; i < 10 * VARIANTS; i++) {
      byte[] octets = relayed(packets.typicalReply().encode(), packets.below(3)).toArray();
      for (int changes = 1 + packets.below(4); changes > 0; changes--) {
        octets[packets.below(octets.length)] = (byte) packets.below(256);
      }
      onlyMalformed(Bytes.wrap(octets));
    }
  }

  /** Any outcome but another exception; the description always comes out. */
  private static void onlyMalformed(Bytes packet) {
    try {
      DeepReader.read(packet);
    } catch (MalformedPacketException e) {
      assertThat(e.offset()).isBetween(0, packet.length());
    }
    assertThat(TEXT.describe(packet)).isNotEmpty();
  }

  @Test
  void secondDefinitionOfACodeIsRefused() {
    for (int i = 0; i < 2 * VARIANTS; i++) {
      Dhcp6OptionTable.Row row = Dhcp6OptionTable.ROWS.get(i % Dhcp6OptionTable.ROWS.size());
      OptionSpace space = row.definition().space();
      if (space.equals(Dhcp6OptionTable.CABLELABS)) {
        continue;
      }
      OptionDefinition second =
          OptionDefinition.of(space, row.definition().code(), "mine-" + i, "uint32[]");

      OptionCatalogue.Extended extended = Dhcp6OptionTable.CATALOGUE.with(List.of(second));

      assertThat(extended.conflicts())
          .containsExactly(new OptionCatalogue.Conflict(second, row.definition()));
      assertThat(extended.catalogue().byCode(space, second.code())).contains(row.definition());
    }
  }

  @Test
  void memoryForAHostilePacketIsBoundedByItsLength() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Bytes flood = Bytes.wrap(new byte[65535]);
    onlyMalformed(flood.slice(0, 4096));
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < VARIANTS; i++) {
      Bytes packet = flood.slice(i, 65535);
      assertThatThrownBy(() -> RelayChain.decode(packet))
          .isInstanceOf(MalformedPacketException.class);
    }
    long perPacket = (threads.getCurrentThreadAllocatedBytes() - before) / VARIANTS;

    // An option object and a view for each of at most 1024 options, and the assertion's own.
    assertThat(perPacket).isLessThan(200_000);
  }
}

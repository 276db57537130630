// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.Hostility;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What hurt other servers, each at least {@link Hostility#VARIANTS} times over. */
class RobustnessTest {
  private static final int VARIANTS = Hostility.VARIANTS;
  private static final Dhcp6MessageText TEXT = new Dhcp6MessageText(Dhcp6OptionTable.CATALOGUE);

  private final HostilePackets hostile = new HostilePackets(8415);
  private final Packets packets = hostile.packets();

  @Test
  void truncatedRelayHeaderIsRefused() {
    hostile.everyVariantIsRefused(
        MalformedReason.TRUNCATED,
        i -> {
          int type = i % 2 == 0 ? Dhcp6MessageType.RELAY_FORW : Dhcp6MessageType.RELAY_REPL;
          Bytes header = Hostility.join(Bytes.of(type), packets.octets(33, 33));
          Bytes cut = header.slice(0, 1 + i % 33);
          return i % 2 == 0 ? hostile.relayed(cut, packets.below(4)) : cut;
        });
  }

  @Test
  void relayMessagesWithoutEndAreRefused() {
    hostile.everyVariantIsRefused(
        MalformedReason.RELAY_DEPTH,
        i -> hostile.relayed(packets.clientMessage().encode(), RelayChain.MAX_DEPTH + 1 + i % 100));
  }

  @Test
  void asManyRelayMessagesAsTheHopLimitAllowsAreRead() {
    Bytes packet = hostile.relayed(packets.typicalReply().encode(), RelayChain.MAX_DEPTH);

    assertThat(RelayChain.decode(packet).relays()).hasSize(RelayMessage.HOP_COUNT_LIMIT + 1);
  }

  @Test
  void relayMessageThatRelaysNothingIsRefused() {
    for (int i = 0; i < VARIANTS; i++) {
      Options options = Options.builder().add(18, packets.octets(1, 20)).build();
      Bytes empty =
          RelayMessage.forward(i % 8, packets.address(), Ipv6.UNSPECIFIED, options).encode();
      Bytes packet = hostile.relayed(empty, packets.below(4));

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
    hostile.everyVariantIsRefused(
        MalformedReason.PREFIX_LENGTH,
        i -> {
          Bytes prefix =
              Hostility.join(
                  packets.octets(8, 8), Bytes.of(129 + i % 127), packets.address().bytes());
          Bytes ia =
              Hostility.join(packets.octets(12, 12), framed(Dhcp6OptionCode.IAPREFIX, prefix));
          return hostile.packetWith(Dhcp6OptionCode.IA_PD, ia);
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
      Bytes value = Hostility.join(packets.octets(8, 8), Bytes.of(length), address.bytes());

      IaPrefix read = Dhcp6Options.IAPREFIX.decode(value);

      assertThat(read.prefix()).isEqualTo(address.prefix(length));
      assertThat(Dhcp6Options.IAPREFIX.decode(Dhcp6Options.IAPREFIX.encode(read))).isEqualTo(read);
    }
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
    hostile.everyVariantIsRefused(
        MalformedReason.TRAILING_OCTETS,
        i -> {
          OptionType<?> scalar = scalars.get(i % scalars.size());
          Bytes value = packets.octets(17, 17 + i);
          Hostility.refusedByKey(MalformedReason.TRAILING_OCTETS, scalar, value);
          return hostile.packetWith(scalar.code(), value);
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
    hostile.everyVariantIsRefused(
        MalformedReason.TRUNCATED,
        i -> {
          OptionType<?> scalar = scalars.get(i % scalars.size());
          Bytes value = packets.octets(1, 1);
          Hostility.refusedByKey(MalformedReason.TRUNCATED, scalar, value);
          return hostile.packetWith(scalar.code(), value);
        });
  }

  @Test
  void emptyIdentifierIsRefused() {
    hostile.everyVariantIsRefused(
        MalformedReason.EMPTY_VALUE, i -> hostile.packetWith(identifier(i).code(), Bytes.EMPTY));
  }

  @Test
  void identifierOverItsLimitIsRefused() {
    hostile.everyVariantIsRefused(
        MalformedReason.VALUE_TOO_LONG,
        i -> hostile.packetWith(identifier(i).code(), packets.octets(131, 131 + i)));
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
    hostile.everyVariantIsRefused(
        MalformedReason.EMPTY_VALUE,
        i -> hostile.packetWith(Dhcp6OptionCode.DHCPV4_MSG, Bytes.EMPTY));
  }

  @Test
  void optionLongerThanThePacketIsRefused() {
    hostile.everyVariantIsRefused(
        MalformedReason.OPTION_OVERRUN,
        i -> {
          Bytes good = packets.typicalReply().encode();
          int claimed = 1 + packets.below(65535);
          return Hostility.join(
              good,
              Bytes.of(0, i % 256, claimed >>> 8, claimed & 0xff),
              packets.octets(0, Math.min(claimed - 1, 40)));
        });
  }

  @Test
  void moreOptionsThanTheLimitAreRefused() {
    hostile.everyVariantIsRefused(
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
    hostile.everyVariantIsRefused(
        MalformedReason.PACKET_TOO_LONG, i -> packets.octets(65536 + i, 65536 + i));
  }

  @Test
  void packetCutAnywhereIsRefusedOrWhole() {
    int cut = 0;
    while (cut < VARIANTS * 4) {
      Bytes packet = hostile.relayed(packets.typicalReply().encode(), packets.below(3));
      for (int length = 0; length < packet.length(); length++, cut++) {
        HostilePackets.onlyMalformed(packet.slice(0, length));
      }
    }
  }

  @Test
  void randomOctetsAreRefusedOrRead() {
    for (int i = 0; i < 20 * VARIANTS; i++) {
      HostilePackets.onlyMalformed(packets.octets(0, 300));
    }
  }

  @Test
  void goodPacketWithOctetsChangedIsRefusedOrRead() {
    for (int i = 0; i < 10 * VARIANTS; i++) {
      byte[] octets = hostile.relayed(packets.typicalReply().encode(), packets.below(3)).toArray();
      for (int changes = 1 + packets.below(4); changes > 0; changes--) {
        octets[packets.below(octets.length)] = (byte) packets.below(256);
      }
      HostilePackets.onlyMalformed(Bytes.wrap(octets));
    }
  }

  /** Any outcome but another exception; the description always comes out. */
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
    HostilePackets.onlyMalformed(flood.slice(0, 4096));
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

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.function.IntFunction;
import org.assertj.core.api.InstanceOfAssertFactories;

/** Puts hostile values into packets that are otherwise good, and sees them refused. */
final class HostilePackets {
  /** How many packets each robustness test makes. */
  static final int VARIANTS = 240;

  private static final Dhcp6MessageText TEXT = new Dhcp6MessageText(Dhcp6OptionTable.CATALOGUE);

  private final Packets packets;

  HostilePackets(long seed) {
    this.packets = new Packets(seed);
  }

  Packets packets() {
    return packets;
  }

  static void refused(MalformedReason reason, Bytes packet) {
    assertThatThrownBy(() -> DeepReader.read(packet))
        .as("packet %s", packet)
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason)
        .satisfies(e -> assertThat(e.offset()).isBetween(0, packet.length()))
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    assertThat(TEXT.describe(packet)).contains("malformed: ").contains(reason.word());
  }

  void everyVariantIsRefused(MalformedReason reason, IntFunction<Bytes> variant) {
    for (int i = 0; i < VARIANTS; i++) {
      refused(reason, variant.apply(i));
    }
  }

  /** A message with a hostile option among good ones, behind up to two relay agents. */
  Bytes packetWith(int code, Bytes value) {
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

  Bytes relayed(Bytes packet, int times) {
    Bytes relayed = packet;
    for (int i = 0; i < times; i++) {
      relayed = packets.relay(relayed).encode();
    }
    return relayed;
  }

  static Bytes join(Bytes... parts) {
    StringBuilder hex = new StringBuilder();
    for (Bytes part : parts) {
      hex.append(part.toHex());
    }
    return Bytes.ofHex(hex.toString());
  }
}

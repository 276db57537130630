// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.Hostility;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.function.IntFunction;

/** Puts hostile values into packets that are otherwise good, and sees them refused. */
final class HostilePackets {
  private static final Hostility HOSTILITY =
      new Hostility(DeepReader::read, new Dhcp6MessageText(Dhcp6OptionTable.CATALOGUE)::describe);

  private final Packets packets;

  HostilePackets(long seed) {
    this.packets = new Packets(seed);
  }

  Packets packets() {
    return packets;
  }

  static void refused(MalformedReason reason, Bytes packet) {
    HOSTILITY.refused(reason, packet);
  }

  static void onlyMalformed(Bytes packet) {
    HOSTILITY.onlyMalformed(packet);
  }

  void everyVariantIsRefused(MalformedReason reason, IntFunction<Bytes> variant) {
    for (int i = 0; i < Hostility.VARIANTS; i++) {
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
}

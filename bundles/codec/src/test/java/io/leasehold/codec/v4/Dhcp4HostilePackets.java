// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.Hostility;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.net.Bytes;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Makes hostile packets, and says what has to become of them. */
class Dhcp4HostilePackets {
  static final int VARIANTS = Hostility.VARIANTS;
  private static final int SERVER_NAME_AT = 44;
  private static final int BOOT_FILE_AT = 108;
  static final int OPTIONS_AT = 240;
  private static final Hostility HOSTILITY =
      new Hostility(
          Dhcp4DeepReader::read, new Dhcp4MessageText(StandardOptions.CATALOGUE)::describe);

  final Dhcp4Packets packets = new Dhcp4Packets(2131);

  static void refused(MalformedReason reason, Bytes packet) {
    HOSTILITY.refused(reason, packet);
  }

  static void everyVariantIsRefused(MalformedReason reason, IntFunction<Bytes> variant) {
    for (int i = 0; i < VARIANTS; i++) {
      refused(reason, variant.apply(i));
    }
  }

  static void onlyMalformed(Bytes packet) {
    HOSTILITY.onlyMalformed(packet);
  }

  /** A packet with the octets in its options field, and in the fields of file and server name. */
  final Bytes packet(Bytes options, Bytes bootFile, Bytes serverName) {
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

  final Bytes packet(Bytes options) {
    return packet(options, Bytes.EMPTY, Bytes.EMPTY);
  }

  final Bytes packet(String options) {
    return packet(Bytes.ofHex(options));
  }

  /** A packet with a hostile option among good ones. */
  final Bytes packetWith(int code, Bytes value) {
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
}

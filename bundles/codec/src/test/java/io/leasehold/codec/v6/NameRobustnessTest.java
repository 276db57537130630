// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.Hostility;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import org.junit.jupiter.api.Test;

/** Hostile domain names, wherever options hold one. */
class NameRobustnessTest {
  private final HostilePackets hostile = new HostilePackets(1035);
  private final Packets packets = hostile.packets();

  @Test
  void labelLongerThanItsOptionIsRefused() {
    hostile.everyVariantIsRefused(
        MalformedReason.TRUNCATED,
        i -> {
          int label = 1 + i % DomainName.MAX_LABEL_LENGTH;
          Bytes name = Hostility.join(Bytes.of(1, 'a', label), packets.octets(0, label - 1));
          return nameOption(i, name);
        });
  }

  /** A name in an option that has one, has several, or has one after its flags. */
  private Bytes nameOption(int variant, Bytes name) {
    return switch (variant % 3) {
      case 0 -> hostile.packetWith(Dhcp6OptionCode.DOMAIN_SEARCH, name);
      case 1 -> hostile.packetWith(64, name); // AFTR-Name
      default ->
          hostile.packetWith(
              Dhcp6OptionCode.CLIENT_FQDN, Hostility.join(Bytes.of(variant % 8), name));
    };
  }

  @Test
  void compressionPointersAreRefusedNotFollowed() {
    hostile.everyVariantIsRefused(
        MalformedReason.COMPRESSED_NAME,
        i -> nameOption(i, Bytes.of(1, 'a', 0xc0 | packets.below(64), i % 256, 0)));
  }

  @Test
  void labelOver63OctetsIsRefused() {
    hostile.everyVariantIsRefused(
        MalformedReason.DOMAIN_NAME,
        i -> nameOption(i, Hostility.join(Bytes.of(64 + i % 128), packets.octets(200, 200))));
  }

  @Test
  void nameOver255OctetsIsRefused() {
    hostile.everyVariantIsRefused(
        MalformedReason.DOMAIN_NAME,
        i -> {
          int label = 16 + i % 48;
          Bytes labels = Bytes.EMPTY;
          while (labels.length() <= DomainName.MAX_LENGTH) {
            labels = Hostility.join(labels, Bytes.of(label), packets.octets(label, label));
          }
          return nameOption(i, Hostility.join(labels, Bytes.of(0)));
        });
  }

  @Test
  void nameOfExactly255OctetsIsTheLongest() {
    Bytes labels = Bytes.EMPTY;
    for (int i = 0; i < 4; i++) {
      labels = Hostility.join(labels, Bytes.of(62), packets.octets(62, 62));
    }
    Bytes longest = Hostility.join(labels, Bytes.of(1), packets.octets(1, 1), Bytes.of(0));
    Bytes longer = Hostility.join(labels, Bytes.of(2), packets.octets(2, 2), Bytes.of(0));

    assertThat(new ByteReader(longest).domainName().wire()).isEqualTo(longest);
    for (int i = 0; i < 3; i++) {
      HostilePackets.refused(MalformedReason.DOMAIN_NAME, nameOption(i, longer));
    }
  }

  @Test
  void emptyLabelWithinANameIsRefused() {
    hostile.everyVariantIsRefused(
        MalformedReason.TRAILING_OCTETS,
        i -> {
          Bytes name = Hostility.join(Bytes.of(1, 'a', 0), packets.octets(1, 1 + i % 30));
          return i % 2 == 0
              ? hostile.packetWith(64, name)
              : hostile.packetWith(Dhcp6OptionCode.CLIENT_FQDN, Hostility.join(Bytes.of(0), name));
        });
  }

  @Test
  void nameReducedToNothingIsNotAName() {
    ClientFqdn none = Dhcp6Options.CLIENT_FQDN.decode(Bytes.of(0));
    ClientFqdn root = Dhcp6Options.CLIENT_FQDN.decode(Bytes.of(0, 0));

    assertThat(none.name()).isEmpty();
    assertThat(root.name()).hasValueSatisfying(name -> assertThat(name.isRoot()).isTrue());
    HostilePackets.refused(MalformedReason.EMPTY_VALUE, hostile.packetWith(64, Bytes.EMPTY));
  }
}

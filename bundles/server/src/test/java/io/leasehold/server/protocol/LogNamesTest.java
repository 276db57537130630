// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.protocol.LogNames.Policy;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogNamesTest {
  private static final Bytes DUID = Bytes.ofHex("00030001020000000042");
  private static final Bytes OTHER = Bytes.ofHex("00030001020000000043");
  private static final Bytes MAC = Bytes.ofHex("020000000042");
  private static final Bytes KEY = Bytes.ofHex("00112233445566778899aabbccddeeff");
  private static final Ipv6 ADDRESS = Ipv6.ofText("fe80::ff:fe00:42");
  private static final Arrival ARRIVAL = new Arrival("eth0", Ipv6.UNSPECIFIED, ADDRESS, 546);

  private static LogNames by(Policy policy) {
    return new LogNames(policy, KEY);
  }

  @Test
  void aHashIsTheSameForTheSameClientAndTellsNothingOfIt() {
    LogNames names = by(Policy.HASH);

    assertThat(names.client(DUID))
        .isEqualTo(names.client(DUID))
        .matches("client #[0-9a-f]{16}")
        .isNotEqualTo(names.client(OTHER));
    assertThat(names.origin(ARRIVAL)).matches("address #[0-9a-f]{16}");
  }

  @Test
  void namesOfAnotherInstallationAreOthers() {
    assertThat(new LogNames(Policy.HASH, MAC).client(DUID))
        .isNotEqualTo(by(Policy.HASH).client(DUID));
  }

  @Test
  void inFullTheyAreCalledAsTheyCallThemselves() {
    assertThat(by(Policy.FULL).client(DUID)).isEqualTo("client 00:03:00:01:02:00:00:00:00:42");
    assertThat(by(Policy.FULL).origin(ARRIVAL)).isEqualTo("address " + ADDRESS);
  }

  @Test
  void nobodyIsCalledByNameWhereOperatorsWantNone() {
    Set<String> words = new HashSet<>();
    for (Bytes identity : new Bytes[] {DUID, OTHER}) {
      words.add(by(Policy.NONE).client(identity));
    }
    assertThat(words).hasSize(1);
    assertThat(by(Policy.NONE).origin(ARRIVAL)).doesNotContain("42");
  }

  /** RFC 7839 section 7: where somebody is comes into no log, whatever the policy. */
  @Test
  void valuesOfOptionsAreNeverShown() {
    Bytes place = Bytes.ofUtf8("cell-4711");
    Options options = Options.builder().add(105, place).build();
    Object message = new ClientServerMessage(Dhcp6MessageType.SOLICIT, 0x123456, options);
    for (Policy policy : Policy.values()) {
      assertThat(by(policy).message(message))
          .contains("123456", "105:9")
          .doesNotContain("4711", place.toHex());
      assertThat(by(policy).message(place)).isEqualTo("9 octets");
    }
  }

  @Test
  void theHardwareAddressOfAMessageIsOnlyShownInFull() {
    Dhcp4Message message = Dhcp4Message.builder().hardware(1, MAC).build();

    assertThat(by(Policy.HASH).message(message)).doesNotContain("00:42", MAC.toHex());
    assertThat(by(Policy.NONE).message(message)).doesNotContain("00:42", MAC.toHex());
    assertThat(by(Policy.FULL).message(message)).contains("02:00:00:00:00:42");
  }
}

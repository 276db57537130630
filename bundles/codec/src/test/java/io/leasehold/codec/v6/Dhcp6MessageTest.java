// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import org.junit.jupiter.api.Test;

class Dhcp6MessageTest {
  private static final Bytes SOLICIT =
      Bytes.ofHex(
          "01" // type: SOLICIT, RFC 8415 section 8
              + "0a0b0c" // transaction id
              + "0001000a" // Client Identifier, section 21.2
              + "00030001020000000001" // DUID-LL
              + "00060004" // Option Request, section 21.7
              + "00170018" // 23, 24
              + "00080002" // Elapsed Time, section 21.9
              + "0000"
              + "0003000c" // IA_NA, section 21.4
              + "00000001" // IAID
              + "00000000" // T1
              + "00000000" // T2
              + "fde80001" // a code without a meaning
              + "ff");

  @Test
  void solicitIsReadField() {
    ClientServerMessage message = (ClientServerMessage) Dhcp6Message.decode(SOLICIT);

    assertThat(message.type()).isEqualTo(Dhcp6MessageType.SOLICIT);
    assertThat(message.transactionId()).isEqualTo(0x0a0b0c);
    assertThat(message.options().first(Dhcp6Options.CLIENT_ID))
        .contains(Duid.ofText("00:03:00:01:02:00:00:00:00:01"));
    assertThat(message.options().first(Dhcp6Options.ORO)).contains(OptionRequest.of(23, 24));
    assertThat(message.options().first(Dhcp6Options.ELAPSED_TIME)).contains(0);
    assertThat(message.options().first(Dhcp6Options.IA_NA))
        .contains(new IaNa(1, 0, 0, Options.EMPTY));
    assertThat(message).hasToString("solicit xid 0x0a0b0c [1:10 6:4 8:2 3:12 65000:1]");
  }

  @Test
  void whatIsUnknownSurvivesOctetByOctet() {
    assertThat(Dhcp6Message.decode(SOLICIT).encode()).isEqualTo(SOLICIT);
  }

  @Test
  void relayChainIsUnwrapped() {
    RelayMessage inner =
        RelayMessage.forward(
            0,
            Ipv6.ofText("2001:db8:1::1"),
            Ipv6.ofText("fe80::1"),
            Options.builder()
                .add(Dhcp6Options.INTERFACE_ID, Bytes.ofUtf8("ge-0/0/1"))
                .add(Dhcp6Options.RELAY_MSG, SOLICIT)
                .build());
    RelayMessage outer =
        RelayMessage.forward(
            1,
            Ipv6.UNSPECIFIED,
            Ipv6.ofText("2001:db8:1::1"),
            Options.builder().add(Dhcp6Options.RELAY_MSG, inner.encode()).build());

    RelayChain chain = RelayChain.decode(outer.encode());

    assertThat(chain.relays()).containsExactly(outer, inner);
    assertThat(chain.innermostRelay()).isEqualTo(inner);
    assertThat(chain.message()).isEqualTo(Dhcp6Message.decode(SOLICIT));
  }
}

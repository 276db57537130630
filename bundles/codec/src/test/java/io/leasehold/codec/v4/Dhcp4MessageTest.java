// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv4;
import org.junit.jupiter.api.Test;

class Dhcp4MessageTest {
  private static final String DISCOVER =
      "01" // op: BOOTREQUEST, RFC 2131 section 2
          + "01" // htype: Ethernet
          + "06" // hlen
          + "01" // hops
          + "0a0b0c0d" // xid
          + "0003" // secs
          + "8000" // flags: broadcast
          + "00000000" // ciaddr
          + "00000000" // yiaddr
          + "00000000" // siaddr
          + "c0000201" // giaddr
          + "020000000001" // chaddr
          + "00".repeat(10) // the rest of chaddr
          + "73657276" // sname
          + "00".repeat(60)
          + "626f6f74" // file
          + "00".repeat(124)
          + "63825363" // magic cookie
          + "350101" // DHCP message type: DHCPDISCOVER, RFC 2132 section 9.6
          + "3d0701020000000001" // client identifier, section 9.14
          + "0000" // padding
          + "37020103" // parameter request list: 1, 3
          + "e001ff" // a code without a meaning
          + "390205dc" // maximum message size: 1500
          + "ff" // end
          + "00".repeat(34);

  @Test
  void discoverIsReadFieldByField() {
    Dhcp4Message message = Dhcp4Message.decode(Bytes.ofHex(DISCOVER));

    assertThat(message.op()).isEqualTo(Dhcp4Message.BOOT_REQUEST);
    assertThat(message.type()).isEqualTo(Dhcp4MessageType.DISCOVER);
    assertThat(message.isBootp()).isFalse();
    assertThat(message.hardware()).contains(HardwareAddress.ofText("02:00:00:00:00:01"));
    assertThat(message.hops()).isEqualTo(1);
    assertThat(message.transactionId()).isEqualTo(0x0a0b0c0d);
    assertThat(message.seconds()).isEqualTo(3);
    assertThat(message.isBroadcast()).isTrue();
    assertThat(message.isRelayed()).isTrue();
    assertThat(message.clientAddress().isUnspecified()).isTrue();
    assertThat(message.relayAddress()).isEqualTo(Ipv4.ofText("192.0.2.1"));
    assertThat(message.serverName()).isEqualTo(Bytes.ofUtf8("serv"));
    assertThat(message.bootFile()).isEqualTo(Bytes.ofUtf8("boot"));
    assertThat(message.options().first(Dhcp4Options.CLIENT_ID))
        .contains(Bytes.ofHex("01020000000001"));
    assertThat(message.options().first(Dhcp4Options.PARAMETER_REQUEST))
        .contains(ParameterRequest.of(1, 3));
    assertThat(message.options().raw(224)).contains(Bytes.of(255));
    assertThat(message.maxReplyLength()).isEqualTo(1472);
    assertThat(message)
        .hasToString(
            "discover xid 0x0a0b0c0d chaddr 02:00:00:00:00:01 [53:1 61:7 55:2 224:1 57:2]");
  }

  @Test
  void messageIsWrittenFieldByField() {
    Dhcp4Message message = Dhcp4Message.decode(Bytes.ofHex(DISCOVER));

    assertThat(message.encode().toHex()).isEqualTo(DISCOVER.replace("00003702", "3702") + "0000");
    assertThat(message.toBuilder().build()).isEqualTo(message);
  }

  @Test
  void messageWithoutCookieOrTypeIsBootp() {
    Bytes discover = Bytes.ofHex(DISCOVER);

    assertThat(Dhcp4Message.decode(discover.slice(0, 236)).isBootp()).isTrue();
    assertThat(Dhcp4Message.decode(discover.slice(0, 239)).options()).isEqualTo(Options.EMPTY);
    assertThat(Dhcp4Message.decode(discover.slice(0, 240)).isBootp()).isTrue();
    assertThat(Dhcp4Message.decode(Bytes.ofHex(DISCOVER.replace("63825363", "63825364"))).options())
        .isEqualTo(Options.EMPTY);
  }

  @Test
  void fieldsRefuseWhatDoesNotFit() {
    assertThatThrownBy(() -> Dhcp4Message.builder().op(256).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dhcp4Message.builder().flags(-1).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dhcp4Message.builder().hardware(1, Bytes.wrap(new byte[17])).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dhcp4Message.builder().serverName(Bytes.wrap(new byte[65])).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dhcp4Message.builder().bootFile(Bytes.wrap(new byte[129])).build())
        .isInstanceOf(IllegalArgumentException.class);
  }
}

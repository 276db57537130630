// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v4.RelayAgentInfo;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** RFC 7839: what says where a client is goes no further than it must. */
class AccessIdentifiersTest {
  private static final Bytes SECRET = Bytes.ofUtf8("cell-4711");
  private static final Ipv6 LINK = Ipv6.ofText("2001:db8:1::1");

  private static Bytes solicit() {
    return new ClientServerMessage(
            Dhcp6MessageType.SOLICIT,
            7,
            Options.builder().add(1, Bytes.ofHex("00030001020000000001")).build())
        .encode();
  }

  private static Bytes relayed(Bytes inner, Options.Builder options) {
    return RelayMessage.forward(0, LINK, Ipv6.ofText("fe80::1"), options.add(9, inner).build())
        .encode();
  }

  private static Bytes discover(Bytes relayAgentInformation) {
    return Dhcp4Message.builder()
        .op(Dhcp4Message.BOOT_REQUEST)
        .relayAddress(Ipv4.ofText("192.0.2.1"))
        .options(
            Options.builder()
                .add(Dhcp4Options.MESSAGE_TYPE, Dhcp4MessageType.DISCOVER)
                .add(82, relayAgentInformation)
                .build())
        .build()
        .encode();
  }

  private static boolean has(Bytes datagram, Bytes octets) {
    return datagram.toHex().contains(octets.toHex());
  }

  @Test
  void allSixGoFromEveryLevelAndTheRestStays() {
    Options.Builder inner = Options.builder().add(18, Bytes.of(1, 2));
    Options.Builder outer = Options.builder().add(37, Bytes.of(0, 0, 0, 9, 3));
    for (int code = 105; code <= 110; code++) {
      inner.add(code, SECRET);
      outer.add(code, SECRET);
    }
    Bytes message = relayed(relayed(solicit(), inner), outer);

    Bytes clean = AccessIdentifiers.without(Family.IPV6, message);

    assertThat(has(message, SECRET)).isTrue();
    assertThat(has(clean, SECRET)).isFalse();
    RelayChain chain = RelayChain.decode(clean);
    assertThat(chain.relays().get(0).options().raw(37)).contains(Bytes.of(0, 0, 0, 9, 3));
    assertThat(chain.relays().get(1).options().raw(18)).contains(Bytes.of(1, 2));
    assertThat(chain.message().encode()).isEqualTo(solicit());
  }

  @Test
  void subOptionsGoFromOption82AndTheRestStays() {
    String hex = "01 02 6131"; // circuit-id a1
    for (int code = 13; code <= 18; code++) {
      hex += " %02x %02x ".formatted(code, SECRET.length()) + SECRET.toHex();
    }
    hex += " 02 01 ff";
    Bytes message = discover(Bytes.ofHex(hex.replace(" ", "")));

    Bytes clean = AccessIdentifiers.without(Family.IPV4, message);

    assertThat(has(clean, SECRET)).isFalse();
    RelayAgentInfo rest =
        Dhcp4Message.decode(clean).options().first(Dhcp4Options.RELAY_AGENT_INFO).orElseThrow();
    assertThat(rest.raw(1)).contains(Bytes.of('a', '1'));
    assertThat(rest.raw(2)).contains(Bytes.of(0xff));
    assertThat(Dhcp4Message.decode(clean).type()).isEqualTo(Dhcp4MessageType.DISCOVER);
  }

  /** RFC 3396: the option comes in parts, and a part may end inside of a sub-option. */
  @Test
  void subOptionThatIsSplitGoesWhole() {
    Bytes whole = Bytes.ofHex("01026131" + "0d14" + "aa".repeat(20) + "0201ff");
    Bytes message = discover(whole);
    int at = message.toHex().indexOf("521d") / 2;
    byte[] split = new byte[message.length() + 2];
    message.slice(0, at + 2).copyTo(split, 0);
    split[at + 1] = 10;
    message.slice(at + 2, at + 12).copyTo(split, at + 2);
    split[at + 12] = 82;
    split[at + 13] = (byte) (whole.length() - 10);
    message.slice(at + 12, message.length()).copyTo(split, at + 14);

    Bytes clean = AccessIdentifiers.without(Family.IPV4, Bytes.wrap(split));

    assertThat(clean.toHex()).doesNotContain("aaaa");
    assertThat(
            Dhcp4Message.decode(clean).options().first(Dhcp4Options.RELAY_AGENT_INFO).orElseThrow())
        .satisfies(rest -> assertThat(rest.raw(1)).contains(Bytes.of('a', '1')))
        .satisfies(rest -> assertThat(rest.raw(2)).contains(Bytes.of(0xff)));
  }

  @Test
  void messageWithoutThemIsTheSameObject() {
    Bytes six = relayed(solicit(), Options.builder().add(18, Bytes.of(1)));
    Bytes four = discover(Bytes.ofHex("01026131"));

    assertThat(AccessIdentifiers.without(Family.IPV6, six)).isSameAs(six);
    assertThat(AccessIdentifiers.without(Family.IPV4, four)).isSameAs(four);
    assertThat(AccessIdentifiers.without(Family.IPV6, solicit()).toHex())
        .isEqualTo(solicit().toHex());
  }

  @Test
  void allOfOption82GoesWhereNobodyIsTrusted() {
    Bytes message = discover(Bytes.ofHex("01026131"));

    Bytes clean = AccessIdentifiers.withoutRelayInformation(message);

    assertThat(Dhcp4Message.decode(clean).options().has(82)).isFalse();
    assertThat(Dhcp4Message.decode(clean).type()).isEqualTo(Dhcp4MessageType.DISCOVER);
  }

  @Property(tries = 300)
  void noOctetsMakeItThrow(
      @ForAll @Size(max = 300) List<@IntRange(max = 255) Integer> octets,
      @ForAll boolean six,
      @ForAll boolean looksRight) {
    byte[] datagram = new byte[300];
    for (int i = 0; i < octets.size(); i++) {
      datagram[i] = octets.get(i).byteValue();
    }
    if (looksRight) {
      datagram[0] = 12;
      Bytes.ofHex("63825363").copyTo(datagram, 236);
      datagram[240] = 82;
    }
    Bytes wrapped = Bytes.wrap(datagram);

    Bytes clean = AccessIdentifiers.without(six ? Family.IPV6 : Family.IPV4, wrapped);

    assertThat(clean.length()).isLessThanOrEqualTo(wrapped.length() + 2);
    assertThat(AccessIdentifiers.withoutRelayInformation(wrapped).length())
        .isLessThanOrEqualTo(wrapped.length());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import static io.leasehold.relay.agent.v4.RelayOfTests.ETH1;
import static io.leasehold.relay.agent.v4.RelayOfTests.only;
import static io.leasehold.relay.agent.v4.RelayOfTests.option82;
import static io.leasehold.relay.agent.v4.RelayOfTests.problems;
import static io.leasehold.relay.agent.v4.RelayOfTests.request;
import static io.leasehold.relay.agent.v4.RelayOfTests.upstream;
import static io.leasehold.relay.agent.v4.RelayOfTests.upstreamOctets;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.relay.agent.Effect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the relay agent says of a client. */
final class AgentOptionTest {
  private static final Bytes DISCOVER = request(Dhcp4MessageType.DISCOVER).build().encode();

  @Test
  void nothingIsSaidUnlessConfigured() {
    assertThat(said("server.override", "false")).isEmpty();
  }

  private static String said(String... keysAndValues) {
    return option82(upstream(RelayOfTests.with(keysAndValues).client("eth1", DISCOVER)));
  }

  @Test
  void everySubOptionHasItsFormat() {
    String flags = "0a0100";
    assertThat(said("circuit.id", "%n/%i"))
        .isEqualTo("010b" + Bytes.ofUtf8("campus/eth1").toHex() + flags);
    assertThat(said("circuit.id", "0x00ff")).isEqualTo("010200ff" + flags);
    assertThat(said("remote.id", "modem")).isEqualTo("02056d6f64656d" + flags);
    assertThat(said("link.selection", "10.1.2.0/24")).isEqualTo("05040a010200" + flags);
    assertThat(said("link.selection", "10.1.2.0")).isEqualTo("05040a010200" + flags);
    assertThat(said("subscriber.id", "jo")).isEqualTo("06026a6f" + flags);
    assertThat(said("vendor.options", "4491:0x0102, 9:x"))
        .isEqualTo("090d" + "0000118b020102" + "000000090178" + flags);
    assertThat(said("relay.id", "r1")).isEqualTo(flags + "0c027231");
    assertThat(said("server.override", "true")).isEqualTo(flags + "0b04c0000201");
    assertThat(said("upstream.source.port", "1067")).isEqualTo(flags + "1300");
    assertThat(said("virtual.network", "red")).isEqualTo(flags + "970400726564" + "9800");
    assertThat(said("virtual.network", "vpn-id:00010203040506"))
        .isEqualTo(flags + "97080100010203040506" + "9800");
    assertThat(said("virtual.network", "global")).isEqualTo(flags + "9701ff" + "9800");
  }

  @Test
  void accessNetworkIsSaidInItsSubOptions() {
    assertThat(
            said(
                "access.technology", "4",
                "access.network", "ssid",
                "access.point", "ap",
                "access.bssid", "02:00:00:00:00:01",
                "access.operator", "9",
                "access.realm", "r"))
        .isEqualTo(
            "0a0100"
                + "0d020004"
                + "0e0473736964"
                + "0f026170"
                + "1006020000000001"
                + "110400000009"
                + "120172");
  }

  @Test
  void flagsSayWhetherTheClientSentToUsAlone() {
    RelayOfTests relay = RelayOfTests.with("relay.id", "r");
    Bytes renew =
        request(Dhcp4MessageType.REQUEST).clientAddress(Ipv4.ofText("192.0.2.50")).build().encode();
    List<Effect> effects =
        relay.arrived(renew, RelayOfTests.onLink("eth1", Ipv4.ofText("192.0.2.50"), ETH1, 68));
    assertThat(option82(upstream(effects))).isEqualTo("0a0180" + "0c0172");
  }

  @Test
  void interfacesMayDiffer() {
    RelayOfTests relay = RelayOfTests.with("circuit.id", "%i", "interface.eth2.circuit.id", "lab");
    assertThat(option82(upstream(relay.client("eth1", DISCOVER)))).startsWith("010465746831");
    assertThat(option82(upstream(relay.client("eth2", DISCOVER)))).startsWith("01036c6162");
  }

  @Test
  void circuitTellsInterfacesApartThatShareAnAddress() {
    RelayOfTests relay = RelayOfTests.with("relay.address", "10.9.9.9");
    assertThat(option82(upstream(relay.client("eth2", DISCOVER)))).startsWith("010465746832");
  }

  @Test
  void optionIsTheLastOneAndTheMessageNotTooShort() {
    Bytes relayed = upstreamOctets(RelayOfTests.with("circuit.id", "a").client("eth1", DISCOVER));
    assertThat(relayed.length()).isEqualTo(Dhcp4Message.MIN_LENGTH);
    // Type, then the option, then the end, and zeros.
    assertThat(relayed.slice(240, 254).toHex())
        .isEqualTo("350101" + "5206" + "010161" + "0a0100" + "ff" + "0000");
    assertThat(relayed.slice(251, 300)).isEqualTo(Bytes.ofHex("ff" + "00".repeat(48)));
  }

  @Test
  void octetsBeforeTheOptionStayAsTheyCame() {
    // Padding, and an option in two pieces.
    Bytes strange =
        Bytes.ofHex("0000" + "350101" + "00" + "0c0161" + "3702" + "0103" + "0c0162" + "ff");
    byte[] octets = new byte[240 + strange.length()];
    DISCOVER.slice(0, 240).copyTo(octets, 0);
    strange.copyTo(octets, 240);
    Bytes relayed =
        upstreamOctets(RelayOfTests.with("circuit.id", "a").client("eth1", Bytes.wrap(octets)));
    assertThat(relayed.slice(240, 239 + strange.length()))
        .isEqualTo(strange.slice(0, strange.length() - 1));
    assertThat(relayed.slice(239 + strange.length(), 248 + strange.length()).toHex())
        .isEqualTo("5206" + "010161" + "0a0100" + "ff");
  }

  @Test
  void whatHasNoRoomForTheOptionGoesWithout() {
    RelayOfTests relay = RelayOfTests.with("circuit.id", "a", "option82.message.max", "400");
    assertThat(option82(upstream(relay.client("eth1", sized(392))))).isNotEmpty();
    List<Effect> effects = relay.client("eth1", sized(393));
    assertThat(option82(upstream(effects))).isEmpty();
    assertThat(upstreamOctets(effects).length()).isEqualTo(393);
    assertThat(only(effects, Effect.Count.class).what()).isEqualTo(Reason.OPTION82_NO_ROOM);
  }

  /** A message of that many octets: header, type, an option, end. */
  private static Bytes sized(int octets) {
    Option filler = new Option(60, Bytes.wrap(new byte[octets - 240 - 3 - 2 - 1]));
    return request(Dhcp4MessageType.DISCOVER, filler).build().encode();
  }

  @Test
  void bootpWithoutOptionsGoesWithout() {
    Bytes bootp = Bytes.wrap(DISCOVER.slice(0, 236).toArray());
    byte[] octets = new byte[300];
    bootp.copyTo(octets, 0);
    List<Effect> effects = RelayOfTests.with("circuit.id", "a").client("eth1", Bytes.wrap(octets));
    assertThat(only(effects, Effect.Count.class).what()).isEqualTo(Reason.OPTION82_NO_ROOM);
    assertThat(upstreamOctets(effects).slice(236, 300)).isEqualTo(Bytes.wrap(new byte[64]));
  }

  @Test
  void accessIdentifiersAreLeftOutWhereOthersCouldRead() {
    RelayOfTests relay =
        RelayOfTests.with("circuit.id", "a", "access.technology", "4", "access.realm", "r");
    Bytes message = upstreamOctets(relay.client("eth1", DISCOVER));
    Bytes bare = relay.agent().withoutAccessIdentifiers(message);
    assertThat(option82(Dhcp4Message.decode(bare))).isEqualTo("010161" + "0a0100");
    assertThat(relay.agent().withoutAccessIdentifiers(bare)).isSameAs(bare);
  }

  @Test
  void wrongValuesAreAllNamed() {
    assertThat(
            problems(
                "circuit.id", "0xzz",
                "link.selection", "2001:db8::/32",
                "subscriber.id", "\u00e4",
                "vendor.options", "9",
                "access.point", "ap",
                "access.bssid", "01:02",
                "virtual.network", "vpn-id:01",
                "relay.address", "255.255.255.255",
                "seconds.min", "x",
                "option82.present", "keep"))
        .anyMatch(each -> each.startsWith("circuit.id = 0xzz"))
        .anyMatch(each -> each.startsWith("link.selection = 2001:db8::/32"))
        .anyMatch(each -> each.startsWith("subscriber.id = "))
        .anyMatch(each -> each.startsWith("vendor.options = 9"))
        .anyMatch(each -> each.startsWith("access.bssid = 01:02"))
        .anyMatch(each -> each.contains("need access.technology"))
        .anyMatch(each -> each.startsWith("virtual.network = vpn-id:01"))
        .anyMatch(each -> each.startsWith("relay.address = 255.255.255.255"))
        .anyMatch(each -> each.startsWith("seconds.min = x"))
        .anyMatch(each -> each.startsWith("option82.present = keep"));
    assertThat(problems("remote.id", "x".repeat(250))).isEmpty();
    assertThat(problems("remote.id", "x".repeat(251)))
        .contains("eth1: option 82 would have 256 octets, over 255");
    assertThat(problems("remote.id", "x".repeat(256))).anyMatch(each -> each.contains("over 255"));
  }
}

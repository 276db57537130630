// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import static io.leasehold.relay.agent.v6.Relay6.CLIENT;
import static io.leasehold.relay.agent.v6.Relay6.OWN;
import static io.leasehold.relay.agent.v6.Relay6.SOLICIT;
import static io.leasehold.relay.agent.v6.Relay6.forward;
import static io.leasehold.relay.agent.v6.Relay6.forwarded;
import static io.leasehold.relay.agent.v6.Relay6.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.Arrival.Side;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.Effect;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8415 section 19.1. */
final class ForwardingTest {
  private static final Ipv6 OTHER_RELAY = Ipv6.ofText("fe80::9");
  private static final Ipv6 OTHER_LINK = Ipv6.ofText("2001:db8:9::1");

  @Test
  void aMessageOfAClientIsByteForByteAsTheRfcDrawsIt() {
    Bytes message = Relay6.upstream(Relay6.with().fromClient(SOLICIT)).message();

    assertThat(message.toHex())
        .isEqualTo(
            "0c" // Relay-forward
                + "00" // hop count
                + "20010db8000100000000000000000001" // link-address: ours on that link
                + "fe80000000000000a8bbccfffe000001" // peer-address: the client
                + "0009000a010a0b0c000800020000" // Relay Message
                + "0012000465746831"); // Interface-Id: eth1
  }

  @Test
  void theLinkAddressIsAsConfigured() {
    Relay6 relay = Relay6.with("interface.eth1.link.address = 2001:db8:7::1");

    assertThat(forwarded(relay.fromClient(SOLICIT)).linkAddress())
        .isEqualTo(Ipv6.ofText("2001:db8:7::1"));
  }

  @Test
  void withoutAGlobalAddressTheInterfaceIdTellsTheLink() {
    Relay6 relay = Relay6.with();
    var arrival = Relay6.from(Side.CLIENTS, "eth1", CLIENT, 546);
    var bare =
        new Arrival(
            arrival.side(),
            "eth1",
            List.of(Relay6.OWN_LINK_LOCAL),
            arrival.local(),
            CLIENT,
            546,
            arrival.peer(),
            arrival.assurance());

    RelayMessage message = forwarded(relay.agent.arrived(SOLICIT, bare, 0));
    assertThat(message.linkAddress()).isEqualTo(Ipv6.UNSPECIFIED);
    assertThat(message.options().rawOrEmpty(Dhcp6OptionCode.INTERFACE_ID).toUtf8())
        .isEqualTo("eth1");
    assertThat(
            Relay6.with("interface.id = none", "interface.eth2.interface.id = none")
                .agent
                .arrived(SOLICIT, bare, 0))
        .containsExactly(new Effect.Drop(Dhcp6Drop.NO_LINK));
  }

  @Test
  void optionsAreAddedAsConfigured() {
    Relay6 relay =
        Relay6.with(
            "interface.eth1.interface.id = 0x0102",
            "interface.eth1.remote.id = 32473:port 7",
            "interface.eth1.subscriber.id = alice",
            "relay.id = 00030001020304050607",
            "client.link.layer.address = eui-64");

    RelayMessage message = forwarded(relay.fromClient(SOLICIT));

    assertThat(message.options().rawOrEmpty(Dhcp6OptionCode.INTERFACE_ID).toHex())
        .isEqualTo("0102");
    assertThat(message.options().rawOrEmpty(Dhcp6OptionCode.REMOTE_ID).toHex())
        .isEqualTo("00007ed9" + Bytes.ofUtf8("port 7").toHex());
    assertThat(message.options().rawOrEmpty(Dhcp6OptionCode.SUBSCRIBER_ID).toUtf8())
        .isEqualTo("alice");
    assertThat(message.options().rawOrEmpty(Dhcp6OptionCode.RELAY_ID).toHex())
        .isEqualTo("00030001020304050607");
    // RFC 6939 section 4: hardware type 1, then the address.
    assertThat(message.options().rawOrEmpty(Dhcp6OptionCode.CLIENT_LINKLAYER_ADDR).toHex())
        .isEqualTo("0001aabbcc000001");
    assertThat(message.relayed()).contains(SOLICIT);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 10, 13, 15, 16, 17, 19, 21, 37})
  void messagesOfServersFromClientsAreDroppedWithAnAlarm(int type) {
    List<Effect> effects =
        Relay6.with("trusted = true").fromClient(Bytes.of(type, 1, 2, 3, 0, 8, 0, 2, 0, 0));

    assertThat(effects).hasSize(2).contains(new Effect.Drop(Dhcp6Drop.SERVER_MESSAGE));
    assertThat(((Effect.Alarm) effects.get(1)).sentence())
        .contains("interface eth1")
        .contains(CLIENT.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 22, 23, 24, 35})
  void messagesThatClientsHaveNoBusinessWithAreDropped(int type) {
    assertThat(Relay6.with().fromClient(Bytes.of(type, 1, 2, 3)))
        .containsExactly(new Effect.Drop(Dhcp6Drop.TYPE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 6, 8, 9, 11, 20, 36, 77, 255})
  void messagesOfClientsAndUnknownOnesAreRelayed(int type) {
    Bytes message = Bytes.of(type, 1, 2, 3);

    assertThat(forwarded(Relay6.with().fromClient(message)).relayed()).contains(message);
  }

  @Test
  void relayForwardNeedsATrustedInterface() {
    Bytes message = forward(0, OTHER_LINK, SOLICIT).encode();
    Effect untrusted = new Effect.Drop(Dhcp6Drop.UNTRUSTED);

    assertThat(Relay6.with().fromRelay(message, OTHER_RELAY, 547)).containsExactly(untrusted);
    assertThat(
            Relay6.with("trusted = true", "relay.forward.from.clients = never")
                .fromRelay(message, OTHER_RELAY, 547))
        .containsExactly(untrusted);
    assertThat(
            forwarded(
                Relay6.with("relay.forward.from.clients = any")
                    .fromRelay(message, OTHER_RELAY, 547)))
        .isNotNull();
    assertThat(
            forwarded(
                Relay6.with("interface.eth1.trusted = true").fromRelay(message, OTHER_RELAY, 547)))
        .isNotNull();
  }

  @Test
  void aRelayForwardIsWrappedWithOneHopMore() {
    Bytes message = forward(3, OTHER_LINK, SOLICIT).encode();
    RelayMessage wrapped =
        forwarded(Relay6.with("trusted = true").fromRelay(message, OTHER_RELAY, 547));

    assertThat(wrapped.hopCount()).isEqualTo(4);
    assertThat(wrapped.peerAddress()).isEqualTo(OTHER_RELAY);
    assertThat(wrapped.linkAddress()).isEqualTo(OWN);
    assertThat(wrapped.relayed()).contains(message);
  }

  @Test
  void theLinkAddressIsZeroIfTheOtherRelayAgentHasAGlobalAddress() {
    Bytes message = forward(0, OTHER_LINK, SOLICIT).encode();
    RelayMessage wrapped =
        forwarded(
            Relay6.with("trusted = true").fromRelay(message, Ipv6.ofText("2001:db8:1::9"), 547));

    assertThat(wrapped.linkAddress()).isEqualTo(Ipv6.UNSPECIFIED);
  }

  @Test
  void theHopLimitEndsLoops() {
    Relay6 relay = Relay6.with("trusted = true");

    assertThat(
            forwarded(relay.fromRelay(forward(7, OTHER_LINK, SOLICIT).encode(), OTHER_RELAY, 547))
                .hopCount())
        .isEqualTo(8);
    assertThat(relay.fromRelay(forward(8, OTHER_LINK, SOLICIT).encode(), OTHER_RELAY, 547))
        .containsExactly(new Effect.Drop(Dhcp6Drop.HOP_LIMIT));
    assertThat(relay.fromRelay(forward(255, OTHER_LINK, SOLICIT).encode(), OTHER_RELAY, 547))
        .containsExactly(new Effect.Drop(Dhcp6Drop.HOP_LIMIT));
  }

  @Test
  void aHopCountThatLiesDoesNotHelp() {
    Bytes message = SOLICIT;
    for (int i = 0; i < 9; i++) {
      message = forward(0, OTHER_LINK, message).encode();
    }
    Bytes deep = message;

    assertThatThrownBy(() -> Relay6.with("trusted = true").fromRelay(deep, OTHER_RELAY, 547))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void malformedRelayMessagesAreRefused() {
    Relay6 relay = Relay6.with("trusted = true");
    Bytes whole = forward(0, OTHER_LINK, SOLICIT).encode();

    for (int length = 0; length < whole.length(); length++) {
      Bytes cut = whole.slice(0, length);
      assertThatThrownBy(() -> relay.fromRelay(cut, OTHER_RELAY, 547))
          .isInstanceOf(MalformedPacketException.class);
    }
  }

  @Test
  void anotherSourcePortIsRecorded() {
    Bytes message = forward(0, OTHER_LINK, SOLICIT).encode();
    Relay6 usual = Relay6.with("trusted = true");
    Relay6 other = Relay6.with("trusted = true", "upstream.source.port = 10547");

    assertThat(port(usual.fromRelay(message, OTHER_RELAY, 547))).isEmpty();
    assertThat(port(usual.fromClient(SOLICIT))).isEmpty();
    assertThat(port(usual.fromRelay(message, OTHER_RELAY, 1000))).isEqualTo("03e8");
    assertThat(port(other.fromRelay(message, OTHER_RELAY, 1000))).isEqualTo("03e8");
    assertThat(port(other.fromRelay(message, OTHER_RELAY, 547))).isEqualTo("0000");
    assertThat(port(other.fromClient(SOLICIT))).isEqualTo("0000");
  }

  private static String port(List<Effect> effects) {
    return forwarded(effects).options().rawOrEmpty(Dhcp6OptionCode.RELAY_PORT).toHex();
  }

  @Test
  void othersThanHostsAreNoSource() {
    for (String address : List.of("::", "ff02::1")) {
      var arrival = from(Side.CLIENTS, "eth1", Ipv6.ofText(address), 546);
      assertThat(Relay6.with().agent.arrived(SOLICIT, arrival, 0))
          .containsExactly(new Effect.Drop(Dhcp6Drop.SOURCE));
    }
    assertThat(Relay6.with().agent.arrived(SOLICIT, from(Side.CLIENTS, "eth9", CLIENT, 546), 0))
        .containsExactly(new Effect.Drop(Dhcp6Drop.INTERFACE));
  }

  @Test
  void aRelayAgentSpeaksForItsLinksOnly() {
    Relay6 relay = Relay6.with((peer, link) -> link.equals(OTHER_LINK), ClientWatch.NONE);
    AuthenticatedPeer peer = peer("branch");

    List<Effect> effects =
        relay.agent.arrived(
            forward(0, OTHER_LINK, SOLICIT).encode(), Relay6.fromPeer(peer, OTHER_RELAY), 0);
    assertThat(effects.get(0)).isEqualTo(new Effect.Remember("branch"));
    RelayMessage wrapped = forwarded(effects);
    assertThat(wrapped.options().rawOrEmpty(Dhcp6OptionCode.INTERFACE_ID).toUtf8())
        .isEqualTo("hop:branch");
    assertThat(wrapped.linkAddress()).isEqualTo(Ipv6.UNSPECIFIED);

    Bytes elsewhere = forward(1, Ipv6.UNSPECIFIED, forward(0, OWN, SOLICIT).encode()).encode();
    assertThat(relay.agent.arrived(elsewhere, Relay6.fromPeer(peer, OTHER_RELAY), 0))
        .containsExactly(new Effect.Drop(Dhcp6Drop.SCOPE));
    assertThat(relay.agent.arrived(SOLICIT, Relay6.fromPeer(peer, OTHER_RELAY), 0))
        .containsExactly(new Effect.Drop(Dhcp6Drop.TYPE));
  }

  private static AuthenticatedPeer peer(String name) {
    return new AuthenticatedPeer(
        name,
        Set.of(PeerRole.RELAY),
        "tls-psk",
        new ChannelFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", "x25519", "", "", Instant.EPOCH));
  }

  @Test
  void accessIdentifiersAreLeftOutAtEveryLevel() {
    var inner =
        RelayMessage.forward(
            0,
            OTHER_LINK,
            CLIENT,
            Options.builder()
                .add(105, Bytes.of(1))
                .add(Dhcp6OptionCode.RELAY_MSG, SOLICIT)
                .add(110, Bytes.of(2))
                .add(111, Bytes.of(3))
                .build());
    Relay6 relay = Relay6.with("trusted = true");
    Bytes message = Relay6.upstream(relay.fromRelay(inner.encode(), OTHER_RELAY, 547)).message();

    RelayMessage stripped = RelayMessage.decode(relay.agent.withoutAccessIdentifiers(message));
    RelayMessage below = RelayMessage.decode(stripped.relayed().orElseThrow());
    assertThat(below.options().has(105)).isFalse();
    assertThat(below.options().has(110)).isFalse();
    assertThat(below.options().has(111)).isTrue();
    assertThat(below.relayed()).contains(SOLICIT);
    assertThat(stripped.options().rawOrEmpty(Dhcp6OptionCode.INTERFACE_ID).toUtf8())
        .isEqualTo("eth1");

    Bytes plain = Relay6.upstream(relay.fromClient(SOLICIT)).message();
    assertThat(relay.agent.withoutAccessIdentifiers(plain)).isSameAs(plain);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import static io.leasehold.relay.agent.v6.Relay6.CLIENT;
import static io.leasehold.relay.agent.v6.Relay6.REPLY;
import static io.leasehold.relay.agent.v6.Relay6.SOLICIT;
import static io.leasehold.relay.agent.v6.Relay6.answer;
import static io.leasehold.relay.agent.v6.Relay6.forward;
import static io.leasehold.relay.agent.v6.Relay6.forwarded;
import static io.leasehold.relay.agent.v6.Relay6.from;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Arrival.Side;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.Flow;
import io.leasehold.transport.Destination;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 19.2. */
final class RelayReplyTest {
  private static final Ipv6 OTHER_RELAY = Ipv6.ofText("fe80::9");
  private static final Ipv6 OTHER_LINK = Ipv6.ofText("2001:db8:9::1");

  @Test
  void aReplyGoesToTheClientUnchanged() {
    Relay6 relay = Relay6.with();
    RelayMessage forwarded = forwarded(relay.fromClient(SOLICIT));

    assertThat(relay.fromServer(answer(forwarded, REPLY)))
        .containsExactly(new Effect.ToClient("eth1", Destination.of(CLIENT, 546), REPLY));
  }

  @Test
  void anythingThatIsRelayedIsPassedOnWhateverItsType() {
    Relay6 relay = Relay6.with();
    RelayMessage forwarded = forwarded(relay.fromClient(SOLICIT));
    Bytes unknown = Bytes.of(99, 1, 2, 3);

    assertThat(relay.fromServer(answer(forwarded, unknown)))
        .containsExactly(new Effect.ToClient("eth1", Destination.of(CLIENT, 546), unknown));
  }

  @Test
  void withoutAnInterfaceIdTheLinkAddressTellsTheInterface() {
    Relay6 relay = Relay6.with("interface.eth2.link.address = 2001:db8:2::1");
    relay.fromClient(SOLICIT); // By now the address of eth1 is known.

    assertThat(relay.fromServer(reply(Ipv6.ofText("2001:db8:2::1"), CLIENT, REPLY)))
        .containsExactly(new Effect.ToClient("eth2", Destination.of(CLIENT, 546), REPLY));
    assertThat(relay.fromServer(reply(Relay6.OWN, CLIENT, REPLY)))
        .containsExactly(new Effect.ToClient("eth1", Destination.of(CLIENT, 546), REPLY));
    assertThat(relay.fromServer(reply(OTHER_LINK, CLIENT, REPLY)))
        .containsExactly(new Effect.Drop(Dhcp6Drop.UNKNOWN_INTERFACE));
  }

  @Test
  void relayAgentsHearOnTheirPort() {
    Relay6 relay = Relay6.with("trusted = true");
    Bytes message = forward(0, OTHER_LINK, SOLICIT).encode();
    Bytes back = reply(OTHER_LINK, CLIENT, REPLY).encode();

    RelayMessage usual = forwarded(relay.fromRelay(message, OTHER_RELAY, 547));
    assertThat(relay.fromServer(answer(usual, back)))
        .containsExactly(new Effect.ToClient("eth1", Destination.of(OTHER_RELAY, 547), back));
    // RFC 8357 section 5.2
    RelayMessage other = forwarded(relay.fromRelay(message, OTHER_RELAY, 1000));
    assertThat(relay.fromServer(answer(other, back)))
        .containsExactly(new Effect.ToClient("eth1", Destination.of(OTHER_RELAY, 1000), back));
  }

  @Test
  void aRelayAgentWithAGlobalAddressNeedsNoLink() {
    Ipv6 routed = Ipv6.ofText("2001:db8:77::1");
    Bytes back = reply(OTHER_LINK, CLIENT, REPLY).encode();

    assertThat(Relay6.with().fromServer(reply(Ipv6.UNSPECIFIED, routed, back)))
        .containsExactly(new Effect.ToClient("", Destination.of(routed, 547), back));
  }

  @Test
  void repliesForConnectionsGoBackOnThem() {
    RelayMessage reply =
        RelayMessage.reply(
            0,
            Ipv6.UNSPECIFIED,
            OTHER_RELAY,
            Options.builder()
                .add(Dhcp6OptionCode.INTERFACE_ID, Bytes.ofUtf8("hop:branch"))
                .add(Dhcp6OptionCode.RELAY_MSG, REPLY)
                .build());

    assertThat(Relay6.with().fromServer(reply))
        .containsExactly(new Effect.ToBelow("branch", REPLY));
  }

  @Test
  void whatIsNoReplyForUsIsDropped() {
    Relay6 relay = Relay6.with();
    RelayMessage forwarded = forwarded(relay.fromClient(SOLICIT));

    assertThat(relay.agent.arrived(SOLICIT, from(Side.UPSTREAM, "eth0", Relay6.SERVER, 547), 0))
        .containsExactly(new Effect.Drop(Dhcp6Drop.NOT_A_REPLY));
    assertThat(relay.fromServer(answer(forwarded, Bytes.EMPTY)))
        .containsExactly(new Effect.Drop(Dhcp6Drop.NOTHING_RELAYED));
    assertThat(relay.fromServer(reply(Relay6.OWN, Ipv6.ofText("ff02::1"), REPLY)))
        .containsExactly(new Effect.Drop(Dhcp6Drop.PEER_ADDRESS));
  }

  @Test
  void answersTellWhichServerHasTheClient() {
    Relay6 relay =
        Relay6.with("upstream.mode = first", "upstream = udp://[2001:db8::1] udp://[2001:db8::2]");
    List<Effect> effects = relay.fromClient(SOLICIT);
    assertThat(Relay6.upstream(effects).flow()).isEqualTo(new Flow(CLIENT.bytes(), Bytes.EMPTY));

    assertThat(relay.fromServer(answer(forwarded(effects), REPLY)))
        .contains(new Effect.Answered(new Flow(CLIENT.bytes(), Bytes.ofHex("aabbccdd"))));
    Bytes request = Bytes.ofHex("030a0b0c00020004aabbccdd");
    assertThat(Relay6.upstream(relay.fromClient(request)).flow())
        .isEqualTo(new Flow(CLIENT.bytes(), Bytes.ofHex("aabbccdd")));
  }

  @Test
  void whereAPoolIsClientsAreKnownByTheirDuid() {
    Relay6 relay = Relay6.with("upstream = pool:dhcp6-core");
    Bytes duid = Bytes.ofHex("00020000ab11" + "0102030405060708090a0b0c0d0e0f10111213");
    Bytes client = Bytes.ofHex("000100" + "%02x".formatted(duid.length()) + duid.toHex());
    assertThat(flow(relay, "010a0b0c" + client.toHex()))
        .as("whole, beyond the 16 octets of RFC 3074")
        .isEqualTo(new Flow(duid, Bytes.EMPTY, true));
    assertThat(flow(relay, "050a0b0c" + client.toHex() + "00020004aabbccdd"))
        .isEqualTo(new Flow(duid, Bytes.ofHex("aabbccdd"), true));
    assertThat(flow(relay, "060a0b0c" + client.toHex()).answered()).as("rebind").isFalse();
    assertThat(flow(relay, "040a0b0c" + client.toHex()).answered()).as("confirm").isFalse();
    assertThat(flow(relay, "0b0a0b0c000800020000"))
        .as("without a DUID")
        .isEqualTo(new Flow(CLIENT.bytes(), Bytes.EMPTY, true));
    Bytes reply = Bytes.ofHex("070a0b0c" + client.toHex() + "00020004aabbccdd");
    assertThat(relay.fromServer(answer(forwarded(relay.fromClient(SOLICIT)), reply)))
        .contains(new Effect.Answered(new Flow(duid, Bytes.ofHex("aabbccdd"))));
  }

  private static Flow flow(Relay6 relay, String message) {
    return Relay6.upstream(relay.fromClient(Bytes.ofHex(message))).flow();
  }

  @Test
  void theWatchSeesWhatClientsAndServersSay() {
    List<String> seen = new ArrayList<>();
    ClientWatch watch =
        new ClientWatch() {
          @Override
          public boolean fromClient(Bytes message, String name, Ipv6 client, long nowMillis) {
            seen.add("from " + client + " on " + name + ": " + message);
            return message.at(0) != 8;
          }

          @Override
          public void toClient(Bytes message, String name, Ipv6 client, long nowMillis) {
            seen.add("to " + client + " on " + name + ": " + message);
          }
        };
    Relay6 relay = Relay6.with((peer, link) -> true, watch);
    relay.fromServer(answer(forwarded(relay.fromClient(SOLICIT)), REPLY));

    assertThat(seen)
        .containsExactly(
            "from " + CLIENT + " on eth1: " + SOLICIT, "to " + CLIENT + " on eth1: " + REPLY);
    assertThat(relay.fromClient(Bytes.of(8, 0, 0, 1)))
        .containsExactly(new Effect.Drop(Dhcp6Drop.SPOOFED));
  }

  private static RelayMessage reply(Ipv6 link, Ipv6 peer, Bytes inner) {
    return RelayMessage.reply(
        0, link, peer, Options.builder().add(Dhcp6OptionCode.RELAY_MSG, inner).build());
  }
}

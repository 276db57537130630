// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import static io.leasehold.relay.agent.v4.RelayOfTests.BELOW;
import static io.leasehold.relay.agent.v4.RelayOfTests.CLIENT;
import static io.leasehold.relay.agent.v4.RelayOfTests.ETH1;
import static io.leasehold.relay.agent.v4.RelayOfTests.dropped;
import static io.leasehold.relay.agent.v4.RelayOfTests.only;
import static io.leasehold.relay.agent.v4.RelayOfTests.option82;
import static io.leasehold.relay.agent.v4.RelayOfTests.reply;
import static io.leasehold.relay.agent.v4.RelayOfTests.request;
import static io.leasehold.relay.agent.v4.RelayOfTests.toClient;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Effect;
import io.leasehold.transport.Destination;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From servers to clients. */
final class RepliesTest {
  private static final Ipv4 GIVEN = Ipv4.ofText("192.0.2.50");
  private static final Destination EVERYBODY = Destination.of(Ipv6.mapped(Ipv4.BROADCAST), 68);

  private final RelayOfTests plain = asked(RelayOfTests.with());

  /** After each interface has had a message. */
  private static RelayOfTests asked(RelayOfTests relay) {
    Bytes discover = request(Dhcp4MessageType.DISCOVER).build().encode();
    relay.client("eth1", discover);
    relay.client("eth2", discover);
    return relay;
  }

  private static Dhcp4Message.Builder ack(Option... more) {
    return reply(Dhcp4MessageType.ACK, more).relayAddress(ETH1).yourAddress(GIVEN);
  }

  @Test
  void answerGoesToTheHardwareAddressAsItCame() {
    Bytes octets = ack().build().encode();
    Effect.ToClient sent = toClient(plain.server(octets));
    assertThat(sent.interfaceName()).isEqualTo("eth1");
    assertThat(sent.to()).isEqualTo(new Destination(Ipv6.mapped(GIVEN), 68, Optional.of(CLIENT)));
    assertThat(sent.message()).isEqualTo(octets);
  }

  @Test
  void answerIsBroadcastToWhoeverWantsThat() {
    assertThat(to(ack().flags(Dhcp4Message.BROADCAST))).isEqualTo(EVERYBODY);
    assertThat(to(reply(Dhcp4MessageType.NAK).relayAddress(ETH1).clientAddress(GIVEN)))
        .isEqualTo(EVERYBODY);
    assertThat(to(reply(Dhcp4MessageType.OFFER).relayAddress(ETH1))).isEqualTo(EVERYBODY);
    assertThat(to(ack().hardware(32, Bytes.EMPTY))).isEqualTo(EVERYBODY);
  }

  @Test
  void clientWithAnAddressIsAnsweredThere() {
    Ipv4 known = Ipv4.ofText("192.0.2.51");
    assertThat(to(reply(Dhcp4MessageType.ACK).relayAddress(ETH1).clientAddress(known)))
        .isEqualTo(Destination.of(Ipv6.mapped(known), 68));
  }

  private Destination to(Dhcp4Message.Builder message) {
    return toClient(plain.server(message.build().encode())).to();
  }

  @Test
  void serverThatAnsweredIsTold() {
    Option server = new Option(Dhcp4OptionCode.SERVER_ID, Bytes.of(10, 0, 0, 9));
    Effect.Answered answered =
        only(plain.server(ack(server).build().encode()), Effect.Answered.class);
    assertThat(answered.flow().client()).isEqualTo(CLIENT.address());
    assertThat(answered.flow().server()).isEqualTo(Bytes.of(10, 0, 0, 9));
  }

  @Test
  void answerForNobodyIsDropped() {
    Bytes stray = reply(Dhcp4MessageType.ACK).relayAddress(BELOW).build().encode();
    assertThat(dropped(plain.server(stray))).isEqualTo(Reason.DROP_REPLY_FOR_NOBODY);
    Bytes unrelayed = reply(Dhcp4MessageType.ACK).build().encode();
    assertThat(dropped(plain.server(unrelayed))).isEqualTo(Reason.DROP_REPLY_FOR_NOBODY);
    assertThat(dropped(RelayOfTests.with().server(ack().build().encode())))
        .isEqualTo(Reason.DROP_REPLY_FOR_NOBODY);
  }

  @Test
  void whatServersDoNotSendIsDropped() {
    Bytes request = request(Dhcp4MessageType.REQUEST).relayAddress(ETH1).build().encode();
    assertThat(dropped(plain.server(request))).isEqualTo(Reason.DROP_NOT_A_REPLY);
    assertThat(plain.agent().isForUs(request)).isFalse();
    assertThat(plain.agent().isForUs(ack().build().encode())).isTrue();
    assertThat(plain.agent().isForUs(Bytes.EMPTY)).isFalse();
  }

  @Test
  void ourOptionIsRemoved() {
    RelayOfTests relay = asked(RelayOfTests.with("circuit.id", "a"));
    assertThat(back(relay, ack(option82("010161" + "0a0100")))).isEmpty();
    assertThat(back(plain, ack(option82("010161")))).isEmpty();
  }

  private static String back(RelayOfTests relay, Dhcp4Message.Builder message) {
    Effect.ToClient sent = toClient(relay.server(message.build().encode()));
    return option82(Dhcp4Message.decode(sent.message()));
  }

  @Test
  void everyPieceOfTheOptionIsRemovedAndTheRestStays() {
    byte[] octets = ack().build().encode().toArray();
    // Type, a piece, an option, a piece, end.
    Bytes.ofHex("350105" + "5203010161" + "0c0161" + "52030a0100" + "ff").copyTo(octets, 240);
    Bytes bare = toClient(plain.server(Bytes.wrap(octets))).message();
    assertThat(bare.slice(240, 247).toHex()).isEqualTo("350105" + "0c0161" + "ff");
    assertThat(bare.slice(247, bare.length()).toHex()).matches("0*");
    assertThat(bare.length()).isEqualTo(Dhcp4Message.MIN_LENGTH);
  }

  @Test
  void bridgeThatSaidItGetsItBack() {
    RelayOfTests relay = asked(RelayOfTests.with("trusted", "true", "circuit.id", "a"));
    assertThat(back(relay, ack(option82("010162")))).isEqualTo("010162");
    assertThat(back(relay, ack(option82("010161" + "0a0180")))).isEmpty();
    RelayOfTests otherPort =
        asked(RelayOfTests.with("trusted", "true", "upstream.source.port", "1067"));
    assertThat(back(otherPort, ack(option82("010162" + "1300")))).isEqualTo("010162");
  }

  @Test
  void circuitFindsTheInterfaceWhereTheAddressDoesNot() {
    RelayOfTests relay = asked(RelayOfTests.with("relay.address", "10.9.9.9"));
    Dhcp4Message.Builder offer =
        reply(Dhcp4MessageType.OFFER, option82("010465746832" + "0a0100"))
            .relayAddress(Ipv4.ofText("10.9.9.9"));
    assertThat(toClient(relay.server(offer.build().encode())).interfaceName()).isEqualTo("eth2");
    Bytes mute =
        reply(Dhcp4MessageType.OFFER).relayAddress(Ipv4.ofText("10.9.9.9")).build().encode();
    assertThat(dropped(relay.server(mute))).isEqualTo(Reason.DROP_REPLY_FOR_NOBODY);
  }

  @Test
  void serverThatIgnoredTheVirtualNetworkIsNotBelieved() {
    RelayOfTests relay = asked(RelayOfTests.with("virtual.network", "red"));
    String red = "970400726564";
    assertThat(back(relay, ack(option82("0a0100" + red)))).isEmpty();
    for (String wrong : List.of("0a0100" + red + "9800", "0a0100", "970400626c75")) {
      assertThat(dropped(relay.server(ack(option82(wrong)).build().encode())))
          .as(wrong)
          .isEqualTo(Reason.DROP_OTHER_VIRTUAL_NETWORK);
    }
    assertThat(dropped(plain.server(ack(option82(red)).build().encode())))
        .isEqualTo(Reason.DROP_OTHER_VIRTUAL_NETWORK);
  }

  @Test
  void relayAgentBelowIsAnsweredWhereItListens() {
    RelayOfTests relay = RelayOfTests.with("trusted", "true");
    relay.relay(fromBelow(option82("010161")), 1067);
    Dhcp4Message.Builder offer = toBelow(option82("010161"));
    Effect.ToClient sent = toClient(relay.server(offer.build().encode()));
    assertThat(sent.interfaceName()).isEmpty();
    assertThat(sent.to()).isEqualTo(Destination.of(Ipv6.mapped(BELOW), 67));
    assertThat(sent.message()).isEqualTo(offer.build().encode());
    relay.relay(fromBelow(option82("010161" + "1300")), 1067);
    assertThat(toClient(relay.server(offer.build().encode())).to())
        .isEqualTo(Destination.of(Ipv6.mapped(BELOW), 1067));
  }

  @Test
  void answersOnTheirWayArriveWhenTheConfigurationChanges() {
    RelayOfTests relay = RelayOfTests.with("trusted", "true");
    relay.client("eth1", request(Dhcp4MessageType.DISCOVER).build().encode());
    relay.relay(fromBelow(), 67);
    relay.below(
        request(Dhcp4MessageType.DISCOVER).relayAddress(GIVEN).build().encode(),
        "relay-a",
        RelayOfTests.PRIVATE);
    RelayOfTests next = relay.changed("trusted", "true", "remote.id", "new");

    assertThat(toClient(next.server(ack().build().encode())).interfaceName()).isEqualTo("eth1");
    assertThat(toClient(next.server(toBelow().build().encode())).to().address())
        .isEqualTo(Ipv6.mapped(BELOW));
    Bytes connected = ack().relayAddress(GIVEN).build().encode();
    assertThat(only(next.server(connected), Effect.ToBelow.class).way())
        .isEqualTo(GIVEN.toString());
    RelayOfTests without = relay.changed("interfaces", "eth2");
    assertThat(dropped(without.server(ack().build().encode())))
        .isEqualTo(Reason.DROP_REPLY_FOR_NOBODY);
    assertThat(dropped(without.server(toBelow().build().encode())))
        .isEqualTo(Reason.DROP_REPLY_FOR_NOBODY);
  }

  private static Bytes fromBelow(Option... more) {
    return request(Dhcp4MessageType.DISCOVER, more).hops(1).relayAddress(BELOW).build().encode();
  }

  private static Dhcp4Message.Builder toBelow(Option... more) {
    return reply(Dhcp4MessageType.OFFER, more).relayAddress(BELOW).yourAddress(GIVEN);
  }

  @Test
  void relayAgentOnAConnectionIsAnsweredThere() {
    RelayOfTests relay = RelayOfTests.with();
    relay.below(fromBelow(), "relay-a", RelayOfTests.PRIVATE);
    Effect.ToBelow sent = only(relay.server(toBelow().build().encode()), Effect.ToBelow.class);
    assertThat(sent.way()).isEqualTo("203.0.113.7");
  }

  @Test
  void whatWasAppendedIsTakenOffAgain() {
    RelayOfTests relay =
        RelayOfTests.with(
            "trusted",
            "true",
            "option82.present",
            "append",
            "circuit.id",
            "a",
            "access.technology",
            "4");
    relay.relay(fromBelow(option82("010161")), 67);
    for (String ours : List.of("010161" + "0a0180" + "0d020004", "010161" + "0a0180")) {
      assertThat(back(relay, toBelow(option82("010161" + ours)))).isEqualTo("010161");
    }
    RelayOfTests replacing =
        RelayOfTests.with("trusted", "true", "option82.present", "replace", "circuit.id", "b");
    replacing.relay(fromBelow(option82("010161")), 67);
    assertThat(back(replacing, toBelow(option82("010162" + "0a0180")))).isEmpty();
  }
}

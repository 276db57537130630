// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import static io.leasehold.relay.agent.v4.RelayOfTests.BELOW;
import static io.leasehold.relay.agent.v4.RelayOfTests.ETH1;
import static io.leasehold.relay.agent.v4.RelayOfTests.ETH2;
import static io.leasehold.relay.agent.v4.RelayOfTests.dropped;
import static io.leasehold.relay.agent.v4.RelayOfTests.only;
import static io.leasehold.relay.agent.v4.RelayOfTests.option82;
import static io.leasehold.relay.agent.v4.RelayOfTests.request;
import static io.leasehold.relay.agent.v4.RelayOfTests.upstream;
import static io.leasehold.relay.agent.v4.RelayOfTests.upstreamOctets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.Flow;
import io.leasehold.security.Assurance;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From clients to servers. */
final class RequestsTest {
  private static final Bytes DISCOVER = request(Dhcp4MessageType.DISCOVER).build().encode();

  /** Circuit-id "a", and an access point's name. */
  private static final String THEIRS = "010161" + "0f0178";

  private final RelayOfTests plain = RelayOfTests.with();

  @Test
  void onlyHopsAndRelayAddressChange() {
    byte[] expected = DISCOVER.toArray();
    expected[3] = 1;
    ETH1.bytes().copyTo(expected, 24);
    assertThat(upstreamOctets(plain.client("eth1", DISCOVER))).isEqualTo(Bytes.wrap(expected));
    assertThat(upstream(plain.client("eth2", DISCOVER)).relayAddress()).isEqualTo(ETH2);
  }

  /** RFC 3074 section 4. */
  @Test
  void whereAPoolIsClientsAreKnownByWhatTheyAreHashedBy() {
    RelayOfTests pooled = RelayOfTests.with("upstream", "pool:dhcp4-core");
    Bytes hardware = RelayOfTests.CLIENT.address();
    assertThat(flow(pooled, request(Dhcp4MessageType.DISCOVER)))
        .isEqualTo(new Flow(hardware, Bytes.EMPTY, true));
    Bytes identifier = Bytes.ofHex("ff" + "01".repeat(20));
    Option named = new Option(Dhcp4OptionCode.CLIENT_ID, identifier);
    assertThat(flow(pooled, request(Dhcp4MessageType.DISCOVER, named)).client())
        .isEqualTo(identifier.slice(0, 16));
    assertThat(flow(plain, request(Dhcp4MessageType.DISCOVER, named)).client()).isEqualTo(hardware);
  }

  @Test
  void aRequestMustBeAnsweredByTheServerThatItNames() {
    Option server = new Option(Dhcp4OptionCode.SERVER_ID, RelayOfTests.SERVER.bytes());
    assertThat(flow(plain, request(Dhcp4MessageType.REQUEST, server)).answered()).isTrue();
    assertThat(flow(plain, request(Dhcp4MessageType.REQUEST)).answered()).isFalse();
    assertThat(flow(plain, request(Dhcp4MessageType.RELEASE, server)).answered()).isFalse();
    assertThat(flow(plain, request(Dhcp4MessageType.INFORM)).answered()).isTrue();
  }

  private static Flow flow(RelayOfTests relay, Dhcp4Message.Builder message) {
    List<Effect> effects = relay.client("eth1", message.build().encode());
    return only(effects, Effect.ToUpstream.class).flow();
  }

  @Test
  void relayAddressStaysTheSameWhileTheInterfaceHasIt() {
    Ipv6 first = Ipv6.mapped(ETH1);
    Ipv6 second = Ipv6.ofText("192.0.2.99");
    assertThat(relayAddress(first, second)).isEqualTo(ETH1);
    assertThat(relayAddress(second, first)).isEqualTo(ETH1);
    assertThat(plain.agent().linkAddress("eth1")).contains(first);
    assertThat(relayAddress(second)).isEqualTo(second.toIpv4());
  }

  private Ipv4 relayAddress(Ipv6... present) {
    Arrival arrival =
        new Arrival(
            Arrival.Side.CLIENTS,
            "eth1",
            List.of(present),
            Ipv6.mapped(Ipv4.BROADCAST),
            Ipv6.mapped(Ipv4.UNSPECIFIED),
            68,
            Optional.empty(),
            Assurance.NONE);
    return upstream(plain.arrived(DISCOVER, arrival)).relayAddress();
  }

  @Test
  void configuredRelayAddressGoesFirst() {
    RelayOfTests relay = RelayOfTests.with("interface.eth1.relay.address", "10.9.9.9");
    assertThat(upstream(relay.client("eth1", DISCOVER)).relayAddress())
        .isEqualTo(Ipv4.ofText("10.9.9.9"));
    assertThat(upstream(relay.client("eth2", DISCOVER)).relayAddress()).isEqualTo(ETH2);
  }

  @Test
  void interfaceWithoutAddressRelaysNothingAndSaysSo() {
    Arrival arrival =
        new Arrival(
            Arrival.Side.CLIENTS,
            "eth1",
            List.of(Ipv6.ofText("169.254.3.4"), Ipv6.ofText("fe80::1")),
            Ipv6.mapped(Ipv4.BROADCAST),
            Ipv6.mapped(Ipv4.UNSPECIFIED),
            68,
            Optional.empty(),
            Assurance.NONE);
    List<Effect> effects = plain.arrived(DISCOVER, arrival);
    assertThat(dropped(effects)).isEqualTo(Reason.DROP_NO_RELAY_ADDRESS);
    assertThat(only(effects, Effect.Alarm.class).sentence()).contains("eth1", "relay.address");
  }

  @Test
  void hopsAreCountedUpToTheirLimit() {
    assertThat(upstream(plain.client("eth1", hops(4))).hops()).isEqualTo(5);
    assertThat(dropped(plain.client("eth1", hops(5)))).isEqualTo(Reason.DROP_TOO_MANY_HOPS);
    RelayOfTests patient = RelayOfTests.with("hops.max", "16");
    assertThat(upstream(patient.client("eth1", hops(16))).hops()).isEqualTo(17);
    assertThat(dropped(patient.client("eth1", hops(17)))).isEqualTo(Reason.DROP_TOO_MANY_HOPS);
    assertThat(RelayOfTests.problems("hops.max", "17")).hasSize(1);
  }

  private static Bytes hops(int hops) {
    return request(Dhcp4MessageType.DISCOVER).hops(hops).build().encode();
  }

  @Test
  void clientsThatBeganJustNowAreLeftToOthers() {
    RelayOfTests second = RelayOfTests.with("seconds.min", "3");
    Dhcp4Message.Builder discover = request(Dhcp4MessageType.DISCOVER);
    assertThat(dropped(second.client("eth1", discover.seconds(2).build().encode())))
        .isEqualTo(Reason.DROP_TOO_EARLY);
    assertThat(upstream(second.client("eth1", discover.seconds(3).build().encode())).seconds())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 6, 9, 11, 12, 13, 15, 17})
  void messagesOfServersAreDroppedWhateverTheyCallThemselves(int type) {
    assertThat(dropped(plain.client("eth1", request(type).build().encode())))
        .isEqualTo(Reason.DROP_SERVER_MESSAGE_FROM_CLIENTS);
    assertThat(dropped(plain.client("eth1", RelayOfTests.reply(type).build().encode())))
        .isEqualTo(Reason.DROP_SERVER_MESSAGE_FROM_CLIENTS);
  }

  @Test
  void aServerAmongClientsIsToldOf() {
    Bytes offer = RelayOfTests.reply(Dhcp4MessageType.OFFER).build().encode();
    List<Effect> effects =
        plain.arrived(
            offer, RelayOfTests.onLink("eth1", Ipv4.ofText("192.0.2.66"), Ipv4.BROADCAST, 67));
    assertThat(only(effects, Effect.Alarm.class).sentence()).contains("eth1", "192.0.2.66");
    assertThat(plain.client("eth1", RelayOfTests.reply(0x50).build().encode()))
        .noneMatch(Effect.Alarm.class::isInstance);
  }

  @Test
  void bootpAndUnknownTypesPass() {
    Dhcp4Message bootp =
        Dhcp4Message.builder().op(1).hardware(RelayOfTests.CLIENT).transactionId(7).build();
    assertThat(upstream(plain.client("eth1", bootp.encode())).isBootp()).isTrue();
    assertThat(upstream(plain.client("eth1", request(200).build().encode())).type()).isEqualTo(200);
  }

  @Test
  void octetsThatAreNoMessageAreRefused() {
    assertThatThrownBy(() -> plain.client("eth1", DISCOVER.slice(0, 200)))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void whatOnlyRelayAgentsSayIsNotBelievedOfClients() {
    Bytes message = request(Dhcp4MessageType.DISCOVER, option82(THEIRS)).build().encode();
    assertThat(dropped(plain.client("eth1", message))).isEqualTo(Reason.DROP_UNTRUSTED_OPTION82);
    Bytes hidden = inBootFile(Bytes.ofHex("5203010161ff"));
    assertThat(dropped(plain.client("eth1", hidden))).isEqualTo(Reason.DROP_UNTRUSTED_OPTION82);
  }

  /** Option 52 says that the field of the boot file holds options. */
  private static Bytes inBootFile(Bytes options) {
    byte[] octets =
        request(Dhcp4MessageType.DISCOVER, new Option(60, Bytes.of(1))).build().encode().toArray();
    options.copyTo(octets, 108);
    // Option 60 of one octet becomes option 52 with the value 1.
    octets[243] = 52;
    return Bytes.wrap(octets);
  }

  @Test
  void trustedBridgesSayItInOurPlace() {
    RelayOfTests relay =
        RelayOfTests.with("interface.eth1.trusted", "true", "circuit.id", "port-%i");
    Bytes message = request(Dhcp4MessageType.DISCOVER, option82("010161")).build().encode();
    Dhcp4Message relayed = upstream(relay.client("eth1", message));
    assertThat(option82(relayed)).isEqualTo("010161");
    assertThat(relayed.relayAddress()).isEqualTo(ETH1);
    assertThat(dropped(relay.client("eth2", message))).isEqualTo(Reason.DROP_UNTRUSTED_OPTION82);
  }

  @Test
  void flowIsOfTheClientAndTheServerItChose() {
    Option server = new Option(Dhcp4OptionCode.SERVER_ID, Bytes.of(10, 0, 0, 9));
    Bytes message = request(Dhcp4MessageType.REQUEST, server).build().encode();
    Effect.ToUpstream sent = only(plain.client("eth1", message), Effect.ToUpstream.class);
    assertThat(sent.flow().client()).isEqualTo(RelayOfTests.CLIENT.address());
    assertThat(sent.flow().server()).isEqualTo(Bytes.of(10, 0, 0, 9));
    RelayOfTests hiding = RelayOfTests.with("server.override", "true");
    assertThat(
            only(hiding.client("eth1", message), Effect.ToUpstream.class).flow().server().isEmpty())
        .isTrue();
  }

  @Test
  void relayAgentsAreNotExpectedWhereOnlyClientsAre() {
    assertThat(dropped(plain.relay(relayed(BELOW), 67))).isEqualTo(Reason.DROP_UNTRUSTED_RELAY);
  }

  private static Bytes relayed(Ipv4 relay, Option... more) {
    return request(Dhcp4MessageType.DISCOVER, more).hops(1).relayAddress(relay).build().encode();
  }

  @Test
  void messagesOfRelayAgentsKeepTheirAddressAndOption() {
    RelayOfTests relay = RelayOfTests.with("trusted", "true", "circuit.id", "ours");
    Bytes message = relayed(BELOW, option82("010161"));
    byte[] expected = message.toArray();
    expected[3] = 2;
    assertThat(upstreamOctets(relay.relay(message, 67))).isEqualTo(Bytes.wrap(expected));
    assertThat(option82(upstream(relay.relay(relayed(BELOW), 67)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "255.255.255.255", "127.0.0.1", "224.0.0.1", "0.0.0.7"})
  void relayAddressThatIsOursOrNobodysIsSpoofed(String address) {
    RelayOfTests relay = RelayOfTests.with("trusted", "true");
    relay.client("eth1", DISCOVER);
    assertThat(dropped(relay.relay(relayed(Ipv4.ofText(address)), 67)))
        .isEqualTo(Reason.DROP_SPOOFED_GIADDR);
  }

  @Test
  void policyDecidesOfAnOptionThatIsThere() {
    assertThat(option82(present("append", "ours"))).isEqualTo("010161" + "01046f757273" + "0a0180");
    assertThat(option82(present("replace", "ours"))).isEqualTo("01046f757273" + "0a0180");
    assertThat(option82(present("discard", "ours"))).isEmpty();
    assertThat(option82(present("forward", "ours"))).isEqualTo("010161");
    RelayOfTests relay = RelayOfTests.with("trusted", "true", "option82.present", "drop");
    assertThat(dropped(relay.relay(relayed(BELOW, option82("010161")), 67)))
        .isEqualTo(Reason.DROP_OPTION82_PRESENT);
  }

  private static Dhcp4Message present(String policy, String circuit) {
    RelayOfTests relay =
        RelayOfTests.with("trusted", "true", "option82.present", policy, "circuit.id", circuit);
    return upstream(relay.relay(relayed(BELOW, option82("010161")), 67));
  }

  @Test
  void accessIdentifiersThatCameUnprotectedAreLeftOut() {
    RelayOfTests relay = RelayOfTests.with("trusted", "true");
    Bytes message = relayed(BELOW, option82(THEIRS));
    List<Effect> effects = relay.relay(message, 67);
    assertThat(option82(upstream(effects))).isEqualTo("010161");
    assertThat(only(effects, Effect.Count.class).what())
        .isEqualTo(Reason.ACCESS_IDENTIFIERS_STRIPPED);
    assertThat(option82(upstream(relay.below(message, "relay-a", RelayOfTests.PRIVATE))))
        .isEqualTo(THEIRS);
  }

  @Test
  void clientsAreNotExpectedOnConnectionsOfRelayAgents() {
    assertThat(dropped(plain.below(DISCOVER, "relay-a", RelayOfTests.PRIVATE)))
        .isEqualTo(Reason.DROP_CLIENT_AMONG_RELAYS);
  }

  @Test
  void addressOfAConnectedRelayAgentIsNotTakenOver() {
    RelayOfTests relay = RelayOfTests.with("trusted", "true");
    Bytes message = relayed(BELOW);
    assertThat(only(relay.below(message, "relay-a", RelayOfTests.PRIVATE), Effect.Remember.class))
        .isEqualTo(new Effect.Remember("203.0.113.7"));
    assertThat(dropped(relay.below(message, "relay-b", RelayOfTests.PRIVATE)))
        .isEqualTo(Reason.DROP_GIADDR_OF_ANOTHER);
    assertThat(dropped(relay.relay(message, 67))).isEqualTo(Reason.DROP_GIADDR_OF_ANOTHER);
    relay.later(300_000);
    assertThat(upstream(relay.below(message, "relay-b", RelayOfTests.PRIVATE)).relayAddress())
        .isEqualTo(BELOW);
  }

  @Test
  void relayAgentsSpeakForTheirLinksOnly() {
    RelayOfTests relay =
        RelayOfTests.scoped((peer, link) -> peer.peerId().equals("relay-a"), "trusted", "true");
    assertThat(dropped(relay.below(relayed(BELOW), "relay-b", RelayOfTests.PRIVATE)))
        .isEqualTo(Reason.DROP_GIADDR_OF_ANOTHER);
    assertThat(upstream(relay.below(relayed(BELOW), "relay-a", RelayOfTests.PRIVATE)).hops())
        .isEqualTo(2);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.Link;
import io.leasehold.server.protocol.Arrival;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8415 sections 18.3.10 and 19.3, RFC 4994, RFC 6422 and RFC 8357. */
class RelayTest {
  private static final Ipv6 LINK = Ipv6.ofText("2001:db8:1::1");
  private static final Arrival FROM_RELAY =
      new Arrival("eth0", Ipv6.ofText("2001:db8::547"), Ipv6.ofText("2001:db8:1::1"), 547);

  private final TestServer server =
      new TestServer(
          new SubnetBuilder(1, "2001:db8:1::/64")
              .pool("2001:db8:1::10", "2001:db8:1::1f")
              .option(OptionSamples.onRequest(24, "00"))
              .link());

  private static RelayMessage relay(int hops, Ipv6 link, String peer, Options options) {
    return RelayMessage.forward(hops, link, Ipv6.ofText(peer), options);
  }

  private static Options option(int code, String hex) {
    return Options.builder().add(code, Bytes.ofHex(hex)).build();
  }

  private RelayChain ask(ClientMessage message, RelayMessage... outermostFirst) {
    Bytes reply =
        server.ask(TestServer.relayed(message.build(), outermostFirst).encode(), FROM_RELAY);
    return reply == null ? null : RelayChain.decode(reply);
  }

  @Test
  void replyIsByteForByteAsTheRfcDrawsIt() {
    Bytes forward =
        Bytes.ofHex(
            "0c 00" // RELAY-FORW, hop count 0
                .concat("20010db8000100000000000000000001") // link-address
                .concat("fe80000000000000000000000000000a") // peer-address
                .concat("0012 0004 65746830") // Interface-Id eth0
                .concat("0025 0006 00000009 abcd") // Remote-Id, not sent back
                .concat("0009 0022") // Relay Message
                .concat("01 123456 0001 000a 00030001 02000000000a") // SOLICIT, Client Identifier
                .concat("0003 000c 00000001 00000000 00000000") // IA_NA
                .replace(" ", ""));

    Bytes reply = server.ask(forward, FROM_RELAY);

    assertThat(reply.toHex())
        .isEqualTo(
            "0d 00" // RELAY-REPL, hop count 0
                .concat("20010db8000100000000000000000001") // link-address
                .concat("fe80000000000000000000000000000a") // peer-address
                .concat("0012 0004 65746830") // Interface-Id
                .concat("0009 004c") // Relay Message
                .concat("02 123456 0001 000a 00030001 02000000000a") // ADVERTISE
                .concat("0002 000a 0002 00000009 0cc084d3") // Server Identifier
                .concat("0003 0028 00000001 000005dc 00000960") // IA_NA
                .concat("0005 0018 20010db8000100000000000000000010 00000bb8 00000fa0")
                .replace(" ", ""));
    assertThat(server.last.destinationOrNull().port()).isEqualTo(547);
  }

  @Test
  void everyLevelIsMirrored() {
    RelayChain reply =
        ask(
            solicit(ALICE).na(1),
            relay(1, Ipv6.UNSPECIFIED, "2001:db8:1::1", option(18, "0b")),
            relay(0, LINK, "fe80::a", option(18, "0a")));

    assertThat(reply.relays()).hasSize(2);
    RelayMessage outer = reply.relays().get(0);
    RelayMessage inner = reply.relays().get(1);
    assertThat(outer.type()).isEqualTo(Dhcp6MessageType.RELAY_REPL);
    assertThat(outer.hopCount()).isEqualTo(1);
    assertThat(outer.linkAddress()).isEqualTo(Ipv6.UNSPECIFIED);
    assertThat(outer.peerAddress()).isEqualTo(LINK);
    assertThat(outer.options().raw(18)).contains(Bytes.of(0x0b));
    assertThat(inner.hopCount()).isZero();
    assertThat(inner.linkAddress()).isEqualTo(LINK);
    assertThat(inner.peerAddress()).isEqualTo(TestServer.CLIENT);
    assertThat(inner.options().raw(18)).contains(Bytes.of(0x0a));
    assertThat(reply.message().type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
  }

  @Test
  void poolsOfTheSubnetThatTheRelayNamesComeFirst() {
    Link floors =
        SubnetBuilder.network(
            SubnetBuilder.lab(),
            new SubnetBuilder(2, "2001:db8:2::/64").pool("2001:db8:2::1", "2001:db8:2::1"));
    TestServer two = new TestServer(floors);
    RelayMessage upstairs = relay(0, Ipv6.ofText("2001:db8:2::ff"), "fe80::a", Options.EMPTY);

    List<String> given = new ArrayList<>();
    for (Duid client : List.of(ALICE, BOB)) {
      Bytes packet = TestServer.relayed(request(client).na(1).build(), upstairs).encode();
      given.addAll(addresses(RelayChain.decode(two.ask(packet, FROM_RELAY)).message(), 1));
    }

    assertThat(given).containsExactly("2001:db8:2::1 3000/4000", "2001:db8:1::10 3000/4000");
  }

  @Test
  void hopLimitIsTheDepth() {
    RelayMessage[] deepest = new RelayMessage[RelayChain.MAX_DEPTH];
    for (int i = 0; i < deepest.length; i++) {
      deepest[i] = relay(deepest.length - 1 - i, LINK, "fe80::a", Options.EMPTY);
    }
    RelayMessage[] deeper = new RelayMessage[deepest.length + 1];
    System.arraycopy(deepest, 0, deeper, 1, deepest.length);
    deeper[0] = relay(9, LINK, "fe80::a", Options.EMPTY);

    assertThat(ask(solicit(ALICE).na(1), deepest).relays()).hasSize(deepest.length);
    assertThat(ask(solicit(ALICE).na(1), deeper)).isNull();
    assertThat(server.count("pkt6-malformed-relay-depth")).isEqualTo(1);
  }

  @Test
  void echoRequestBringsOptionsBack() {
    // RFC 4994: option 43 names Remote-Id (37); Subscriber-Id (38) is not named.
    Options options =
        Options.builder()
            .add(37, Bytes.ofHex("00000009abcd"))
            .add(38, Bytes.ofHex("aa"))
            .add(43, Bytes.ofHex("0025"))
            .build();

    RelayMessage reply =
        ask(solicit(ALICE).na(1), relay(0, LINK, "fe80::a", options)).innermostRelay();

    assertThat(reply.options().raw(37)).contains(Bytes.ofHex("00000009abcd"));
    assertThat(reply.options().has(38)).isFalse();
    assertThat(reply.options().has(43)).isFalse();
  }

  @Test
  void relaySourcePortIsRememberedAndSentBack() {
    Arrival unusual = new Arrival("eth0", FROM_RELAY.local(), FROM_RELAY.remote(), 2000);
    RelayMessage[] relays = {
      relay(1, Ipv6.UNSPECIFIED, "2001:db8:1::1", option(135, "03e8")),
      relay(0, LINK, "fe80::a", option(135, "0000"))
    };
    Bytes question = TestServer.relayed(solicit(ALICE).na(1).build(), relays).encode();

    RelayChain reply = RelayChain.decode(server.ask(question, unusual));

    assertThat(server.last.destinationOrNull().port()).isEqualTo(2000);
    assertThat(reply.relays().get(0).options().raw(135)).contains(Bytes.ofHex("03e8"));
    assertThat(reply.relays().get(1).options().raw(135)).contains(Bytes.ofHex("0000"));
  }

  @Test
  void withoutThatOptionThePortOfTheRelayIsTheUsualOne() {
    Arrival unusual = new Arrival("eth0", FROM_RELAY.local(), FROM_RELAY.remote(), 2000);
    RelayMessage[] relays = {
      relay(1, Ipv6.UNSPECIFIED, "2001:db8:1::1", Options.EMPTY),
      relay(0, LINK, "fe80::a", option(135, "0000"))
    };

    server.ask(TestServer.relayed(solicit(ALICE).na(1).build(), relays).encode(), unusual);

    assertThat(server.last.destinationOrNull().port()).isEqualTo(547);
  }

  @Test
  void suppliedOptionsAreCandidatesIfTheyAreAllowed() {
    // RFC 6422 section 6: 65 is allowed; of two values the relay nearest to the client has it.
    String inner = "0041" + "0002" + "0161" + "0018" + "0001" + "ff" + "0016" + "0001" + "ee";
    String outer = "0041" + "0002" + "0162";
    RelayMessage[] relays = {
      relay(1, Ipv6.UNSPECIFIED, "2001:db8:1::1", option(66, outer)),
      relay(0, LINK, "fe80::a", option(66, inner))
    };

    ClientServerMessage asked = ask(solicit(ALICE).na(1).oro(22, 24, 65), relays).message();
    ClientServerMessage silent = ask(solicit(ALICE).na(1), relays).message();

    assertThat(asked.options().allRaw(65)).containsExactly(Bytes.ofHex("0161"));
    assertThat(asked.options().allRaw(24)).containsExactly(Bytes.ofHex("00"));
    assertThat(asked.options().has(22)).isFalse();
    assertThat(silent.options().has(65)).isFalse();
  }

  @Test
  void optionsOfThePlanWinOverSuppliedOnes() {
    TestServer own =
        new TestServer(
            new SubnetBuilder(1, "2001:db8:1::/64")
                .option(OptionSamples.onRequest(65, "0163"))
                .link());
    RelayMessage forward = relay(0, LINK, "fe80::a", option(66, "0041" + "0002" + "0161"));

    Bytes reply =
        own.ask(TestServer.relayed(solicit(ALICE).oro(65).build(), forward).encode(), FROM_RELAY);

    assertThat(RelayChain.decode(reply).message().options().allRaw(65))
        .containsExactly(Bytes.ofHex("0163"));
  }

  @Test
  void malformedSuppliedOptionsDropThePacket() {
    assertThat(ask(solicit(ALICE), relay(0, LINK, "fe80::a", option(66, "0041ffff")))).isNull();
    assertThat(server.count("pkt6-drop-malformed")).isEqualTo(1);
  }

  @Test
  void malformedEchoRequestDropsThePacketAndChangesNothing() {
    RelayMessage forward = relay(0, LINK, "fe80::a", option(43, "00"));

    assertThat(ask(ClientMessage.request(ALICE).na(1), forward)).isNull();
    assertThat(server.table.size()).isZero();
  }
}

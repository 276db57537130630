// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import static io.leasehold.codec.v6.Dhcp6MessageType.ADDR_REG_INFORM;
import static io.leasehold.codec.v6.Dhcp6MessageType.ADVERTISE;
import static io.leasehold.codec.v6.Dhcp6MessageType.CONFIRM;
import static io.leasehold.codec.v6.Dhcp6MessageType.DECLINE;
import static io.leasehold.codec.v6.Dhcp6MessageType.INFORMATION_REQUEST;
import static io.leasehold.codec.v6.Dhcp6MessageType.REBIND;
import static io.leasehold.codec.v6.Dhcp6MessageType.RECONFIGURE;
import static io.leasehold.codec.v6.Dhcp6MessageType.RELEASE;
import static io.leasehold.codec.v6.Dhcp6MessageType.RENEW;
import static io.leasehold.codec.v6.Dhcp6MessageType.REPLY;
import static io.leasehold.codec.v6.Dhcp6MessageType.REQUEST;
import static io.leasehold.codec.v6.Dhcp6MessageType.SOLICIT;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Ipv6;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v6.ClientMessage;
import io.leasehold.server.v6.SubnetBuilder;
import io.leasehold.server.v6.TestServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8415 section 16, and what RFC 9915 makes of section 18.4. */
class MessageRulesTest {
  private final MessageRules rules = new MessageRules(TestServer.ID.value());

  /** Section, type, how many Client and Server Identifiers, the server's is ours, verdict. */
  static Stream<Arguments> table() {
    return Stream.of(
            forAnyServer("16.2", SOLICIT),
            forOneServer("16.4", REQUEST),
            forAnyServer("16.5", CONFIRM),
            forOneServer("16.6", RENEW),
            forAnyServer("16.7", REBIND),
            forOneServer("16.8", DECLINE),
            forOneServer("16.9", RELEASE),
            Stream.of(
                arguments("16.3", ADVERTISE, 1, 1, true, Drop.MESSAGE_TYPE),
                arguments("16.10", REPLY, 1, 1, true, Drop.MESSAGE_TYPE),
                arguments("16.11", RECONFIGURE, 1, 1, true, Drop.MESSAGE_TYPE),
                arguments("16.12", INFORMATION_REQUEST, 0, 0, true, null),
                arguments("16.12", INFORMATION_REQUEST, 1, 0, true, null),
                arguments("16.12", INFORMATION_REQUEST, 1, 1, true, null),
                arguments("16.12", INFORMATION_REQUEST, 1, 1, false, Drop.OTHER_SERVER),
                arguments("16.12", INFORMATION_REQUEST, 2, 0, true, Drop.REPEATED_OPTION),
                arguments("16", ADDR_REG_INFORM, 1, 0, true, Drop.MESSAGE_TYPE),
                arguments("16", 0, 1, 0, true, Drop.MESSAGE_TYPE),
                arguments("16", 255, 1, 0, true, Drop.MESSAGE_TYPE)))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> forAnyServer(String section, int type) {
    return Stream.of(
        arguments(section, type, 1, 0, true, null),
        arguments(section, type, 0, 0, true, Drop.NO_CLIENT_ID),
        arguments(section, type, 1, 1, true, Drop.UNEXPECTED_SERVER_ID),
        arguments(section, type, 2, 0, true, Drop.REPEATED_OPTION));
  }

  private static Stream<Arguments> forOneServer(String section, int type) {
    return Stream.of(
        arguments(section, type, 1, 1, true, null),
        arguments(section, type, 0, 1, true, Drop.NO_CLIENT_ID),
        arguments(section, type, 1, 0, true, Drop.NO_SERVER_ID),
        arguments(section, type, 1, 1, false, Drop.OTHER_SERVER),
        arguments(section, type, 1, 2, true, Drop.REPEATED_OPTION));
  }

  @ParameterizedTest(name = "{0}: type {1}, {2} client ids, {3} server ids, ours {4}: {5}")
  @MethodSource("table")
  void identifiersDecide(
      String section, int type, int clients, int servers, boolean ours, Drop verdict) {
    ClientMessage message = ClientMessage.bare(type);
    for (int i = 0; i < clients; i++) {
      message.from(ALICE);
    }
    for (int i = 0; i < servers; i++) {
      message.to(ours ? TestServer.ID : BOB);
    }

    assertThat(rules.objection(message.build())).as("section " + section).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 25})
  void informationRequestHasNoAssociations(int code) {
    String ia = "000000010000000000000000";

    assertThat(rules.objection(ClientMessage.informationRequest().option(code, ia).build()))
        .isEqualTo(Drop.UNEXPECTED_IA);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 6, 8, 9, 11})
  void clientsMustMulticast(int type) {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    Arrival unicast = new Arrival("eth1", Ipv6.ofText("2001:db8:1::1"), TestServer.CLIENT, 546);
    ClientMessage message = ClientMessage.bare(type).from(ALICE).na(1, "2001:db8:1::10");

    assertThat(server.ask(message.build(), unicast)).isNull();
    assertThat(server.count("pkt6-drop-unicast")).isEqualTo(1);
    assertThat(server.count("pkt6-receive-drop")).isEqualTo(1);
  }

  @Test
  void relayRepliesAreNotForServers() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    RelayMessage forward =
        TestServer.relayed(
            ClientMessage.solicit(ALICE).na(1).build(),
            RelayMessage.forward(
                0,
                Ipv6.ofText("2001:db8:1::1"),
                TestServer.CLIENT,
                io.leasehold.codec.option.Options.EMPTY));
    RelayMessage reply =
        RelayMessage.reply(0, forward.linkAddress(), forward.peerAddress(), forward.options());

    assertThat(server.ask(forward, TestServer.ON_ETH1)).isNotNull();
    assertThat(server.ask(reply, TestServer.ON_ETH1)).isNull();
    assertThat(server.count("pkt6-drop-message-type")).isEqualTo(1);
  }

  @Test
  void unknownOptionsAreIgnored() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    assertThat(server.ask(ClientMessage.solicit(ALICE).option(65000, "0102").na(1))).isNotNull();
  }

  @Test
  void droppedPacketsAreCountedByReason() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    server.ask(ClientMessage.bare(SOLICIT).option(1, ""));
    server.ask(ClientMessage.bare(SOLICIT).option(1, "00".repeat(131)));
    server.ask(ClientMessage.request(ALICE).to(BOB));
    server.ask(ClientMessage.solicit(ALICE).option(3, "0001"));

    assertThat(server.count("pkt6-received")).isEqualTo(4);
    assertThat(server.count("pkt6-solicit-received")).isEqualTo(3);
    assertThat(server.count("pkt6-receive-drop")).isEqualTo(4);
    assertThat(server.count("pkt6-parse-failed")).isEqualTo(3);
    assertThat(server.count("pkt6-malformed-empty-value")).isEqualTo(1);
    assertThat(server.count("pkt6-malformed-value-too-long")).isEqualTo(1);
    assertThat(server.count("pkt6-malformed-truncated")).isEqualTo(1);
    assertThat(server.count("pkt6-drop-repeated-option")).isEqualTo(1);
  }
}

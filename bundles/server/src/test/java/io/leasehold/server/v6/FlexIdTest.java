// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.renew;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that are known by what an expression makes of their messages. */
class FlexIdTest {
  private static final String PLAN =
      """
      { "Dhcp6": {
        "client-classes": [ { "name": "box", "test": "option[15].exists" } ],
        "hooks-libraries": [ { "library": "/usr/lib/libdhcp_flex_id.so", "parameters": {
          "identifier-expression": "%s" %s } } ],
        "host-reservation-identifiers": [ "duid", "flex-id" ],
        "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth1",
          "pools": [ { "pool": "2001:db8:1::10 - 2001:db8:1::1f" } ],
          "reservations": [ { "flex-id": "'port-7'", "ip-addresses": [ "2001:db8:1::77" ] } ] } ]
      } }
      """;

  private static TestServer server(String expression, String more) {
    var compilation =
        new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
            .compile(List.of(new Document("plan", PLAN.formatted(expression, more))), List.of());
    assertThat(compilation.report().findings()).isEmpty();
    ServerPlan plan = compilation.plan().orElseThrow();
    return new TestServer(plan, List.of());
  }

  /** The answer to a message that comes from a port of a relay agent. */
  private static ClientServerMessage ask(TestServer server, String port, ClientMessage message) {
    Options options = Options.builder().add(18, Bytes.ofUtf8(port)).build();
    RelayMessage relay =
        RelayMessage.forward(0, Ipv6.ofText("2001:db8:1::1"), Ipv6.ofText("fe80::b"), options);
    var answer = server.ask(TestServer.relayed(message.build(), relay), TestServer.ON_ETH1);
    return RelayChain.of(answer).message();
  }

  @Test
  void aReservationIsForWhoeverIsAtThePort() {
    TestServer server = server("relay6[0].option[18].hex", "");

    assertThat(addresses(ask(server, "port-7", solicit(BOB).na(1)), 1))
        .containsExactly("2001:db8:1::77 3600/7200");
    assertThat(addresses(ask(server, "port-8", solicit(BOB).na(1)), 1))
        .doesNotContain("2001:db8:1::77 3600/7200");
    assertThat(addresses(server.ask(solicit(BOB).na(1)), 1))
        .doesNotContain("2001:db8:1::77 3600/7200");
  }

  @Test
  void whatTheMessageSaysOfItsClassCounts() {
    TestServer server = server("ifelse(member('box'), relay6[0].option[18].hex, '')", "");

    assertThat(addresses(ask(server, "port-7", solicit(BOB).na(1).option(15, "0003626f78")), 1))
        .containsExactly("2001:db8:1::77 3600/7200");
    assertThat(addresses(ask(server, "port-7", solicit(BOB).na(1)), 1))
        .doesNotContain("2001:db8:1::77 3600/7200");
  }

  @Test
  void aLeaseStaysWithItsDuidUnlessItIsReplaced() {
    TestServer server = server("relay6[0].option[18].hex", "");
    ask(server, "port-8", request(ALICE).na(1, "2001:db8:1::12"));

    assertThat(addresses(ask(server, "port-8", solicit(BOB).na(1, "2001:db8:1::12")), 1))
        .doesNotContain("2001:db8:1::12 3600/7200");
  }

  @Test
  void whoTakesOverThePortTakesOverTheLease() {
    TestServer server = server("relay6[0].option[18].hex", ", \"replace-client-id\": true");
    ask(server, "port-8", request(ALICE).na(1, "2001:db8:1::12"));

    ClientServerMessage reply = ask(server, "port-8", request(BOB).na(1));

    assertThat(addresses(reply, 1)).containsExactly("2001:db8:1::12 3600/7200");
    assertThat(reply.options().rawOrEmpty(1)).isEqualTo(BOB.value());
    assertThat(server.address("2001:db8:1::12").client().value())
        .isEqualTo(Bytes.ofHex("0000" + Bytes.ofUtf8("port-8").toHex()));
  }

  @Test
  void withoutAnIdentifierTheDuidCounts() {
    TestServer server = server("relay6[0].option[18].hex", ", \"replace-client-id\": true");
    server.ask(request(ALICE).na(1, "2001:db8:1::12"));

    assertThat(server.address("2001:db8:1::12").client().value()).isEqualTo(ALICE.value());
  }

  @Test
  void whatIsTooLongKnowsNobody() {
    TestServer server = server("hexstring(relay6[0].option[18].hex, '')", "");
    TestServer replacing =
        server("hexstring(relay6[0].option[18].hex, '')", ", \"replace-client-id\": true");
    String port = "p".repeat(65);

    assertThat(addresses(ask(server, port, solicit(ALICE).na(1)), 1)).hasSize(1);
    ask(replacing, port, request(ALICE).na(1, "2001:db8:1::12"));
    assertThat(replacing.address("2001:db8:1::12").client().value()).isEqualTo(ALICE.value());
  }

  @Test
  void theNumberOfTheOnlyAssociationDoesNotMatterIfItIsIgnored() {
    TestServer server = server("option[1].hex", ", \"ignore-iaid\": true");
    server.ask(request(ALICE).na(1, "2001:db8:1::12"));

    assertThat(addresses(server.ask(renew(ALICE).na(9, "2001:db8:1::12")), 9))
        .containsExactly("2001:db8:1::12 3600/7200");
    assertThat(server.address("2001:db8:1::12").iaid()).isZero();
    assertThat(addresses(server.ask(request(BOB).na(1).na(2)), 2)).hasSize(1);
  }
}

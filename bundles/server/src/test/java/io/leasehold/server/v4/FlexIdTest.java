// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Answers.hex;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that are known by what an expression makes of their messages. */
class FlexIdTest {
  private static final String PLAN =
      """
      { "Dhcp4": {
        "client-classes": [ { "name": "box", "test": "option[77].hex == 'box'" } ],
        "hooks-libraries": [ { "library": "libdhcp_flex_id.so", "parameters": {
          "identifier-expression": "ifelse(member('box'), 'phone', option[60].hex)" %s } } ],
        "host-reservation-identifiers": [ "flex-id" ],
        "echo-client-id": false,
        "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "interface": "eth1",
          "pools": [ { "pool": "192.0.2.16 - 192.0.2.31" } ],
          "reservations": [ { "flex-id": "'phone'", "ip-address": "192.0.2.77" } ] } ]
      } }
      """;

  private static TestServer server(String more) {
    var compilation =
        new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
            .compile(List.of(new Document("plan", PLAN.formatted(more))), List.of());
    assertThat(compilation.report().findings()).isEmpty();
    return new TestServer(compilation.plan().orElseThrow().v4(), List.of());
  }

  private static String text(String text) {
    return Bytes.ofUtf8(text).toHex();
  }

  @Test
  void aReservationIsForWhomTheExpressionNames() {
    TestServer server = server("");

    assertThat(brief(server.ask(discover(ALICE).option(60, text("phone")))))
        .isEqualTo("offer 192.0.2.77 7200");
    assertThat(brief(server.ask(discover(BOB).option(60, text("desk")))))
        .isEqualTo("offer 192.0.2.16 7200");
    assertThat(brief(server.ask(discover(BOB).option(77, text("box")))))
        .isEqualTo("offer 192.0.2.77 7200");
    assertThat(brief(server.ask(discover(BOB)))).isEqualTo("offer 192.0.2.16 7200");
  }

  @Test
  void anIdentifierCanStandForThatOfTheClient() {
    TestServer server = server(", \"replace-client-id\": true");
    server.ask(discover(ALICE).option(60, text("desk")));
    server.ask(
        request(ALICE).option(60, text("desk")).clientId("0061").to(ADDRESS).wanting("192.0.2.16"));

    var offer = server.ask(discover(BOB).option(60, text("desk")).clientId("0062"));

    assertThat(brief(offer)).isEqualTo("offer 192.0.2.16 7200");
    assertThat(hex(offer, 61)).isEqualTo("0062");
    assertThat(server.lease("192.0.2.16").client())
        .isEqualTo(
            new ClientIdentity(ClientIdentity.Type.CLIENT_ID, Bytes.ofHex("00" + text("desk"))));
    assertThat(brief(server.ask(discover(BOB).clientId("0062"))))
        .isEqualTo("offer 192.0.2.17 7200");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Answers.hex;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.CAROL;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.inform;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.net.Ipv4;
import io.leasehold.server.protocol.TestPlans;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What classes do for clients of DHCPv4. Whose vendor is "red" is in the class red. */
class Dhcp4ClassesTest {
  /** "red". */
  private static final String RED = "726564";

  private static TestServer server(String red, String subnet) {
    return new TestServer(
        TestPlans.of(
                """
                { "Dhcp4": {
                  "option-data": [ { "code": 224, "csv-format": false, "data": "00" } ],
                  "client-classes": [ { "name": "red", "test": "option[60].text == 'red'" %s ],
                  "subnet4": [
                    { "id": 1, "subnet": "192.0.2.0/24", "interface": "eth1", %s } ] } }
                """
                    .formatted(red, subnet))
            .v4(),
        List.of());
  }

  private static Query red(Query query) {
    return query.option(60, RED);
  }

  private static final String TWO_POOLS =
      """
      "pools": [ { "pool": "192.0.2.16/28", "client-class": "red" }, { "pool": "192.0.2.32/28" } ]
      """;

  @Test
  void poolsAreForMembersOfTheirClass() {
    TestServer server = server("}", TWO_POOLS);

    assertThat(brief(server.ask(red(discover(ALICE))))).isEqualTo("offer 192.0.2.16 7200");
    assertThat(brief(server.ask(discover(BOB)))).isEqualTo("offer 192.0.2.32 7200");
    assertThat(brief(server.ask(discover(CAROL).wanting("192.0.2.20"))))
        .isEqualTo("offer 192.0.2.33 7200");
  }

  @Test
  void whoLeavesAClassIsToldToGiveUpWhatIsOnlyForItsMembers() {
    TestServer server = server("}", TWO_POOLS);
    server.ask(red(discover(ALICE)));
    server.ask(red(request(ALICE)).to(ADDRESS).wanting("192.0.2.16"));

    Dhcp4Message red = server.ask(red(request(ALICE)).having("192.0.2.16"));
    Dhcp4Message other = server.ask(request(ALICE).having("192.0.2.16"));

    assertThat(brief(red)).isEqualTo("ack 192.0.2.16 7200");
    assertThat(brief(other)).startsWith("nak");
    assertThat(brief(server.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.32 7200");
  }

  @Test
  void aStrangerToAClassGetsNoAddressOfItsPool() {
    TestServer server = server("}", TWO_POOLS);

    assertThat(brief(server.ask(request(ALICE).having("192.0.2.16")))).startsWith("nak");
    assertThat(brief(server.ask(request(ALICE).to(ADDRESS).wanting("192.0.2.16"))))
        .startsWith("nak");
  }

  @Test
  void classesDictateBootFieldsLifetimesAndOptions() {
    TestServer server =
        server(
            """
            , "next-server": "192.0.2.5", "valid-lifetime": 500, "offer-lifetime": 10,
              "option-def": [ { "name": "mark", "code": 224, "type": "uint16" } ],
              "option-data": [ { "name": "mark", "data": "513" } ] },
            { "name": "all", "test": "member('ALL')", "next-server": "192.0.2.6",
              "boot-file-name": "all.cfg", "valid-lifetime": 600 }
            """,
            """
            "next-server": "192.0.2.7", "server-hostname": "subnet", "boot-file-name": "subnet.cfg",
            "pools": [ { "pool": "192.0.2.16/28" } ],
            "reservations": [
              { "hw-address": "02:00:00:00:00:0b", "boot-file-name": "bob.cfg" } ]
            """);

    Dhcp4Message alice = server.ask(red(discover(ALICE)).asking(224));
    assertThat(brief(alice)).isEqualTo("offer 192.0.2.16 500");
    assertThat(hex(alice, 224)).isEqualTo("0201");
    assertThat(alice.nextServer()).isEqualTo(Ipv4.ofText("192.0.2.5"));
    assertThat(alice.bootFile().toUtf8()).isEqualTo("all.cfg");
    assertThat(alice.serverName().toUtf8()).isEqualTo("subnet");
    Dhcp4Message bob = server.ask(discover(BOB).asking(224));
    assertThat(brief(bob)).isEqualTo("offer 192.0.2.17 600");
    assertThat(hex(bob, 224)).isEqualTo("00");
    assertThat(bob.bootFile().toUtf8()).isEqualTo("bob.cfg");
    server.now += 11;
    assertThat(brief(server.ask(discover(CAROL).wanting("192.0.2.16"))))
        .isEqualTo("offer 192.0.2.16 600");
  }

  @Test
  void additionalClassesChangeBootFieldsAndNoLifetimes() {
    TestServer server =
        server(
            """
            , "only-if-required": true, "boot-file-name": "red.cfg", "valid-lifetime": 60 }
            """,
            """
            "require-client-classes": [ "red" ], "pools": [ { "pool": "192.0.2.16/28" } ]
            """);

    Dhcp4Message offer = server.ask(red(discover(ALICE)));
    assertThat(brief(offer)).isEqualTo("offer 192.0.2.16 7200");
    assertThat(offer.bootFile().toUtf8()).isEqualTo("red.cfg");
    assertThat(server.ask(red(inform(BOB)).having("192.0.2.200")).bootFile().toUtf8())
        .isEqualTo("red.cfg");
    assertThat(server.ask(discover(BOB)).bootFile().isEmpty()).isTrue();
  }

  @Test
  void whoIsInTheClassDropGetsNoAnswer() {
    TestServer server =
        server(
            """
            }, { "name": "DROP", "test": "member('red') and not member('KNOWN')" }
            """,
            """
            "pools": [ { "pool": "192.0.2.16/28" } ],
            "reservations": [ { "hw-address": "02:00:00:00:00:0b", "hostname": "bob" } ]
            """);

    assertThat(server.ask(red(discover(ALICE)))).isNull();
    assertThat(server.count("pkt4-drop-class")).isEqualTo(1);
    assertThat(server.ask(red(discover(BOB)))).isNotNull();
    assertThat(server.ask(discover(CAROL))).isNotNull();
  }

  @Test
  void vendorsAreClassesWithoutZerosAtTheEnd() {
    TestServer server =
        server(
            "}",
            """
            "pools": [ { "pool": "192.0.2.16/28", "client-class": "VENDOR_CLASS_red" } ]
            """);

    assertThat(server.ask(discover(ALICE).option(60, "72656400"))).isNotNull();
    assertThat(server.ask(discover(BOB).option(60, "7265"))).isNull();
  }

  @Test
  void globalReservationsMayTellTheSubnet() {
    TestServer server =
        new TestServer(
            TestPlans.of(
                    """
                    { "Dhcp4": {
                      "early-global-reservations-lookup": true,
                      "reservations": [
                        { "hw-address": "02:00:00:00:00:0a", "client-classes": [ "gold" ] } ],
                      "subnet4": [
                        { "id": 1, "subnet": "192.0.2.0/24", "interface": "eth1",
                          "client-class": "gold", "pools": [ { "pool": "192.0.2.16/28" } ] } ] } }
                    """)
                .v4(),
            List.of());

    assertThat(brief(server.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.16 7200");
    assertThat(server.ask(discover(BOB))).isNull();
  }

  @Test
  void whatCannotBeEvaluatedIsCountedAndDoesNotHold() {
    TestServer server =
        server(
            """
            }, { "name": "odd", "test": "uint16totext(option[60].hex) == '1'" }
            """,
            """
            "pools": [ { "pool": "192.0.2.16/28" } ]
            """);

    assertThat(server.ask(red(discover(ALICE)))).isNotNull();
    assertThat(server.count("pkt4-expression-failed")).isEqualTo(1);
    assertThat(server.ask(discover(BOB).option(60, "0002"))).isNotNull();
    assertThat(server.count("pkt4-expression-failed")).isEqualTo(1);
  }
}

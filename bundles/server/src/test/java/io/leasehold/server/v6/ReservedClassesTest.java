// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.ClassesTest.CAROL;
import static io.leasehold.server.v6.ClassesTest.WHO;
import static io.leasehold.server.v6.ClassesTest.red;
import static io.leasehold.server.v6.ClassesTest.server;
import static io.leasehold.server.v6.ClassesTest.subnet;
import static io.leasehold.server.v6.ClassesTest.who;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.net.Bytes;
import io.leasehold.server.protocol.TestPlans;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reservations have to do with classes. */
class ReservedClassesTest {
  private static final String RESERVED =
      """
      "pools": [
        { "pool": "2001:db8:1::10 - 2001:db8:1::1f", "client-class": "gold" },
        { "pool": "2001:db8:1::20 - 2001:db8:1::2f", "client-class": "KNOWN" },
        { "pool": "2001:db8:1::30 - 2001:db8:1::3f", "client-class": "UNKNOWN" } ],
      "reservations": [
        { "duid": "00:03:00:01:02:00:00:00:00:0a", "client-classes": [ "gold" ] },
        { "duid": "00:03:00:01:02:00:00:00:00:0b", "hostname": "bob" } ]
      """;

  @Test
  void reservationsGiveClassesAndMakeClientsKnown() {
    TestServer server = server("}", subnet(RESERVED));

    assertThat(addresses(server.ask(solicit(ALICE).na(1)), 1))
        .containsExactly("2001:db8:1::10 3600/7200");
    assertThat(addresses(server.ask(solicit(BOB).na(1)), 1))
        .containsExactly("2001:db8:1::20 3600/7200");
    assertThat(addresses(server.ask(solicit(CAROL).na(1)), 1))
        .containsExactly("2001:db8:1::30 3600/7200");
  }

  @Test
  void testsThatAskForReservationsAreLookedAtAfterThem() {
    TestServer server =
        server(
            """
            , "option-data": [ { "code": 2000, "data": "01" } ] },
            { "name": "plain", "test": "not member('gold')" },
            { "name": "stranger", "test": "not member('KNOWN')",
              "option-data": [ { "code": 2000, "data": "03" } ] },
            { "name": "gold", "option-data": [ { "code": 2001, "data": "05" } ] },
            { "name": "DROP", "test": "member('stranger') and member('red')" }
            """
                .replace("\"plain\", \"test\": \"not member('gold')\"", "\"plain\""),
            subnet(RESERVED));

    assertThat(who(server.ask(solicit(CAROL).na(1).oro(WHO)))).isEqualTo("03");
    assertThat(who(server.ask(solicit(BOB).na(1).oro(WHO)))).isEqualTo("00");
    assertThat(who(server.ask(red(solicit(BOB).na(1).oro(WHO))))).isEqualTo("01");
    assertThat(server.ask(red(solicit(CAROL).na(1)))).isNull();
    assertThat(server.ask(solicit(ALICE).na(1).oro(2001)).options().raw(2001))
        .hasValue(Bytes.of(5));
  }

  @Test
  void whatAReservationSaysReplacesWhatTheMessageAloneSaid() {
    TestServer server =
        server(
            """
            }, { "name": "gold", "option-data": [ { "code": 2000, "data": "05" } ] },
            { "name": "plain", "test": "not member('gold')",
              "option-data": [ { "code": 2000, "data": "06" }, { "code": 2001, "data": "06" } ] }
            """,
            subnet(RESERVED));

    ClientServerMessage alice = server.ask(solicit(ALICE).na(1).oro(WHO, 2001));
    assertThat(who(alice)).isEqualTo("05");
    assertThat(alice.options().raw(2001)).hasValue(Bytes.of(0));
    assertThat(who(server.ask(solicit(BOB).na(1).oro(WHO)))).isEqualTo("06");
  }

  @Test
  void globalReservationsMayTellTheSubnet() {
    String plan =
        """
        { "Dhcp6": {
          "early-global-reservations-lookup": %s,
          "client-classes": [ { "name": "friend", "test": "member('KNOWN')" } ],
          "reservations": [
            { "duid": "00:03:00:01:02:00:00:00:00:0a", "client-classes": [ "gold" ] },
            { "duid": "00:03:00:01:02:00:00:00:00:0b", "hostname": "bob" } ],
          "subnet6": [
            { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth1", "client-class": "gold",
              "pools": [ { "pool": "2001:db8:1::10 - 2001:db8:1::1f" } ] },
            { "id": 2, "subnet": "2001:db8:2::/64", "interface": "eth1", "client-class": "friend",
              "pools": [ { "pool": "2001:db8:2::10 - 2001:db8:2::1f" } ] } ] } }
        """;
    TestServer early = new TestServer(TestPlans.of(plan.formatted("true")), List.of());
    TestServer late = new TestServer(TestPlans.of(plan.formatted("false")), List.of());

    assertThat(addresses(early.ask(solicit(ALICE).na(1)), 1))
        .containsExactly("2001:db8:1::10 3600/7200");
    assertThat(addresses(early.ask(solicit(BOB).na(1)), 1))
        .containsExactly("2001:db8:2::10 3600/7200");
    assertThat(addresses(early.ask(solicit(CAROL).na(1)), 1)).isEmpty();
    assertThat(addresses(late.ask(solicit(ALICE).na(1)), 1)).isEmpty();
  }

  @Test
  void whoIsKnownBeforeTheSubnetIsNoStrangerInIt() {
    TestServer server =
        new TestServer(
            TestPlans.of(
                """
                { "Dhcp6": {
                  "early-global-reservations-lookup": true,
                  "client-classes": [ { "name": "stranger", "test": "member('UNKNOWN')",
                    "option-data": [ { "code": 2000, "data": "03" } ] } ],
                  "reservations": [ { "duid": "00:03:00:01:02:00:00:00:00:0b", "hostname": "bob" } ],
                  "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth1",
                    "pools": [ { "pool": "2001:db8:1::10 - 2001:db8:1::1f" } ] } ] } }
                """),
            List.of());

    assertThat(who(server.ask(solicit(BOB).na(1).oro(WHO)))).isEqualTo("none");
    assertThat(who(server.ask(solicit(CAROL).na(1).oro(WHO)))).isEqualTo("03");
  }

  private static TestServer network(String poolOfFirst) {
    return new TestServer(
        TestPlans.of(
            """
            { "Dhcp6": {
              "client-classes": [
                { "name": "gold", "option-data": [ { "code": 2000, "data": "05" } ] } ],
              "shared-networks": [ { "name": "both", "interface": "eth1", "subnet6": [
                { "id": 1, "subnet": "2001:db8:1::/64",
                  "pools": [ { "pool": "2001:db8:1::10 - 2001:db8:1::1f" %s } ],
                  "reservations": [
                    { "duid": "00:03:00:01:02:00:00:00:00:0a", "client-classes": [ "gold" ] } ] },
                { "id": 2, "subnet": "2001:db8:2::/64",
                  "pools": [ { "pool": "2001:db8:2::10 - 2001:db8:2::1f" } ] } ] } ] } }
            """
                .formatted(poolOfFirst)),
        List.of());
  }

  /** Only a lease tells in which subnet of a network a client is, so in whose reservations. */
  @Test
  void inASharedNetworkALeaseTellsWhichReservationHolds() {
    ClientServerMessage guarded =
        network(", \"client-class\": \"gold\"").ask(solicit(ALICE).na(1).oro(WHO));
    assertThat(addresses(guarded, 1)).containsExactly("2001:db8:2::10 3600/7200");
    assertThat(who(guarded)).isEqualTo("none");

    ClientServerMessage open = network("").ask(solicit(ALICE).na(1).oro(WHO));
    assertThat(addresses(open, 1)).containsExactly("2001:db8:1::10 3600/7200");
    assertThat(who(open)).isEqualTo("05");
  }

  @Test
  void optionsOfPoolsAreToldApartForOneClass() {
    TestServer server =
        server(
            "}",
            subnet(
                """
                "pools": [
                  { "pool": "2001:db8:1::10 - 2001:db8:1::10",
                    "option-data": [ { "code": 2000, "data": "0a" } ] },
                  { "pool": "2001:db8:1::20 - 2001:db8:1::2f",
                    "option-data": [ { "code": 2000, "data": "0b" } ] } ]
                """));

    assertThat(who(server.ask(red(request(ALICE).na(1).oro(WHO))))).isEqualTo("0a");
    assertThat(who(server.ask(red(request(BOB).na(1).oro(WHO))))).isEqualTo("0b");
  }
}

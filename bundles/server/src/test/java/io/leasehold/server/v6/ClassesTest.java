// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.addresses;
import static io.leasehold.server.v6.Answers.na;
import static io.leasehold.server.v6.Answers.prefixes;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.informationRequest;
import static io.leasehold.server.v6.ClientMessage.renew;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.server.protocol.TestPlans;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What classes do for clients of DHCPv6. Who sends the user class "red" is in the class red, and
 * code 7 of the option that tells is the preference of whoever sets it.
 */
class ClassesTest {
  static final Duid CAROL = Duid.ofText("00:03:00:01:02:00:00:00:00:0c");
  static final int WHO = 2000;

  /** A plan with the class red and others before and after it. */
  static TestServer server(String classes, String subnets) {
    return new TestServer(
        TestPlans.of(
            """
            { "Dhcp6": {
              "option-data": [ { "code": 2000, "data": "00" }, { "code": 2001, "data": "00" } ],
              "client-classes": [
                { "name": "red", "test": "substring(option[15].hex, 2, 3) == 'red'"
                  %s
              ],
              "subnet6": [ %s ] } }
            """
                .formatted(classes, subnets)),
        List.of());
  }

  static String subnet(String inside) {
    return """
        { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth1", %s }
        """
        .formatted(inside);
  }

  static ClientMessage red(ClientMessage message) {
    return message.option(15, "0003726564");
  }

  static String who(ClientServerMessage reply) {
    return reply.options().raw(WHO).map(Bytes::toHex).orElse("none");
  }

  @Test
  void poolsAreForMembersOfTheirClass() {
    TestServer server =
        server(
            "}",
            subnet(
                """
                "pools": [
                  { "pool": "2001:db8:1::10 - 2001:db8:1::1f", "client-class": "red" },
                  { "pool": "2001:db8:1::20 - 2001:db8:1::2f" } ],
                "pd-pools": [
                  { "prefix": "2001:db8:8000::", "prefix-len": 48, "delegated-len": 56,
                    "client-classes": [ "blue", "red" ] } ]
                """));

    assertThat(addresses(server.ask(red(solicit(ALICE).na(1))), 1))
        .containsExactly("2001:db8:1::10 3600/7200");
    assertThat(addresses(server.ask(solicit(BOB).na(1)), 1))
        .containsExactly("2001:db8:1::20 3600/7200");
    assertThat(addresses(server.ask(solicit(BOB).na(1, "2001:db8:1::15")), 1))
        .containsExactly("2001:db8:1::20 3600/7200");
    assertThat(prefixes(server.ask(red(solicit(ALICE).pd(1))), 1))
        .containsExactly("2001:db8:8000::/56 3600/7200");
    assertThat(prefixes(server.ask(solicit(BOB).pd(1)), 1)).isEmpty();
  }

  @Test
  void whoLeavesAClassLosesWhatIsOnlyForItsMembers() {
    TestServer server =
        server(
            "}",
            subnet(
                """
                "pools": [
                  { "pool": "2001:db8:1::10 - 2001:db8:1::1f", "client-class": "red" },
                  { "pool": "2001:db8:1::20 - 2001:db8:1::2f" } ]
                """));
    server.ask(red(request(ALICE).na(1)));
    assertThat(server.address("2001:db8:1::10").isActive(server.now)).isTrue();

    ClientServerMessage reply = server.ask(renew(ALICE).na(1, "2001:db8:1::10"));

    assertThat(addresses(reply, 1))
        .containsExactly("2001:db8:1::20 3600/7200", "2001:db8:1::10 0/0");
  }

  @Test
  void subnetsAndNetworksAreForMembersOfTheirClass() {
    String two =
        """
        { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth1", "client-class": "red",
          "pools": [ { "pool": "2001:db8:1::10 - 2001:db8:1::1f" } ] },
        { "id": 2, "subnet": "2001:db8:2::/64", "interface": "eth1", "client-class": "blue",
          "pools": [ { "pool": "2001:db8:2::10 - 2001:db8:2::1f" } ] }
        """;
    TestServer server =
        server("}, { \"name\": \"blue\", \"test\": \"option[15].hex == 0x0004626c7565\" }", two);

    assertThat(addresses(server.ask(red(solicit(ALICE).na(1))), 1))
        .containsExactly("2001:db8:1::10 3600/7200");
    assertThat(addresses(server.ask(solicit(BOB).na(1).option(15, "0004626c7565")), 1))
        .containsExactly("2001:db8:2::10 3600/7200");
    assertThat(addresses(server.ask(solicit(CAROL).na(1)), 1)).isEmpty();
  }

  @Test
  void subnetsOfASharedNetworkAreChosenByClass() {
    TestServer server =
        new TestServer(
            TestPlans.of(
                """
                { "Dhcp6": {
                  "client-classes": [
                    { "name": "red", "test": "substring(option[15].hex, 2, 3) == 'red'" } ],
                  "shared-networks": [ { "name": "campus", "interface": "eth1", "subnet6": [
                    { "id": 1, "subnet": "2001:db8:1::/64", "client-class": "red",
                      "pools": [ { "pool": "2001:db8:1::10 - 2001:db8:1::1f" } ] },
                    { "id": 2, "subnet": "2001:db8:2::/64",
                      "pools": [ { "pool": "2001:db8:2::10 - 2001:db8:2::1f" } ] } ] } ] } }
                """),
            List.of());

    assertThat(addresses(server.ask(red(solicit(ALICE).na(1))), 1))
        .containsExactly("2001:db8:1::10 3600/7200");
    assertThat(addresses(server.ask(solicit(BOB).na(1)), 1))
        .containsExactly("2001:db8:2::10 3600/7200");
  }

  @Test
  void optionsOfClassesComeBetweenSubnetAndGlobals() {
    TestServer server =
        server(
            """
            , "option-data": [ { "code": 2000, "data": "01" }, { "code": 2001, "data": "01" } ] },
            { "name": "all", "test": "member('ALL')",
              "option-data": [ { "code": 2000, "data": "02" } ] }
            """,
            subnet(
                """
                "pools": [ { "pool": "2001:db8:1::10 - 2001:db8:1::1f" } ],
                "option-data": [ { "code": 2001, "data": "03" } ]
                """));

    ClientServerMessage alice = server.ask(red(solicit(ALICE).na(1).oro(WHO, 2001)));
    ClientServerMessage bob = server.ask(solicit(BOB).na(1).oro(WHO, 2001));

    assertThat(who(alice)).isEqualTo("01");
    assertThat(alice.options().raw(2001)).hasValue(Bytes.of(3));
    assertThat(who(bob)).isEqualTo("02");
    assertThat(who(server.ask(red(informationRequest().oro(WHO))))).isEqualTo("01");
  }

  @Test
  void lifetimesOfAClassWinOverThoseOfTheSubnet() {
    TestServer server =
        server(
            """
            , "valid-lifetime": 500, "min-valid-lifetime": 400, "preferred-lifetime": 300 },
            { "name": "late", "test": "member('red')", "valid-lifetime": 100 }
            """,
            subnet(
                """
                "pools": [ { "pool": "2001:db8:1::10 - 2001:db8:1::1f" } ]
                """));

    var alice = address(server.ask(red(solicit(ALICE).na(1))));
    assertThat(alice.validSeconds()).isEqualTo(500);
    assertThat(alice.preferredSeconds()).isEqualTo(300);
    assertThat(address(server.ask(solicit(BOB).na(1))).validSeconds()).isEqualTo(7200);
  }

  private static IaAddress address(ClientServerMessage reply) {
    return na(reply, 1).options().first(Dhcp6Options.IAADDR).orElseThrow();
  }

  @Test
  void whoIsInTheClassDropGetsNoAnswer() {
    TestServer server =
        server(
            "}, { \"name\": \"DROP\", \"test\": \"member('red')\" }",
            subnet("\"pools\": [ { \"pool\": \"2001:db8:1::10 - 2001:db8:1::1f\" } ]"));

    assertThat(server.ask(red(solicit(ALICE).na(1)))).isNull();
    assertThat(server.count("pkt6-drop-class")).isEqualTo(1);
    assertThat(server.ask(solicit(BOB).na(1))).isNotNull();
  }

  @Test
  void additionalClassesAreLookedAtForWhoGetsSomething() {
    String classes =
        """
        }, { "name": "of-pool", "%1$s": true, "test": "member('red')", "valid-lifetime": 60,
             "option-data": [ { "code": 2000, "data": "01" } ] },
        { "name": "of-subnet", "%1$s": true, "test": "member('ALL')",
          "option-data": [ { "code": 2000, "data": "02" }, { "code": 2001, "data": "02" } ] },
        { "name": "testless", "%1$s": true, "option-data": [ { "code": 2002, "data": "03" } ] }
        """;
    String subnet =
        subnet(
            """
            "%1$s": [ "of-subnet", "testless" ],
            "pools": [ { "pool": "2001:db8:1::10 - 2001:db8:1::1f", "%1$s": [ "of-pool" ] } ]
            """);
    TestServer newer =
        server(
            classes.formatted("only-in-additional-list"),
            subnet.formatted("evaluate-additional-classes"));
    TestServer older =
        server(classes.formatted("only-if-required"), subnet.formatted("require-client-classes"));

    ClientServerMessage byNewer = newer.ask(red(solicit(ALICE).na(1).oro(WHO, 2001, 2002)));
    assertThat(who(byNewer)).isEqualTo("01");
    assertThat(byNewer.options().raw(2001)).hasValue(Bytes.of(2));
    assertThat(byNewer.options().raw(2002)).hasValue(Bytes.of(3));
    assertThat(address(byNewer).validSeconds()).isEqualTo(7200);
    ClientServerMessage byOlder = older.ask(red(solicit(ALICE).na(1).oro(WHO, 2001, 2002)));
    assertThat(who(byOlder)).isEqualTo("02");
    assertThat(byOlder.options().raw(2002)).isEmpty();
    assertThat(who(newer.ask(red(informationRequest().oro(WHO))))).isEqualTo("02");
  }

  @Test
  void templatesMakeClasses() {
    TestServer server =
        server(
            """
            }, { "name": "SPAWN_user_tin", "option-data": [ { "code": 2000, "data": "07" } ] },
            { "name": "user", "template-test": "substring(option[15].hex, 2, 3)",
              "option-data": [ { "code": 2000, "data": "08" }, { "code": 2001, "data": "08" } ] }
            """,
            subnet(
                """
                "pools": [
                  { "pool": "2001:db8:1::10 - 2001:db8:1::1f", "client-class": "SPAWN_user_red" },
                  { "pool": "2001:db8:1::20 - 2001:db8:1::2f" } ]
                """));

    assertThat(addresses(server.ask(red(solicit(ALICE).na(1))), 1))
        .containsExactly("2001:db8:1::10 3600/7200");
    ClientServerMessage bob =
        server.ask(solicit(BOB).na(1).option(15, "000374696e").oro(WHO, 2001));
    assertThat(addresses(bob, 1)).containsExactly("2001:db8:1::20 3600/7200");
    assertThat(who(bob)).isEqualTo("07");
    assertThat(bob.options().raw(2001)).hasValue(Bytes.of(8));
    assertThat(who(server.ask(solicit(CAROL).na(1).oro(WHO)))).isEqualTo("00");
  }

  @Test
  void vendorsAreClasses() {
    TestServer server =
        server(
            "}",
            subnet(
                """
                "pools": [
                  { "pool": "2001:db8:1::10 - 2001:db8:1::1f",
                    "client-class": "VENDOR_CLASS_docsis3.0" },
                  { "pool": "2001:db8:1::20 - 2001:db8:1::2f", "client-class": "VENDOR_CLASS_x" } ]
                """));

    assertThat(
            addresses(
                server.ask(
                    solicit(ALICE).na(1).option(16, "0000118b000178" + "0009646f63736973332e30")),
                1))
        .containsExactly("2001:db8:1::10 3600/7200");
    assertThat(addresses(server.ask(solicit(BOB).na(1).option(16, "00000009000178")), 1))
        .containsExactly("2001:db8:1::20 3600/7200");
    assertThat(addresses(server.ask(solicit(CAROL).na(1).option(16, "000000090005")), 1)).isEmpty();
  }

  @Test
  void whatIsReservedIsTheClientsInPoolsOfOthersToo() {
    TestServer server =
        server(
            "}",
            subnet(
                """
                "pools": [
                  { "pool": "2001:db8:1::10 - 2001:db8:1::1f", "client-class": "red" } ],
                "reservations": [
                  { "duid": "00:03:00:01:02:00:00:00:00:0a", "ip-addresses": [ "2001:db8:1::15" ] } ]
                """));

    assertThat(addresses(server.ask(request(ALICE).na(1)), 1))
        .containsExactly("2001:db8:1::15 3600/7200");
    assertThat(addresses(server.ask(renew(ALICE).na(1, "2001:db8:1::15")), 1))
        .containsExactly("2001:db8:1::15 3600/7200");
    assertThat(addresses(server.ask(solicit(BOB).na(1)), 1)).isEmpty();
  }

  @Test
  void optionsMayBeForMembersOfAClass() {
    TestServer server =
        server(
            "}",
            subnet(
                """
                "pools": [ { "pool": "2001:db8:1::10 - 2001:db8:1::1f" } ],
                "option-data": [
                  { "code": 2000, "data": "01", "client-classes": [ "red" ] },
                  { "code": 2001, "data": "01", "client-classes": [ "red" ] },
                  { "code": 2001, "data": "02", "client-classes": [ "KNOWN", "UNKNOWN" ] } ]
                """));

    ClientServerMessage alice = server.ask(red(solicit(ALICE).na(1).oro(WHO, 2001)));
    ClientServerMessage bob = server.ask(solicit(BOB).na(1).oro(WHO, 2001));
    assertThat(who(alice)).isEqualTo("01");
    assertThat(alice.options()).filteredOn(option -> option.code() == 2001).hasSize(1);
    assertThat(alice.options().raw(2001)).hasValue(Bytes.of(1));
    assertThat(who(bob)).isEqualTo("00");
    assertThat(bob.options().raw(2001)).hasValue(Bytes.of(2));
  }

  @Test
  void anUnknownLinkHasClassesToo() {
    TestServer server =
        server(
            ", \"option-data\": [ { \"code\": 2000, \"data\": \"01\" } ] }",
            "{ \"id\": 1, \"subnet\": \"2001:db8:1::/64\" }");

    assertThat(who(server.ask(red(informationRequest().oro(WHO))))).isEqualTo("01");
    assertThat(who(server.ask(informationRequest().oro(WHO)))).isEqualTo("00");
  }
}

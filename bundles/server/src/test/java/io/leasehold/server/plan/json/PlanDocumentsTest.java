// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.PlanReport.Finding;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.ReservationScope;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.Subnet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several documents, what they have in common, and what a plan is called. */
class PlanDocumentsTest {
  private static PlanCompilation compile(String... texts) {
    List<Document> documents = new ArrayList<>();
    for (String text : texts) {
      documents.add(
          new Document(
              (char) ('a' + documents.size()) + ".json",
              text.replace('\'', '"').replace('`', '\'')));
    }
    return new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE).compile(documents, List.of());
  }

  private static ServerPlan plan(String... texts) {
    PlanCompilation compilation = compile(texts);
    assertThat(compilation.report().findings()).noneMatch(Finding::error);
    return compilation.plan().orElseThrow();
  }

  private static Subnet subnet(String keys) {
    return plan("{ 'Dhcp6': { 'subnet6': [ { 'subnet': '2001:db8::/64'%s } ] } }".formatted(keys))
        .links()
        .get(0)
        .subnets()
        .get(0);
  }

  @Test
  void listsOfSeveralDocumentsAreJoined() {
    ServerPlan plan =
        plan(
            "{ 'Dhcp6': { 'valid-lifetime': 500, 'subnet6': [ { 'subnet': '2001:db8:1::/64' } ] } }",
            "{ 'Dhcp6': { 'subnet6': [ { 'subnet': '2001:db8:2::/64' } ], 'shared-networks': [ { 'name': 'n',"
                + " 'subnet6': [ { 'subnet': '2001:db8:3::/64' } ] } ] } }");

    assertThat(plan.links())
        .extracting(Link::name)
        .containsExactly("n", "2001:db8:1::/64", "2001:db8:2::/64");
    assertThat(plan.links().get(0).subnets().get(0).lifetimes().valid().usual()).isEqualTo(500);
  }

  @Test
  void aValueIsSaidOnce() {
    assertThat(
            compile("{ 'Dhcp6': { 'valid-lifetime': 5 } }", "{ 'Dhcp6': { 'valid-lifetime': 5 } }")
                .report()
                .findings())
        .singleElement()
        .hasToString(
            "b.json:1:14: error: \"valid-lifetime\" is already set at a.json:1:14; a plan says it once");
  }

  @Test
  void whatIsWrongAcrossDocumentsNamesBothPlaces() {
    assertThat(
            compile(
                    "{ 'Dhcp6': { 'subnet6': [ { 'subnet': '2001:db8:1::/64' } ] } }",
                    "{ 'Dhcp6': { 'subnet6': [ { 'subnet': '2001:db8:1::/64' } ] } }")
                .report()
                .findings())
        .singleElement()
        .hasToString("b.json:1:39: error: the subnet 2001:db8:1::/64 is already at a.json:1:39");
  }

  @Test
  void otherProtocolsAndProgramsAreNamed() {
    assertThat(
            compile("{ 'Dhcp4': { }, 'Dhcp6': { }, 'DhcpDdns': { }, 'Dhcp7': 1 }")
                .report()
                .findings())
        .extracting(Finding::toString)
        .containsExactly(
            "a.json:1:48: error: \"Dhcp7\" cannot stand here; accepted are \"Dhcp6\" and \"Dhcp4\"",
            "a.json:1:31: warning: \"DhcpDdns\" has no effect here: it is for another program of Kea");
  }

  @Test
  void nothingIsAPlanThatServesNobody() {
    PlanCompilation compilation =
        new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE).compile(List.of(), List.of());

    assertThat(compilation.plan().orElseThrow().links()).isEmpty();
    assertThat(compilation.report().findings())
        .singleElement()
        .hasToString("plan:1:1: warning: the plan is empty: nobody is served");
  }

  @Test
  void theDigestNamesTheContent() {
    String one =
        "{ 'Dhcp6': { 'valid-lifetime': 5, 'subnet6': [ { 'subnet': '2001:db8::/64', 'id': 1 } ] } }";
    String same =
        "# moved\n{ 'Dhcp6': { 'subnet6': [ { 'id': 1, 'comment': 'x', 'subnet': '2001:db8::/64' } ], 'valid-lifetime': 5 } }";
    String other =
        "{ 'Dhcp6': { 'valid-lifetime': 5, 'subnet6': [ { 'subnet': '2001:db8::/64', 'id': 2 } ] } }";

    assertThat(plan(one).digest())
        .hasSize(32)
        .isEqualTo(plan(same).digest())
        .isNotEqualTo(plan(other).digest());
    assertThat(
            plan(
                    "{ 'Dhcp6': { 'valid-lifetime': 5 } }",
                    "{ 'Dhcp6': { 'subnet6': [ { 'subnet': '2001:db8::/64', 'id': 1 } ] } }")
                .digest())
        .isEqualTo(plan(one).digest());
    assertThat(
            new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
                .compile(
                    List.of(new Document("a", one.replace('\'', '"'))),
                    List.of(OptionDefinition.of(OptionSpace.DHCP6, 2000, "x", "uint8")))
                .plan()
                .orElseThrow()
                .digest())
        .isNotEqualTo(plan(one).digest());
  }

  @Test
  void objectsOfBothProtocolsAreJoinedApart() {
    ServerPlan plan =
        plan(
            "{ 'Dhcp6': { 'valid-lifetime': 500, 'subnet6': [ { 'id': 1, 'subnet': '2001:db8:1::/64' } ] } }",
            "{ 'Dhcp4': { 'subnet4': [ { 'id': 1, 'subnet': '192.0.2.0/24' } ] },"
                + " 'Dhcp6': { 'subnet6': [ { 'id': 2, 'subnet': '2001:db8:2::/64' } ] } }",
            "{ 'Dhcp4': { 'valid-lifetime': 700, 'subnet4': [ { 'id': 2, 'subnet': '198.51.100.0/24' } ] } }");

    assertThat(plan.v6().links())
        .extracting(Link::name)
        .containsExactly("2001:db8:1::/64", "2001:db8:2::/64");
    assertThat(plan.v4().links())
        .extracting(Link::name)
        .containsExactly("192.0.2.0/24", "198.51.100.0/24");
    assertThat(plan.v6().subnet(1).orElseThrow().lifetimes().valid().usual()).isEqualTo(500);
    assertThat(plan.v4().subnet(1).orElseThrow().lifetimes().valid().usual()).isEqualTo(700);
  }

  @Test
  void theDigestAndTheSummaryCoverBothProtocols() {
    String six = "{ 'Dhcp6': { 'subnet6': [ { 'subnet': '2001:db8::/64' } ] } }";
    String four =
        "{ 'Dhcp4': { 'shared-networks': [ { 'name': 'n', 'subnet4': [ { 'subnet': '192.0.2.0/24',"
            + " 'pools': [ { 'pool': '192.0.2.8/29' } ], 'reservations': [ { 'duid': '01', 'hostname': 'a' } ] } ] } ] } }";

    assertThat(compile(six, four).report().summary())
        .isEqualTo(
            "DHCPv6: 0 shared networks, 1 subnet, 0 pools, 0 pd-pools, 0 reservations;"
                + " DHCPv4: 1 shared network, 1 subnet, 1 pool, 1 reservation");
    assertThat(compile(four).report().summary())
        .isEqualTo("DHCPv4: 1 shared network, 1 subnet, 1 pool, 1 reservation");
    assertThat(
            List.of(
                plan(six).digest(),
                plan(four).digest(),
                plan(six, four).digest(),
                plan(six, four.replace("/29", "/28")).digest()))
        .doesNotHaveDuplicates();
    assertThat(plan(four, six).digest()).isEqualTo(plan(six, four).digest());
    assertThat(plan("{ 'Dhcp4': { } }").digest()).isNotEqualTo(plan("{ 'Dhcp6': { } }").digest());
  }

  @Test
  void equalDocumentsMakeEqualPlans() {
    String text =
        "{ 'Dhcp6': { 'option-data': [ { 'name': 'preference', 'data': '3' } ], 'subnet6': [ { 'subnet': '2001:db8::/64',"
            + " 'pools': [ { 'pool': '2001:db8::/80' } ], 'reservations': [ { 'duid': '01', 'hostname': 'a' } ] } ] } }";

    assertThat(plan(text).links()).isEqualTo(plan(text).links());
  }

  @Test
  void subnetsWithoutAnIdGetOneThatOthersDoNotChange() {
    Subnet alone =
        plan("{ 'Dhcp6': { 'subnet6': [ { 'subnet': '2001:db8:7::/64' } ] } }")
            .links()
            .get(0)
            .subnets()
            .get(0);
    ServerPlan crowded =
        plan(
            "{ 'Dhcp6': { 'subnet6': [ { 'subnet': '2001:db8:1::/64' }, { 'subnet': '2001:db8:2::/64', 'id': 5 },"
                + " { 'subnet': '2001:db8:7::/64', 'id': 0 } ] } }");

    assertThat(alone.id()).isBetween(0x8000_0000L, 0xffff_fffeL);
    assertThat(crowded.v6().subnet(alone.id()).orElseThrow().prefix())
        .isEqualTo(Prefix.ofText("2001:db8:7::/64"));
    assertThat(crowded.links().stream().map(link -> link.subnets().get(0).id()))
        .doesNotHaveDuplicates()
        .contains(5L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'reservation-mode': 'disabled'                                       | false | false | false",
        "'reservation-mode': 'all'                                            | true  | false | false",
        "'reservation-mode': 'out-of-pool'                                    | true  | true  | false",
        "'reservation-mode': 'global'                                         | false | false | true",
        "'reservations-global': true                                          | true  | false | true",
        "'reservations-global': true, 'reservations-in-subnet': false         | false | false | true",
        "'reservations-out-of-pool': true                                     | true  | true  | false",
        "'reservations-out-of-pool': true, 'reservations-in-subnet': false    | false | false | false"
      })
  void reservationModesHaveTwoSpellings(
      String keys, boolean inSubnet, boolean outOfPool, boolean global) {
    assertThat(subnet(", " + keys).reservationScope())
        .isEqualTo(new ReservationScope(inSubnet, outOfPool, global));
  }

  @Test
  void aServerIdThatIsCompleteIsUsed() {
    assertThat(
            plan("{ 'Dhcp6': { 'server-id': { 'type': 'EN', 'enterprise-id': 2495, 'identifier': '87ABEF' } } }")
                .v6()
                .settings()
                .serverId())
        .contains(Duid.ofText("00:02:00:00:09:bf:87:ab:ef"));
    assertThat(
            plan("{ 'Dhcp6': { 'server-id': { 'type': 'LL', 'htype': 8, 'identifier': 'A65DC7410F05' } } }")
                .v6()
                .settings()
                .serverId())
        .contains(Duid.ofText("00:03:00:08:a6:5d:c7:41:0f:05"));
    assertThat(
            plan("{ 'Dhcp6': { 'server-id': { 'type': 'LLT', 'time': 2518920166, 'identifier': 'A65DC7410F05' } } }")
                .v6()
                .settings()
                .serverId())
        .contains(Duid.ofText("00:01:00:01:96:23:ab:e6:a6:5d:c7:41:0f:05"));
  }

  @Test
  void settingsOfTheServerAreRead() {
    var settings =
        plan("{ 'Dhcp6': { 'interfaces-config': { 'interfaces': [ '*', 'eth1/2001:db8::1' ] }, 'decline-probation-period': '1h',"
                + " 'expired-leases-processing': { 'hold-reclaimed-time': 10 }, 'host-reservation-identifiers': [ 'duid' ],"
                + " 'relay-supplied-options': [ '110', 'dns-servers' ] } }")
            .v6()
            .settings();

    assertThat(settings.interfaces()).containsExactly("*", "eth1/2001:db8::1");
    assertThat(settings.declineProbationSeconds()).isEqualTo(3_600);
    assertThat(settings.holdReclaimedSeconds()).isEqualTo(10);
    assertThat(settings.reservationIdentifiers()).containsExactly(HostIdentifier.Type.DUID);
    assertThat(settings.relaySuppliedOptions()).containsExactlyInAnyOrder(65, 110, 23);
  }

  @Test
  void globalReservationsHoldInNoSubnetInParticular() {
    ServerPlan plan =
        plan(
            "{ 'Dhcp6': { 'reservations': [ { 'duid': '`box`', 'ip-addresses': [ '2001:db8::5' ] } ] } }");

    assertThat(plan.v6().globalReservations().of(new Prefix(Ipv6.ofText("2001:db8::5"), 128)))
        .isPresent();
    assertThat(plan.v6().globalReservations().all().get(0).identifier().value().toHex())
        .isEqualTo("626f78");
  }

  @Test
  void interfaceIdsAreTextOrOctets() {
    assertThat(subnet(", 'interface-id': 'vlan7'").selectors().interfaceId().orElseThrow().toHex())
        .isEqualTo("766c616e37");
    assertThat(subnet(", 'interface-id': '0x0a0B'").selectors().interfaceId().orElseThrow().toHex())
        .isEqualTo("0a0b");
  }

  @Test
  void hundredsOfErrorsAreCounted() {
    StringBuilder subnets = new StringBuilder("{}");
    for (int i = 0; i < 299; i++) {
      subnets.append(", {}");
    }

    List<Finding> findings =
        compile("{ 'Dhcp6': { 'subnet6': [ " + subnets + " ] } }").report().findings();

    assertThat(findings).hasSize(Findings.MOST_ERRORS + 1);
    assertThat(findings.get(Findings.MOST_ERRORS).text()).isEqualTo("and 100 more errors");
  }

  @Test
  void equalWarningsAreSaidOnceWithTheirNumber() {
    String subnet = "{ 'subnet': '2001:db8:%d::/64', 'cache-threshold': 0.5 }";

    assertThat(
            compile(
                    "{ 'Dhcp6': { 'subnet6': [ %s, %s, %s ] } }"
                        .formatted(subnet.formatted(1), subnet.formatted(2), subnet.formatted(3)))
                .report()
                .findings())
        .singleElement()
        .asString()
        .endsWith("(also in 2 more places)");
  }
}

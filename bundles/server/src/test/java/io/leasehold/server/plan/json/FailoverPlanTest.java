// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leasehold.server.PlanReport.Finding;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.ServerPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The key "failover" and what it asks of a subnet (RFC 8156). */
class FailoverPlanTest {
  private static final String POOL =
      "\"pools\":[{\"pool\":\"2001:db8:%1$d::/112\"}],\"subnet\":\"2001:db8:%1$d::/64\"";

  private static String subnet(int number, String keys) {
    return "{" + POOL.formatted(number) + (keys.isEmpty() ? "" : ",") + keys + "}";
  }

  private static List<String> errors(String text) {
    return Compiling.compile(text).report().findings().stream()
        .filter(Finding::error)
        .map(Finding::toString)
        .toList();
  }

  private static List<String> errorsOf(String keys) {
    return errors("{\"Dhcp6\":{\"subnet6\":[" + subnet(1, keys) + "]}}");
  }

  @Test
  void aLinkIsOfTheRelationshipThatTheSubnetOrItsNetworkNames() {
    ServerPlan plan =
        Compiling.plan(
            "{\"Dhcp6\":{\"shared-networks\":[{\"name\":\"lab\",\"failover\":\"pair-1\",\"subnet6\":["
                + subnet(1, "")
                + ","
                + subnet(2, "\"failover\":\"pair-1\"")
                + "]}],\"subnet6\":["
                + subnet(3, "\"failover\":\"pair-2\"")
                + ","
                + subnet(4, "")
                + "]}}");

    assertThat(plan.links())
        .extracting(Link::name, link -> link.governor().orElse(""))
        .containsExactly(
            tuple("lab", "pair-1"),
            tuple("2001:db8:3::/64", "pair-2"),
            tuple("2001:db8:4::/64", ""));
  }

  @Test
  void aNetworkIsOfOneRelationshipAsAWhole() {
    String network =
        "{\"Dhcp6\":{\"shared-networks\":[{\"name\":\"lab\",\"subnet6\":[\n%s,\n%s]}]}}";

    assertThat(
            errors(
                network.formatted(
                    subnet(1, "\"failover\":\"pair-1\""), subnet(2, "\"failover\":\"pair-2\""))))
        .singleElement()
        .asString()
        .startsWith("plan.json:3:")
        .contains("\"failover\" is pair-2 here and pair-1 at plan.json:2:");
    assertThat(errors(network.formatted(subnet(1, ""), subnet(2, "\"failover\":\"pair-2\""))))
        .singleElement()
        .asString()
        .contains("\"failover\" is pair-2 here and not set at plan.json:2:");
  }

  /** RFC 8156 section 1. */
  @Test
  void leasesAreNotShorterThanHalfAMinute() {
    String shared = "\"failover\":\"pair-1\"";
    assertThat(errorsOf(shared + ",\"valid-lifetime\":30")).isEmpty();
    assertThat(errorsOf("\"valid-lifetime\":29")).isEmpty();
    assertThat(errorsOf(shared + ",\"valid-lifetime\":29"))
        .singleElement()
        .asString()
        .endsWith("a valid lifetime of 29 s where \"failover\" is set; accepted is 30 or more");
    assertThat(errorsOf(shared + ",\"valid-lifetime\":60,\"min-valid-lifetime\":20")).hasSize(1);
  }

  /** RFC 8156 section 7.3: the end of a lease is a moment. */
  @Test
  void leasesEnd() {
    String shared = "\"failover\":\"pair-1\"";
    assertThat(errorsOf(shared + ",\"max-valid-lifetime\":4294967294")).isEmpty();
    assertThat(errorsOf(shared + ",\"max-valid-lifetime\":4294967295"))
        .singleElement()
        .asString()
        .endsWith(
            "a valid lifetime without end where \"failover\" is set; accepted is one that ends");
    assertThat(errorsOf(shared + ",\"valid-lifetime\":4294967295")).hasSize(1);
  }

  @Test
  void whatIsSharedOverlapsNothing() {
    String plan =
        "{\"Dhcp6\":{\"subnet6\":[{\"subnet\":\"2001:db8::/32\"%s},{\"subnet\":\"2001:db8:1::/64\"%s}]}}";

    assertThat(errors(plan.formatted("", ""))).isEmpty();
    assertThat(errors(plan.formatted("", ",\"failover\":\"pair-1\""))).hasSize(1);
    assertThat(errors(plan.formatted(",\"failover\":\"pair-1\"", "")))
        .singleElement()
        .asString()
        .contains("the subnet 2001:db8:1::/64 overlaps the subnet 2001:db8::/32 at plan.json:1:");
  }

  private static List<Finding> findings4(String keys) {
    return Compiling.compile(
            "{\"Dhcp4\":{\"subnet4\":[{\"subnet\":\"192.0.2.0/24\",\"failover\":\"pair-1\"%s}]}}"
                .formatted(keys))
        .report()
        .findings();
  }

  @Test
  void subnetsOfDhcp4AreSharedOnTheSameTerms() {
    assertThat(findings4("")).isEmpty();
    assertThat(findings4(",\"valid-lifetime\":29"))
        .singleElement()
        .asString()
        .endsWith("a valid lifetime of 29 s where \"failover\" is set; accepted is 30 or more");
    assertThat(findings4(",\"valid-lifetime\":4294967295")).hasSize(1);
    assertThat(
            Compiling.plan(
                    "{\"Dhcp4\":{\"subnet4\":[{\"subnet\":\"192.0.2.0/24\",\"failover\":\"pair-1\"}]}}")
                .links())
        .extracting(link -> link.governor().orElse(""))
        .containsExactly("pair-1");
  }

  /** RFC 1534 section 3: such an address is given for ever, and partners tell of ends. */
  @Test
  void bootpIsNotShared() {
    assertThat(findings4(",\"bootp\":false")).isEmpty();
    assertThat(findings4(",\"bootp\":true"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.error()).isTrue())
        .asString()
        .endsWith(
            "\"bootp\" where \"failover\" is set: nobody renews such addresses; accepted is false");
  }

  @Test
  void halvesAreOfDhcp6Alone() {
    assertThat(
            findings4(
                ",\"reservations\":[{\"hw-address\":\"01:02:03:04:05:06\",\"ip-address\":\"192.0.2.12\"}]"))
        .isEmpty();
  }

  @Test
  void identifierOfBothServersIsWarnedOf() {
    assertThat(
            findings4(
                ",\"option-data\":[{\"name\":\"dhcp-server-identifier\",\"data\":\"192.0.2.1\"}]"))
        .singleElement()
        .asString()
        .contains("the two servers need different ones");
  }

  @Test
  void whoReservesForTheSecondaryIsTold() {
    assertThat(findingsOf("hw-address", "11")).isEmpty();
    assertThat(findingsOf("hw-address", "12"))
        .singleElement()
        .asString()
        .contains("2001:db8:1::12 is even and not reserved by DUID");
    assertThat(findingsOf("duid", "12")).isEmpty();
  }

  @Test
  void whoReservesAPrefixForAllIsToldWhatThePartnerDoesNotHear() {
    assertThat(findingsOfPrefix("2001:db8:100:300::/56", "\"failover\":\"pair-1\"", "true"))
        .isEmpty();
    assertThat(findingsOfPrefix("2001:db8:200::/56", "\"user-context\":{}", "true")).isEmpty();
    assertThat(findingsOfPrefix("2001:db8:200::/56", "\"failover\":\"pair-1\"", "false")).isEmpty();
    assertThat(findingsOfPrefix("2001:db8:200::/56", "\"failover\":\"pair-1\"", "true"))
        .singleElement()
        .asString()
        .contains("2001:db8:200::/56 is reserved globally");
  }

  private static List<Finding> findingsOfPrefix(String reserved, String keys, String isGlobal) {
    String global = "\"reservations\":[{\"duid\":\"01:02:03\",\"prefixes\":[\"%s\"]}]";
    String subnet =
        subnet(
            1,
            "\"reservations-global\":"
                + isGlobal
                + ",\"pd-pools\":[{\"prefix\":\"2001:db8:100::\",\"prefix-len\":48,\"delegated-len\":56}],"
                + keys);
    return Compiling.compile(
            "{\"Dhcp6\":{%s,\"subnet6\":[%s]}}".formatted(global.formatted(reserved), subnet))
        .report()
        .findings();
  }

  private static List<Finding> findingsOf(String identifier, String address) {
    String keys =
        "\"failover\":\"pair-1\",\"reservations\":[{\"%s\":\"01:02:03:04:05:06\",\"ip-addresses\":[\"2001:db8:1::%s\"]}]";
    return Compiling.compile(
            "{\"Dhcp6\":{\"subnet6\":[%s]}}"
                .formatted(subnet(1, keys.formatted(identifier, address))))
        .report()
        .findings();
  }
}

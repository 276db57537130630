// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.PlanChange;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
  private static PlanTree tree(String... texts) {
    List<Document> documents =
        Arrays.stream(texts).map(text -> new Document("plan.json", text)).toList();
    return PlanTree.read(documents, Includes.NONE);
  }

  private static List<String> changes(String first, String second) {
    return PlanDiff.between(tree(first), tree(second)).stream().map(PlanDiffTest::line).toList();
  }

  private static String line(PlanChange change) {
    return change.kind()
        + " "
        + change.what()
        + " | "
        + change.before()
        + " | "
        + change.after()
        + " | "
        + change.place();
  }

  @Test
  void whatOnlyLooksDifferentIsTheSame() {
    String first =
        "{\"Dhcp6\":{\"valid-lifetime\":5,\"subnet6\":[{\"subnet\":\"2001:DB8::/64\",\"id\":1,"
            + "\"user-context\":{\"x\":1}},{\"subnet\":\"2001:db8:1::/64\",\"id\":2}]}}";
    String second =
        "// other\n{\"Dhcp6\":{\"subnet6\":[{\"id\":2,\"subnet\":\"2001:db8:1::/64\"},"
            + "{\"comment\":\"y\",\"id\":1,\"subnet\":\"2001:db8::/64\"}],\"valid-lifetime\":5}}";

    assertThat(changes(first, second)).isEmpty();
    assertThat(
            PlanDiff.between(
                tree(first),
                tree(
                    "{\"Dhcp6\":{\"valid-lifetime\":5}}",
                    second.replace(",\"valid-lifetime\":5", ""))))
        .isEmpty();
  }

  @Test
  void subnetsPoolsReservationsAndOptionsAreNamed() {
    String first =
        "{\"Dhcp4\":{\"subnet4\":[{\"id\":1,\"subnet\":\"192.0.2.0/24\","
            + "\"pools\":[{\"pool\":\"192.0.2.1 - 192.0.2.9\"}],"
            + "\"reservations\":[{\"hw-address\":\"02:00:00:00:00:0A\",\"hostname\":\"a\"}],"
            + "\"option-data\":[{\"name\":\"routers\",\"data\":\"192.0.2.1\"}]},"
            + "{\"id\":2,\"subnet\":\"198.51.100.0/24\"}]}}";
    String second =
        "{\"Dhcp4\":{\"subnet4\":[{\"id\":1,\"subnet\":\"192.0.2.0/24\","
            + "\"pools\":[{\"pool\":\"192.0.2.20-192.0.2.29\"}],"
            + "\"reservations\":[{\"hw-address\":\"02-00-00-00-00-0a\",\"hostname\":\"b\"}],"
            + "\"option-data\":[{\"name\":\"routers\",\"data\":\"192.0.2.2\"}]}]}}";

    assertThat(changes(first, second))
        .containsExactly(
            "ADDED DHCPv4 subnet 192.0.2.0/24 pool 192.0.2.20-192.0.2.29 |  | { \"pool\":"
                + " \"192.0.2.20-192.0.2.29\" } | plan.json:1:63",
            "CHANGED DHCPv4 subnet 192.0.2.0/24 reservation hw-address 02000000000a hostname |"
                + " \"a\" | \"b\" | plan.json:1:147",
            "CHANGED DHCPv4 subnet 192.0.2.0/24 option routers data | \"192.0.2.1\" |"
                + " \"192.0.2.2\" | plan.json:1:197",
            "REMOVED DHCPv4 subnet 192.0.2.0/24 pool 192.0.2.1-192.0.2.9 | { \"pool\": \"192.0.2.1"
                + " - 192.0.2.9\" } |  | plan.json:1:63",
            "REMOVED DHCPv4 subnet 198.51.100.0/24 | { \"id\": 2, \"subnet\": \"198.51.100.0/24\""
                + " } |  | plan.json:1:219");
  }

  @Test
  void aSubnetThatMovesIntoASharedNetworkIsTheSameSubnet() {
    String first = "{\"Dhcp6\":{\"subnet6\":[{\"id\":1,\"subnet\":\"2001:db8::/64\"}]}}";
    String second =
        "{\"Dhcp6\":{\"shared-networks\":[{\"name\":\"n\",\"subnet6\":[{\"id\":1,\"subnet\":"
            + "\"2001:db8::/64\"}]}]}}";

    assertThat(changes(first, second))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("ADDED DHCPv6 shared network n |"))
        .anyMatch(
            line ->
                line.startsWith("CHANGED DHCPv6 subnet 2001:db8::/64 shared network |  | \"n\" |"));
  }

  @Test
  void everythingElseIsComparedKeyByKey() {
    assertThat(
            changes(
                "{\"Dhcp6\":{\"interfaces-config\":{\"interfaces\":[\"eth0\"]},\"a\":1}}",
                "{\"Dhcp6\":{\"interfaces-config\":{\"interfaces\":[\"eth0\",\"eth1\"]},\"b\":true}}"))
        .containsExactly(
            "CHANGED DHCPv6 interfaces-config interfaces | [ \"eth0\" ] | [ \"eth0\", \"eth1\" ] |"
                + " plan.json:1:32",
            "ADDED DHCPv6 b |  | true | plan.json:1:62",
            "REMOVED DHCPv6 a | 1 |  | plan.json:1:55");
  }

  @Test
  void ofOptionsThatAreSetTwiceTheSecondIsComparedWithTheSecond() {
    String plan =
        "{\"Dhcp6\":{\"option-data\":[{\"name\":\"x\",\"data\":\"1\",\"client-classes\":[\"a\"]},"
            + "{\"name\":\"x\",\"data\":\"2\"}]}}";

    assertThat(changes(plan, plan.replace("\"2\"", "\"3\"")))
        .containsExactly("CHANGED DHCPv6 option x (2) data | \"2\" | \"3\" | plan.json:1:85");
    assertThat(changes(plan, plan.replace("\"1\"", "\"3\"")))
        .containsExactly("CHANGED DHCPv6 option x data | \"1\" | \"3\" | plan.json:1:38");
  }
}

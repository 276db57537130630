// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Subnets whose clients nobody finds are named. */
class ReachTest {
  private static List<String> hidden(String subnets) {
    return Compiling.compile(("{ 'Dhcp6': { " + subnets + " } }").replace('\'', '"'))
        .report()
        .findings()
        .stream()
        .map(Object::toString)
        .filter(text -> text.contains("no client is found"))
        .toList();
  }

  private static String subnet(String prefix, String more) {
    return "{ 'subnet': '" + prefix + "'" + more + " }";
  }

  @Test
  void aSubnetOfWhichOthersHaveEverythingIsNamed() {
    String parts = subnet("2001:db8::/65", "") + ", " + subnet("2001:db8:0:0:8000::/65", "");

    assertThat(hidden("'subnet6': [ " + subnet("2001:db8::/64", "") + ", " + parts + " ]"))
        .hasSize(1)
        .allMatch(text -> text.startsWith("plan.json:1:") && text.contains("2001:db8::/64"));
    assertThat(
            hidden(
                "'subnet6': [ "
                    + subnet("2001:db8::/64", ", 'interface-id': 'x'")
                    + ", "
                    + parts
                    + " ]"))
        .isEmpty();
  }

  @Test
  void aSubnetWithAnythingOfItsOwnIsNot() {
    assertThat(
            hidden(
                "'subnet6': [ "
                    + subnet("2001:db8::/64", "")
                    + ", "
                    + subnet("2001:db8::/65", "")
                    + ", "
                    + subnet("2001:db8:0:0:8000::/66", "")
                    + " ]"))
        .isEmpty();
  }

  @Test
  void aNetworkIsFoundByAnyOfItsSubnets() {
    String network =
        "'shared-networks': [ { 'name': 'n', 'subnet6': [ %s, %s ] } ], 'subnet6': [ %s, %s ]";

    assertThat(
            hidden(
                network.formatted(
                    subnet("2001:db8::/64", ""),
                    subnet("2001:db8:1::/64", ""),
                    subnet("2001:db8::/65", ""),
                    subnet("2001:db8:0:0:8000::/65", ""))))
        .isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Lifetimes.Range;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanCompilerTest {
  private static final String OFFICE =
      """
      // A plan as an operator of Kea writes it.
      { "Dhcp6": {
        "interfaces-config": { "interfaces": [ "eth0", "eth1/2001:db8::1" ] },
        "valid-lifetime": 4000, "preferred-lifetime": 3000,
        "renew-timer": 1000, "rebind-timer": 2000,
        "option-def": [ { "name": "colour", "code": 1200, "type": "uint8" } ],
        "option-data": [
          { "name": "dns-servers", "data": "2001:db8::53, 2001:db8::54" },
          { "name": "colour", "data": "7", "always-send": true } ],
        /* the building */
        "shared-networks": [ { "name": "office", "interface": "eth0", "rapid-commit": true,
          "option-data": [ { "code": 23, "data": "2001:db8:1::53" } ],
          "subnet6": [
            { "id": 10, "subnet": "2001:db8:1::/64",
              "pools": [ { "pool": "2001:db8:1::100 - 2001:db8:1::1ff" }, { "pool": "2001:db8:1:0:1::/80" } ],
              "pd-pools": [ { "prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56,
                              "excluded-prefix": "2001:db8:8000:42::", "excluded-prefix-len": 64 } ],
              "reservations": [
                { "duid": "00:03:00:01:02:03", "ip-addresses": [ "2001:db8:1::7" ], "hostname": "printer" },
                { "hw-address": "02:00:00:00:00:01", "prefixes": [ "2001:db8:9000::/56" ] } ] },
            { "id": 11, "subnet": "2001:db8:2::/64", "valid-lifetime": "2h", "max-valid-lifetime": "1d" } ] } ],
        # behind a relay
        "subnet6": [ { "subnet": "2001:db8:3::/64", "relay": { "ip-addresses": [ "2001:db8:3::1" ] },
                       "interface-id": "ge-0/0/1" } ]
      } }
      """;

  private final PlanCompiler compiler = new PlanCompiler(Definitions.FEW, Includes.NONE);

  private ServerPlan plan(String text) {
    PlanCompilation compilation =
        compiler.compile(List.of(new Document("plan.json", text)), List.of());
    assertThat(compilation.report().findings()).isEmpty();
    return compilation.plan().orElseThrow();
  }

  private ServerPlan planAfter(ServerPlan former, String text) {
    Document document = new Document("plan.json", text);
    return compiler.compile(List.of(document), List.of(), former).plan().orElseThrow();
  }

  @Test
  void reservationsThatStayTheSameAreThoseOfThePlanBefore() {
    ServerPlan former = plan(OFFICE);

    ServerPlan next = planAfter(former, OFFICE.replace("\"2h\"", "\"3h\""));
    ServerPlan other = planAfter(former, OFFICE.replace("printer", "plotter"));

    Reservations before = former.v6().subnet(10).orElseThrow().reservations();
    assertThat(next.digest()).isNotEqualTo(former.digest());
    assertThat(next.v6().subnet(10).orElseThrow().reservations()).isSameAs(before);
    assertThat(other.v6().subnet(10).orElseThrow().reservations()).isNotEqualTo(before);
    assertThat(other.links()).isEqualTo(plan(OFFICE.replace("printer", "plotter")).links());
  }

  @Test
  void reservationsWithClassesAreTheirOwnPlansForNumbersOfClassesChange() {
    String text =
        """
        { "Dhcp6": { "client-classes": [ %s { "name": "gold" } ],
          "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "reservations": [
            { "duid": "01:02:03", "hostname": "a", "client-classes": [ "gold" ] } ] } ] } }""";
    ServerPlan former = plan(text.formatted(""));

    ServerPlan next = planAfter(former, text.formatted("{ \"name\": \"silver\" },"));

    assertThat(next.links()).isEqualTo(plan(text.formatted("{ \"name\": \"silver\" },")).links());
    assertThat(next.v6().subnet(1).orElseThrow().reservations())
        .isNotSameAs(former.v6().subnet(1).orElseThrow().reservations());
  }

  @Test
  void linksAreSharedNetworksThenSubnetsThatStandAlone() {
    List<Link> links = plan(OFFICE).links();

    assertThat(links).extracting(Link::name).containsExactly("office", "2001:db8:3::/64");
    assertThat(links).extracting(Link::shared).containsExactly(true, false);
    assertThat(links.get(0).selectors().interfaceName()).contains("eth0");
    assertThat(links.get(0).subnets()).extracting(Subnet::rapidCommit).containsExactly(true, true);
    assertThat(links.get(1).subnets().get(0).selectors())
        .isEqualTo(
            new Selectors(
                Optional.empty(),
                Optional.of(Bytes.ofUtf8("ge-0/0/1")),
                List.of(Ipv6.ofText("2001:db8:3::1"))));
    assertThat(links.get(1).subnets().get(0).rapidCommit()).isFalse();
  }

  @Test
  void poolsArePrefixesOrRanges() {
    Subnet subnet = plan(OFFICE).v6().subnet(10).orElseThrow();

    assertThat(subnet.pools())
        .containsExactly(
            new AddressPool(
                Ipv6.ofText("2001:db8:1::100"), Ipv6.ofText("2001:db8:1::1ff"), OptionSet.NONE),
            new AddressPool(
                Ipv6.ofText("2001:db8:1:0:1::"),
                Ipv6.ofText("2001:db8:1:0:1:ffff:ffff:ffff"),
                OptionSet.NONE));
    assertThat(subnet.prefixPools())
        .containsExactly(
            new PrefixPool(
                Prefix.ofText("2001:db8:8000::/40"),
                56,
                Optional.of(Prefix.ofText("2001:db8:8000:42::/64")),
                OptionSet.NONE));
  }

  @Test
  void lifetimesAreInheritedKeyByKey() {
    ServerPlan plan = plan(OFFICE);

    assertThat(plan.v6().subnet(10).orElseThrow().lifetimes().valid())
        .isEqualTo(new Range(4000, 4000, 4000));
    assertThat(plan.v6().subnet(11).orElseThrow().lifetimes().valid())
        .isEqualTo(new Range(7200, 7200, 86_400));
    assertThat(plan.v6().subnet(11).orElseThrow().lifetimes().preferred())
        .isEqualTo(new Range(3000, 3000, 3000));
    assertThat(plan.v6().subnet(11).orElseThrow().lifetimes().renew())
        .isEqualTo(OptionalLong.of(1000));
  }

  @Test
  void innerOptionsWinOverOuterOnes() {
    OptionSet options = plan(OFFICE).v6().subnet(10).orElseThrow().options();

    assertThat(options.all())
        .containsExactlyInAnyOrder(
            new PlanOption(
                OptionSpace.DHCP6, 23, Ipv6.ofText("2001:db8:1::53").bytes(), false, false),
            new PlanOption(OptionSpace.DHCP6, 1200, Bytes.of(7), true, false));
  }

  @Test
  void reservationsAreFoundByClientAndByResource() {
    Subnet subnet = plan(OFFICE).v6().subnet(10).orElseThrow();
    Reservation printer =
        subnet.reservations().of(new Prefix(Ipv6.ofText("2001:db8:1::7"), 128)).orElseThrow();

    assertThat(printer.hostname()).contains("printer");
    assertThat(printer.identifier())
        .isEqualTo(new HostIdentifier(HostIdentifier.Type.DUID, Bytes.ofHex("000300010203")));
    assertThat(
            subnet
                .reservations()
                .of(
                    new HostIdentifier(
                        HostIdentifier.Type.HW_ADDRESS, Bytes.ofHex("020000000001"))))
        .isPresent();
  }

  @Test
  void defaultsAreThoseOfKea() {
    ServerPlan plan = plan("{\"Dhcp6\": {\"subnet6\": [{\"subnet\": \"2001:db8::/64\"}]}}");
    Subnet subnet = plan.links().get(0).subnets().get(0);

    assertThat(subnet.lifetimes().valid()).isEqualTo(new Range(7200, 7200, 7200));
    assertThat(subnet.lifetimes().preferred().choose(0)).isEqualTo(3600);
    assertThat(subnet.lifetimes().renew()).isEmpty();
    assertThat(subnet.lifetimes().computeTimers()).isTrue();
    assertThat(subnet.lifetimes().renewFraction()).isEqualTo(0.5);
    assertThat(subnet.lifetimes().rebindFraction()).isEqualTo(0.8);
    assertThat(subnet.allocator()).isEqualTo("iterative");
    assertThat(subnet.reservationScope().inSubnet()).isTrue();
    assertThat(subnet.reservationScope().global()).isFalse();
    assertThat(plan.v6().settings().declineProbationSeconds()).isEqualTo(86_400);
    assertThat(plan.v6().settings().holdReclaimedSeconds()).isEqualTo(3_600);
    assertThat(plan.v6().settings().reservationIdentifiers())
        .containsExactly(HostIdentifier.Type.HW_ADDRESS, HostIdentifier.Type.DUID);
    assertThat(plan.v6().settings().interfaces()).isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static io.leasehold.server.plan.json.Compiling.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Lifetimes.Range;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the keys of the {@code Dhcp4} object mean. */
class Plan4CompilerTest {
  private static final String OFFICE =
      """
      { "Dhcp4": {
        "interfaces-config": { "interfaces": [ "eth0", "eth1/192.0.2.1" ] },
        "valid-lifetime": 4000, "renew-timer": 1000, "rebind-timer": 2000,
        "next-server": "192.0.2.5", "boot-file-name": "global.0",
        "match-client-id": false, "echo-client-id": false,
        "option-def": [ { "name": "colour", "code": 224, "type": "uint8" } ],
        "option-data": [
          { "name": "domain-name-servers", "data": "192.0.2.53, 192.0.2.54" },
          { "name": "colour", "data": "7", "always-send": true } ],
        "shared-networks": [ { "name": "office", "interface": "eth0", "rapid-commit": true, "authoritative": true,
          "boot-file-name": "office.0", "offer-lifetime": 20, "adaptive-lease-time-threshold": 0.8,
          "option-data": [ { "code": 6, "data": "198.51.100.53" } ],
          "subnet4": [
            { "id": 10, "subnet": "198.51.100.0/24", "server-hostname": "boot", "match-client-id": true,
              "pools": [ { "pool": "198.51.100.100 - 198.51.100.199" }, { "pool": "198.51.100.64/27" } ],
              "reservations": [
                { "hw-address": "02:00:00:00:00:01", "ip-address": "198.51.100.7", "hostname": "printer",
                  "next-server": "198.51.100.9", "server-hostname": "own", "boot-file-name": "own.0" },
                { "client-id": "01:02:00:00:00:00:02", "hostname": "laptop" },
                { "circuit-id": "'port-12'", "ip-address": "198.51.100.12" },
                { "duid": "00:03:00:01:02:00:00:00:00:03", "ip-address": "198.51.100.13" } ] },
            { "id": 11, "subnet": "203.0.113.0/25", "valid-lifetime": "2h", "max-valid-lifetime": "1d",
              "adaptive-lease-time-threshold": 1.0 } ] } ],
        "subnet4": [ { "subnet": "10.0.0.0/8", "relay": { "ip-addresses": [ "10.1.0.1" ] } } ]
      } }
      """;

  private static Subnet subnet(long id) {
    return plan(OFFICE).v4().subnet(id).orElseThrow();
  }

  private static Ipv6 address(String text) {
    return Ipv6.mapped(Ipv4.ofText(text));
  }

  @Test
  void aPlanWithoutTheOtherObjectDoesNotServeIt() {
    ServerPlan plan = plan(OFFICE);

    assertThat(plan.v4().served()).isTrue();
    assertThat(plan.v4().family()).isEqualTo(Family.IPV4);
    assertThat(plan.v6().served()).isFalse();
    assertThat(plan.v6().links()).isEmpty();
    assertThat(plan("{ \"Dhcp6\": { } }").v4().served()).isFalse();
  }

  @Test
  void linksAreOfTheFamily() {
    List<Link> links = plan(OFFICE).v4().links();

    assertThat(links).extracting(Link::name).containsExactly("office", "10.0.0.0/8");
    assertThat(links).extracting(Link::family).containsOnly(Family.IPV4);
    assertThat(links.get(0).selectors().interfaceName()).contains("eth0");
    assertThat(links.get(1).subnets().get(0).selectors().relayAddresses())
        .containsExactly(address("10.1.0.1"));
    assertThat(links.get(1).subnets().get(0).prefix())
        .isEqualTo(Prefix.mapped(Ipv4.ofText("10.0.0.0"), 8));
    assertThat(plan(OFFICE).v4().settings().interfaces()).containsExactly("eth0", "eth1/192.0.2.1");
  }

  @Test
  void poolsAreRangesOrPrefixesOfMappedAddresses() {
    assertThat(subnet(10).pools())
        .containsExactly(
            new AddressPool(address("198.51.100.100"), address("198.51.100.199"), OptionSet.NONE),
            new AddressPool(address("198.51.100.64"), address("198.51.100.95"), OptionSet.NONE));
    assertThat(subnet(10).prefixPools()).isEmpty();
  }

  @Test
  void bootFieldsAreInheritedOneByOne() {
    assertThat(subnet(10).dhcp4().boot())
        .isEqualTo(
            new BootFields(
                Optional.of(Ipv4.ofText("192.0.2.5")),
                Optional.of("boot"),
                Optional.of("office.0")));
    assertThat(plan(OFFICE).v4().links().get(1).subnets().get(0).dhcp4().boot())
        .isEqualTo(
            new BootFields(
                Optional.of(Ipv4.ofText("192.0.2.5")), Optional.empty(), Optional.of("global.0")));
    assertThat(reservation(HostIdentifier.Type.HW_ADDRESS, "020000000001").boot())
        .isEqualTo(
            new BootFields(
                Optional.of(Ipv4.ofText("198.51.100.9")),
                Optional.of("own"),
                Optional.of("own.0")));
  }

  @Test
  void termsAreInherited() {
    assertThat(subnet(10).dhcp4().authoritative()).isTrue();
    assertThat(subnet(10).dhcp4().matchClientId()).isTrue();
    assertThat(subnet(11).dhcp4().matchClientId()).isFalse();
    assertThat(subnet(10).dhcp4().adaptiveThreshold()).isEqualTo(OptionalDouble.of(0.8));
    assertThat(subnet(11).dhcp4().adaptiveThreshold()).isEmpty();
    assertThat(subnet(10).dhcp4().offerSeconds()).isEqualTo(20);
    assertThat(subnet(10).rapidCommit()).isTrue();
    assertThat(plan(OFFICE).v4().links().get(1).subnets().get(0).dhcp4().authoritative()).isFalse();
    assertThat(plan(OFFICE).v4().settings().echoClientId()).isFalse();
  }

  @Test
  void lifetimesAreInheritedKeyByKey() {
    assertThat(subnet(10).lifetimes().valid()).isEqualTo(new Range(4000, 4000, 4000));
    assertThat(subnet(11).lifetimes().valid()).isEqualTo(new Range(7200, 7200, 86_400));
    assertThat(subnet(11).lifetimes().renew()).isEqualTo(OptionalLong.of(1000));
    assertThat(subnet(11).lifetimes().rebind()).isEqualTo(OptionalLong.of(2000));
  }

  @Test
  void innerOptionsWinOverOuterOnes() {
    assertThat(subnet(10).options().all())
        .containsExactlyInAnyOrder(
            new PlanOption(
                OptionSpace.DHCP4,
                Dhcp4OptionCode.DOMAIN_NAME_SERVERS,
                Bytes.of(198, 51, 100, 53),
                false,
                false),
            new PlanOption(OptionSpace.DHCP4, 224, Bytes.of(7), true, false));
    assertThat(plan(OFFICE).catalogue().byName(OptionSpace.DHCP4, "colour")).isPresent();
  }

  private static Reservation reservation(HostIdentifier.Type type, String hex) {
    return subnet(10).reservations().of(new HostIdentifier(type, Bytes.ofHex(hex))).orElseThrow();
  }

  @Test
  void reservationsAreFoundByEachIdentifier() {
    assertThat(reservation(HostIdentifier.Type.HW_ADDRESS, "020000000001").addresses())
        .containsExactly(address("198.51.100.7"));
    assertThat(reservation(HostIdentifier.Type.CLIENT_ID, "01020000000002").hostname())
        .contains("laptop");
    assertThat(
            reservation(HostIdentifier.Type.CIRCUIT_ID, Bytes.ofUtf8("port-12").toHex())
                .addresses())
        .containsExactly(address("198.51.100.12"));
    assertThat(reservation(HostIdentifier.Type.DUID, "00030001020000000003").addresses())
        .containsExactly(address("198.51.100.13"));
    assertThat(subnet(10).reservations().of(new Prefix(address("198.51.100.12"), 128))).isPresent();
  }

  @Test
  void defaultsAreThoseOfKea() {
    ServerPlan plan = plan("{\"Dhcp4\": {\"subnet4\": [{\"subnet\": \"192.0.2.0/24\"}]}}");
    Subnet subnet = plan.v4().links().get(0).subnets().get(0);

    assertThat(subnet.lifetimes().valid()).isEqualTo(new Range(7200, 7200, 7200));
    assertThat(subnet.lifetimes().renew()).isEmpty();
    assertThat(subnet.lifetimes().computeTimers()).isFalse();
    assertThat(subnet.lifetimes().renewFraction()).isEqualTo(0.5);
    assertThat(subnet.lifetimes().rebindFraction()).isEqualTo(0.875);
    assertThat(subnet.dhcp4().authoritative()).isFalse();
    assertThat(subnet.dhcp4().matchClientId()).isTrue();
    assertThat(subnet.dhcp4().boot()).isEqualTo(BootFields.NONE);
    assertThat(subnet.dhcp4().adaptiveThreshold()).isEmpty();
    assertThat(plan.v4().settings().echoClientId()).isTrue();
    assertThat(plan.v4().settings().declineProbationSeconds()).isEqualTo(86_400);
    assertThat(plan.v4().settings().relaySuppliedOptions()).isEmpty();
    assertThat(plan.v4().settings().reservationIdentifiers())
        .containsExactly(
            HostIdentifier.Type.HW_ADDRESS,
            HostIdentifier.Type.DUID,
            HostIdentifier.Type.CIRCUIT_ID,
            HostIdentifier.Type.CLIENT_ID);
  }
}

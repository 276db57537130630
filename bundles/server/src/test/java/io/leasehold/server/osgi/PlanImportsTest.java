// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.PlanConversion;
import io.leasehold.server.PlanConversion.Outcome;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dhcpd.conf becomes a plan. */
class PlanImportsTest {
  private static final String CONF =
      """
      # The campus.
      option domain-name "example.org";
      option domain-name-servers ns.example.org, 192.0.2.53;
      option site-code code 200 = unsigned integer 16;
      default-lease-time 600;
      max-lease-time 7200;
      authoritative;
      log-facility local7;
      ddns-update-style none;
      include "more.conf";

      shared-network campus {
        option ntp-servers 192.0.2.123;
        subnet 192.0.2.0 netmask 255.255.255.0 {
          option routers 192.0.2.1;
          option site-code 7;
          pool {
            deny members of "phones";
            range 192.0.2.10 192.0.2.99;
            option domain-name "pool.example.org";
          }
        }
        subnet 198.51.100.0 netmask 255.255.255.128 { range dynamic-bootp 198.51.100.9; }
      }
      class "phones" { match if substring (option vendor-class-identifier, 0, 4) = "SIP1"; }
      group {
        filename "boot.img";
        next-server 192.0.2.3;
        use-host-decl-names on;
        host desk { hardware ethernet 2:0:0:0:0:1; fixed-address 192.0.2.5, 198.51.100.5; }
        host tower { option dhcp-client-identifier "ab"; fixed-address tower.example.org; }
      }
      host nobody { fixed-address 192.0.2.6; }
      """;

  @TempDir Path directory;

  private PlanConversion convert(String text) throws IOException {
    Path file = directory.resolve("dhcpd.conf");
    Files.writeString(file, text);
    return new PlanImports().ofDhcpd(file);
  }

  private static FamilyPlan plan(PlanConversion conversion, Family family) {
    assertThat(conversion.report().accepted())
        .as("%s%n%s", conversion.report().findings(), conversion.document())
        .isTrue();
    return new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
        .compile(List.of(new Document("d", conversion.document())), List.of())
        .plan()
        .orElseThrow()
        .of(family);
  }

  private List<String> lines(PlanConversion conversion, Outcome outcome) {
    return conversion.entries(outcome).stream()
        .map(entry -> entry.toString().replace(directory + "/", ""))
        .toList();
  }

  @Test
  void whatAPlanCanSayIsInThePlan() throws IOException {
    Files.writeString(
        directory.resolve("more.conf"),
        "subnet 203.0.113.0 netmask 255.255.255.0 { default-lease-time 60; interface eth7; }");

    PlanConversion conversion = convert(CONF);

    FamilyPlan plan = plan(conversion, Family.IPV4);
    assertThat(plan.links()).hasSize(2);
    assertThat(plan.links().get(0).name()).isEqualTo("campus");
    Subnet first = plan.links().get(0).subnets().get(0);
    assertThat(first.pools().get(0).first().toString()).isEqualTo("192.0.2.10");
    assertThat(first.pools().get(0).options().all()).hasSize(1);
    assertThat(first.dhcp4().authoritative()).isTrue();
    assertThat(first.lifetimes().valid().usual()).isEqualTo(600);
    assertThat(first.options().all()).extracting(option -> option.code()).contains(3, 200, 42, 15);
    Subnet other = plan.links().get(1).subnets().get(0);
    assertThat(other.lifetimes().valid().usual()).isEqualTo(60);
    assertThat(other.selectors().interfaceName()).contains("eth7");
    Reservation desk = first.reservations().all().get(0);
    assertThat(desk.identifier().value().toHex()).isEqualTo("020000000001");
    assertThat(desk.hostname()).contains("desk");
    assertThat(plan.links().get(0).subnets().get(1).reservations().all()).hasSize(1);
  }

  @Test
  void whatItCannotSayIsToldWithItsLine() throws IOException {
    PlanConversion conversion = convert(CONF);

    assertThat(lines(conversion, Outcome.CHANGED))
        .containsExactly(
            "dhcpd.conf:8: log-facility local7: has no effect: it is about the program, not about"
                + " clients",
            "dhcpd.conf:23: range dynamic-bootp 198.51.100.9: BOOTP clients need \"bootp\": true in"
                + " the subnet");
    assertThat(lines(conversion, Outcome.NOT_CONVERTED))
        .anyMatch(
            line -> line.startsWith("dhcpd.conf:3: option domain-name-servers ns.example.org"))
        .anyMatch(line -> line.startsWith("dhcpd.conf:9: ddns-update-style none: names are not"))
        .anyMatch(line -> line.startsWith("dhcpd.conf:10: include more.conf: cannot be read"))
        .anyMatch(line -> line.startsWith("dhcpd.conf:18: deny members of phones: write it as"))
        .anyMatch(
            line -> line.startsWith("dhcpd.conf:25: class phones: write it as a client class"))
        .anyMatch(line -> line.startsWith("dhcpd.conf:31: fixed-address tower.example.org: 'tower"))
        .anyMatch(line -> line.startsWith("dhcpd.conf:33: host nobody: it says neither"))
        .hasSize(7);
  }

  @Test
  void aFileOfDhcpv6IsConverted() throws IOException {
    PlanConversion conversion =
        convert(
            """
            default-lease-time 1000;
            option dhcp6.name-servers 2001:db8::53, 2001:db8::54;
            option dhcp6.rapid-commit;
            subnet6 2001:db8:1::/64 {
              range6 2001:db8:1::100 2001:db8:1::1ff;
              range6 2001:db8:1::1000/116;
              prefix6 2001:db8:100:: 2001:db8:2ff:: /48;
            }
            host lab {
              host-identifier option dhcp6.client-id 00:03:00:01:2:0:0:0:0:1;
              fixed-address6 2001:db8:1::7;
            }
            """);

    Subnet subnet = plan(conversion, Family.IPV6).links().get(0).subnets().get(0);
    assertThat(lines(conversion, Outcome.NOT_CONVERTED)).isEmpty();
    assertThat(subnet.pools()).hasSize(2);
    assertThat(subnet.prefixPools())
        .extracting(pool -> pool.prefix().toString())
        .containsExactly("2001:db8:100::/40", "2001:db8:200::/40");
    assertThat(subnet.rapidCommit()).isTrue();
    assertThat(subnet.lifetimes().preferred().usual()).isEqualTo(625);
    assertThat(subnet.options().all()).extracting(option -> option.code()).contains(23);
    assertThat(subnet.reservations().all().get(0).identifier().value().toHex())
        .isEqualTo("00030001020000000001");
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> new PlanImports().ofDhcpd(directory.resolve("x")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aSubnetGetsTheOptionsOfTheGroupsAroundIt() throws IOException {
    PlanConversion conversion =
        convert(
            """
            group { option domain-name "outer.example.org"; option routers 192.0.2.9;
              group { option domain-name "inner.example.org";
                subnet 192.0.2.0 netmask 255.255.255.0 { option routers 192.0.2.1; range 192.0.2.10; } } }
            """);

    assertThat(
            plan(conversion, Family.IPV4).links().get(0).subnets().get(0).options().all().stream()
                .map(option -> option.code() + " " + option.value().toHex()))
        .containsExactlyInAnyOrder("3 c0000201", "15 " + Bytes.ofUtf8("inner.example.org").toHex());
  }

  @Test
  void whatCannotBeRightIsToldAndLeftOut() throws IOException {
    Files.writeString(directory.resolve("loop.conf"), "include \"loop.conf\";");
    PlanConversion conversion =
        convert(
            """
            include "loop.conf";
            subnet 192.0.2.0 netmask 255.0.255.0 { }
            subnet 192.0.2.0 netmask 255.255.255.0 { range 192.0.2.10; }
            host both { hardware ethernet 2:0:0:0:0:1; option dhcp-client-identifier "ab";
              fixed-address 192.0.2.5; }
            host elsewhere { hardware ethernet 2:0:0:0:0:2; fixed-address 198.51.100.7; }
            """);

    assertThat(lines(conversion, Outcome.NOT_CONVERTED))
        .anyMatch(line -> line.endsWith("include loop.conf: files include one another"))
        .anyMatch(line -> line.endsWith("'255.0.255.0' is not a mask"))
        .anyMatch(line -> line.endsWith("host elsewhere: its address is in no subnet"));
    assertThat(lines(conversion, Outcome.CHANGED))
        .anyMatch(line -> line.endsWith("host both: it is known by its client-id only"));
    List<Reservation> reserved =
        plan(conversion, Family.IPV4).links().get(0).subnets().get(0).reservations().all();
    assertThat(reserved).extracting(one -> one.identifier().value().toHex()).containsOnly("6162");
  }

  @Test
  void aPoolOfASharedNetworkIsThatOfTheSubnetThatHasIt() throws IOException {
    PlanConversion conversion =
        convert(
            """
            shared-network campus {
              pool { option domain-name "pool.example.org"; range 198.51.100.10 198.51.100.20; }
              subnet 192.0.2.0 netmask 255.255.255.0 { range 192.0.2.10; }
              subnet 198.51.100.0 netmask 255.255.255.0 { }
              pool { range 192.0.2.20 192.0.2.30; range 203.0.113.1; }
            }
            shared-network campus6 {
              subnet6 2001:db8:1::/64 { }
              pool6 { range6 2001:db8:1::10 2001:db8:1::20; prefix6 2001:db8:8:: 2001:db8:8:f:: /64; }
            }
            """);

    List<Subnet> subnets = plan(conversion, Family.IPV4).links().get(0).subnets();
    assertThat(subnets.get(0).pools())
        .extracting(pool -> pool.first().toString())
        .containsExactly("192.0.2.10", "192.0.2.20");
    assertThat(subnets.get(1).pools())
        .extracting(pool -> pool.first() + " " + pool.options().all().size())
        .containsExactly("198.51.100.10 1");
    Subnet subnet = plan(conversion, Family.IPV6).links().get(0).subnets().get(0);
    assertThat(subnet.pools()).hasSize(1);
    assertThat(subnet.prefixPools()).hasSize(1);
    assertThat(lines(conversion, Outcome.NOT_CONVERTED))
        .containsExactly("dhcpd.conf:5: range 203.0.113.1: no subnet of its shared network has it");
  }

  @Test
  void whatIsSaidOfAPoolOrAHostAndAPlanSaysOfSubnetsIsTold() throws IOException {
    PlanConversion conversion =
        convert(
            """
            subnet 192.0.2.0 netmask 255.255.255.0 {
              pool { max-lease-time 60; filename "x"; range 192.0.2.10; }
            }
            group { default-lease-time 60; filename "y";
              host desk { hardware ethernet 2:0:0:0:0:1; fixed-address 192.0.2.5; max-lease-time 9; } }
            """);

    Subnet subnet = plan(conversion, Family.IPV4).links().get(0).subnets().get(0);
    assertThat(subnet.lifetimes().valid().usual()).isEqualTo(43_200);
    assertThat(subnet.reservations().all().get(0).boot().bootFileName()).contains("y");
    assertThat(lines(conversion, Outcome.NOT_CONVERTED))
        .containsExactly(
            "dhcpd.conf:2: max-lease-time 60: a plan says it of subnets and client classes, not of pools",
            "dhcpd.conf:2: filename x: a plan says it of subnets and client classes, not of pools",
            "dhcpd.conf:5: max-lease-time 9: a plan says it of subnets only");
    assertThat(lines(conversion, Outcome.CHANGED))
        .containsExactly(
            "dhcpd.conf:5: host desk: a plan says it of subnets only, and its group says valid-lifetime");
  }

  @Test
  void poolsForKnownClientsAskForTheirClass() throws IOException {
    PlanConversion conversion =
        convert(
            """
            subnet 192.0.2.0 netmask 255.255.255.0 {
              pool { allow unknown-clients; range 192.0.2.10; }
              pool { allow known-clients; allow unknown-clients; range 192.0.2.20; }
              pool { allow members of "phones"; allow members of "desks"; range 192.0.2.40; }
              range 192.0.2.30;
            }
            subnet 198.51.100.0 netmask 255.255.255.0 { range 198.51.100.1; allow unknown-clients; }
            deny unknown-clients;
            """);

    assertThat(lines(conversion, Outcome.NOT_CONVERTED)).isEmpty();
    assertThat(conversion.document().replaceAll("\\s+", " "))
        .contains("{ \"pool\": \"192.0.2.10 - 192.0.2.10\", \"client-classes\": [ \"UNKNOWN\" ] }")
        .contains("{ \"pool\": \"192.0.2.20 - 192.0.2.20\" }")
        .contains("192.0.2.40\", \"client-classes\": [ \"phones\", \"desks\" ] }")
        .contains("{ \"pool\": \"192.0.2.30 - 192.0.2.30\", \"client-classes\": [ \"KNOWN\" ] }")
        .contains("{ \"pool\": \"198.51.100.1 - 198.51.100.1\" }");
    assertThat(plan(conversion, Family.IPV4).links()).hasSize(2);
  }

  @Test
  void aReservedPrefixAndAllAddressesOfASubnetStayTogether() throws IOException {
    PlanConversion conversion =
        convert(
            """
            subnet6 2001:db8:1::/64 { }
            subnet 192.0.2.0 netmask 255.255.255.0 { }
            host lab { host-identifier option dhcp6.client-id 00:03:00:01:2:0:0:0:0:1;
              fixed-address6 2001:db8:1::7, 2001:db8:1::8; fixed-prefix6 2001:db8:9::/48; }
            host desk { hardware ethernet 2:0:0:0:0:1; fixed-address 192.0.2.5, 192.0.2.6; }
            """);

    List<Reservation> lab =
        plan(conversion, Family.IPV6).links().get(0).subnets().get(0).reservations().all();
    assertThat(lab).hasSize(1);
    assertThat(lab.get(0).addresses()).hasSize(2);
    assertThat(lab.get(0).prefixes()).hasToString("[2001:db8:9::/48]");
    List<Reservation> desk =
        plan(conversion, Family.IPV4).links().get(0).subnets().get(0).reservations().all();
    assertThat(desk).hasSize(1);
    assertThat(lines(conversion, Outcome.CHANGED))
        .containsExactly("dhcpd.conf:5: host desk: in a subnet it gets its first address only");
  }

  @Test
  void anOptionOfOctetsMayBeWrittenAsAText() throws IOException {
    PlanConversion conversion =
        convert(
            """
            option phones code 242 = string;
            option modem code 243 = string;
            subnet 192.0.2.0 netmask 255.255.255.0 {
              option phones "abc,d=e"; option modem 1:a0:ff;
              option vendor-encapsulated-options "it's"; option option-231 "fe"; option option-230 9;
            }
            """);

    assertThat(lines(conversion, Outcome.NOT_CONVERTED)).isEmpty();
    assertThat(
            plan(conversion, Family.IPV4).links().get(0).subnets().get(0).options().all().stream()
                .map(option -> option.code() + " " + option.value().toHex()))
        .containsExactlyInAnyOrder(
            "242 " + Bytes.ofUtf8("abc,d=e").toHex(),
            "243 01a0ff",
            "43 " + Bytes.ofUtf8("it's").toHex(),
            "231 6665",
            "230 09");
  }

  @Test
  void anOptionThatIsDefinedAnywayIsNotDefinedOnceMore() throws IOException {
    PlanConversion conversion =
        convert(
            """
            option arch code 93 = unsigned integer 16;
            option routes code 121 = array of unsigned integer 8;
            option clocks code 42 = array of ip-address;
            option pairs code 225 = array of { ip-address, unsigned integer 8 };
            subnet 192.0.2.0 netmask 255.255.255.0 {
              option routes 24, 198, 51, 100, 192, 0, 2, 1; option clocks 192.0.2.9;
            }
            """);

    assertThat(lines(conversion, Outcome.CHANGED))
        .hasSize(3)
        .startsWith(
            "dhcpd.conf:1: option arch code 93 = unsigned: it is defined already, as dhcp4.client-system(93)");
    assertThat(lines(conversion, Outcome.NOT_CONVERTED))
        .containsExactly(
            "dhcpd.conf:4: option pairs code 225 = array: records that are repeated have no counterpart");
    assertThat(
            plan(conversion, Family.IPV4).links().get(0).subnets().get(0).options().all().stream()
                .map(option -> option.code() + " " + option.value().toHex()))
        .containsExactlyInAnyOrder("121 18c63364c0000201", "42 c0000209");
  }
}

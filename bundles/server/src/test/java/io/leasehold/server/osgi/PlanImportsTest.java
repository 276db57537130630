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
}

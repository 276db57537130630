// SPDX-License-Identifier: Apache-2.0
package io.leasehold.route.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel's own routes, in a network namespace of the test. */
final class KernelRoutesTest {
  private static final Prefix PREFIX = Prefix.ofText("2001:db8:1200::/40");
  private static final Ipv6 FIRST = Ipv6.ofText("fe80::aa");
  private static final Ipv6 SECOND = Ipv6.ofText("fe80::bb");

  private final String namespace = "lhroute-" + ProcessHandle.current().pid();
  private final IpCommand ip = new IpCommand(List.of("ip"), Duration.ofSeconds(20));
  private LinuxRoutes routes;

  @BeforeEach
  void enterNamespace() throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
    try {
      assumeTrue(ip.run(List.of("netns", "add", namespace)).isGood(), "needs root");
    } catch (IOException e) {
      assumeTrue(false, "needs iproute2: " + e.getMessage());
    }
    inside("link", "add", "eth1", "type", "veth", "peer", "name", "peer1");
    inside("link", "set", "eth1", "up");
    inside("link", "set", "peer1", "up");
    routes =
        new LinuxRoutes(
            new RouteSettings(
                List.of("ip", "-n", namespace), 172, 254, 1020, Duration.ofSeconds(20)));
  }

  @AfterEach
  void leaveNamespace() throws IOException {
    ip.run(List.of("netns", "del", namespace));
  }

  @Test
  void routeIsPutInPlaceReplacedAndRemoved() throws IOException {
    routes.add(PREFIX, FIRST, "eth1");
    assertThat(routesOf("172")).isEqualTo("2001:db8:1200::/40 via fe80::aa dev eth1 metric 1020");
    routes.add(PREFIX, SECOND, "eth1");
    assertThat(routesOf("172")).isEqualTo("2001:db8:1200::/40 via fe80::bb dev eth1 metric 1020");
    routes.add(PREFIX, SECOND, "peer1");
    assertThat(routesOf("172")).isEqualTo("2001:db8:1200::/40 via fe80::bb dev peer1 metric 1020");
    routes.remove(PREFIX, SECOND, "peer1");
    assertThat(routesOf("172")).isEmpty();
    routes.remove(PREFIX, SECOND, "peer1");
  }

  @Test
  void routesOfOthersStay() throws IOException {
    inside(
        "-6",
        "route",
        "add",
        PREFIX.toIpv6Text(),
        "via",
        "fe80::bb",
        "dev",
        "eth1",
        "proto",
        "static",
        "metric",
        "1020");
    assertThatThrownBy(() -> routes.add(PREFIX, FIRST, "eth1"))
        .hasMessageContaining("another is there: 2001:db8:1200::/40 via fe80::bb");
    routes.remove(PREFIX, SECOND, "eth1");
    assertThat(routesOf("static")).contains("via fe80::bb dev eth1");
  }

  @Test
  void routesOfOthersWithAnotherMetricAreNoHindrance() throws IOException {
    inside(
        "-6",
        "route",
        "add",
        PREFIX.toIpv6Text(),
        "via",
        "fe80::bb",
        "dev",
        "eth1",
        "proto",
        "static",
        "metric",
        "30");
    routes.add(PREFIX, FIRST, "eth1");
    routes.add(PREFIX, SECOND, "eth1");
    routes.remove(PREFIX, SECOND, "eth1");
    assertThat(routesOf("static")).contains("via fe80::bb dev eth1");
    assertThat(routesOf("172")).isEmpty();
  }

  @Test
  void anInterfaceThatIsNotThereIsToldAndHasNoRoute() throws IOException {
    assertThatThrownBy(() -> routes.add(PREFIX, FIRST, "eth9"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot find device");
    routes.remove(PREFIX, FIRST, "eth9");
  }

  private String routesOf(String protocol) throws IOException {
    return inside("-6", "route", "show", "proto", protocol).replace(" pref medium", "");
  }

  private String inside(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("-n", namespace));
    all.addAll(List.of(words));
    IpCommand.Outcome outcome = ip.run(all);
    assertThat(outcome.status()).as("%s: %s", all, outcome.said()).isZero();
    return outcome.said();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.BindSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class WantedTest {
  private static final Ipv6 AGENTS = Ipv6.ofText("ff02::1:2");
  private static final Ipv6 SERVERS = Ipv6.ofText("ff05::1:3");
  private static final NetworkPort LO = port("lo", 1, "::1");
  private static final NetworkPort ETH0 = port("eth0", 2, "fe80::1", "2001:db8::1");
  private static final NetworkPort ETH1 = port("eth1", 3, "fe80::1", "2001:db8:1::1");

  @Test
  void starMeansEveryInterfaceThatIsUpButNotTheLoopback() {
    NetworkPort down = new NetworkPort("eth2", 4, false, false, true, List.of(ip("fe80::2")));
    NetworkPort without = port("eth3", 5);

    assertThat(texts(wanted(List.of("*"), LO, ETH0, ETH1, down, without)))
        .containsExactly(
            "ff02::1:2%eth0",
            "ff05::1:3%eth0",
            "fe80::1%eth0",
            "2001:db8::1%eth0",
            "ff02::1:2%eth1",
            "ff05::1:3%eth1",
            "fe80::1%eth1",
            "2001:db8:1::1%eth1");
  }

  @Test
  void starLeavesGroupsOutWhereThereIsNoMulticast() {
    NetworkPort tunnel = new NetworkPort("wg0", 4, true, false, false, List.of(ip("fe80::2")));

    assertThat(texts(wanted(List.of("*"), tunnel))).containsExactly("fe80::2%wg0");
  }

  @Test
  void starLeavesGroupsOutWhereTheyCouldNotBeAnswered() {
    NetworkPort global = port("tun0", 4, "2001:db8:4::1");

    assertThat(texts(wanted(List.of("*"), global))).containsExactly("2001:db8:4::1%tun0");
  }

  @Test
  void starWithoutInterfaceIsAbsent() {
    assertThat(wanted(List.of("*"), LO))
        .extracting(Wanted::absence)
        .hasSize(2)
        .allMatch(reason -> reason.contains("no interface"));
  }

  @Test
  void loopbackIsUsedWhenNamed() {
    assertThat(texts(wanted(List.of("lo"), LO)))
        .containsExactly("ff02::1:2%lo", "ff05::1:3%lo", "::1%lo");
  }

  @Test
  void addressMeansOnlyThatAddress() {
    assertThat(texts(wanted(List.of("eth0/2001:db8::1"), ETH0)))
        .containsExactly("2001:db8::1%eth0");
  }

  @Test
  void whatIsNamedTwiceIsWantedOnce() {
    assertThat(wanted(List.of("*", "eth0", "eth0/2001:db8::1"), ETH0)).hasSize(4);
  }

  @Test
  void nonsenseIsToldAsAbsence() {
    assertThat(wanted(List.of("eth0/10.0.0.1"), ETH0))
        .extracting(Wanted::absence)
        .containsExactly("'10.0.0.1' is not an IPv6 address");
  }

  @Test
  void interfaceThatIsDownIsAbsent() {
    NetworkPort down = new NetworkPort("eth0", 2, false, false, true, List.of());

    assertThat(wanted(List.of("eth0"), down))
        .extracting(Wanted::absence)
        .containsOnly("eth0 is down");
  }

  @Test
  void groupWithoutLinkLocalAddressCannotAnswer() {
    NetworkPort port = port("eth0", 2, "2001:db8::1");

    assertThat(wanted(List.of("eth0"), port))
        .filteredOn(wanted -> wanted.address().orElseThrow().isMulticast())
        .extracting(Wanted::absence)
        .containsOnly("eth0 has no link-local address to answer from");
  }

  @Test
  void equalLinkLocalAddressesOfTwoInterfacesHaveTwoSockets() {
    assertThat(
            wanted(List.of("*"), ETH0, ETH1).stream()
                .filter(each -> each.addressText().equals("fe80::1"))
                .map(Wanted::socket))
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void groupOfWiderScopeHasOneSocketForAllInterfaces() {
    assertThat(
            wanted(List.of("*"), ETH0, ETH1).stream()
                .filter(each -> each.addressText().equals("ff05::1:3"))
                .map(Wanted::socket)
                .distinct())
        .containsExactly(new Wanted.SocketKey(SERVERS, 0));
  }

  private static List<Wanted> wanted(List<String> interfaces, NetworkPort... ports) {
    return Wanted.of(
        new BindSpec(Family.IPV6, interfaces, 547, List.of(AGENTS, SERVERS)), List.of(ports));
  }

  private static List<String> texts(List<Wanted> wanted) {
    return wanted.stream().map(each -> each.addressText() + "%" + each.interfaceName()).toList();
  }

  private static NetworkPort port(String name, int index, String... addresses) {
    List<Ipv6> parsed = List.of(addresses).stream().map(WantedTest::ip).toList();
    return new NetworkPort(name, index, true, name.equals("lo"), !name.equals("lo"), parsed);
  }

  private static Ipv6 ip(String text) {
    return Ipv6.ofText(text);
  }
}

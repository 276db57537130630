// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.v6.SubnetBuilder;
import io.leasehold.server.v6.TestServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 13.1, RFC 6221 and RFC 7969. */
class LinkFinderTest {
  private final Link shared =
      new Link(
          Family.IPV6,
          "campus",
          true,
          new Selectors(Optional.of("eth1"), Optional.empty(), List.of()),
          List.of(
              new SubnetBuilder(1, "2001:db8:1::/64").build(),
              new SubnetBuilder(2, "2001:db8:2::/64").build()));
  private final LinkFinder links =
      new LinkFinder(
          TestServer.plan(
                  shared,
                  new SubnetBuilder(3, "2001:db8:3::/64").interfaceId("0102").link(),
                  new SubnetBuilder(4, "2001:db8:4::/64").relay("2001:db8:ff::4").link(),
                  new SubnetBuilder(5, "2001:db8::/32").prefixPool("2001:db8:f000::/36", 56).link())
              .v6());

  private static Arrival on(String interfaceName, String remote) {
    return new Arrival(interfaceName, TestServer.MULTICAST, Ipv6.ofText(remote), 546);
  }

  private static RelayMessage relay(String link, String interfaceId) {
    Options options =
        interfaceId.isEmpty()
            ? Options.EMPTY
            : Options.builder().add(18, Bytes.ofHex(interfaceId)).build();
    return RelayMessage.forward(0, Ipv6.ofText(link), TestServer.CLIENT, options);
  }

  private long subnet(Arrival arrival, RelayMessage... outermostFirst) {
    Place place = links.find(arrival, List.of(outermostFirst), Membership.NONE);
    return place == null ? -1 : place.subnet().id();
  }

  @Test
  void attachedClientIsOnTheLinkOfTheInterface() {
    assertThat(subnet(on("eth1", "fe80::a"))).isEqualTo(1);
    assertThat(links.find(on("eth1", "fe80::a"), List.of(), Membership.NONE).link())
        .isEqualTo(shared);
    assertThat(subnet(on("eth7", "fe80::a"))).isEqualTo(-1);
    assertThat(subnet(on("", "fe80::a"))).isEqualTo(-1);
  }

  @Test
  void globalSourceAddressNamesTheLink() {
    assertThat(subnet(on("eth7", "2001:db8:2::99"))).isEqualTo(2);
  }

  @Test
  void interfaceIdOfTheNearestRelayGoesFirst() {
    assertThat(subnet(on("eth0", "2001:db8::1"), relay("2001:db8:2::1", "0102"))).isEqualTo(3);
    assertThat(subnet(on("eth0", "2001:db8::1"), relay("2001:db8:2::1", "0199"))).isEqualTo(2);
  }

  @Test
  void relayAddressGoesBeforeThePrefix() {
    assertThat(subnet(on("eth0", "2001:db8::1"), relay("2001:db8:ff::4", ""))).isEqualTo(4);
  }

  @Test
  void longestPrefixOfTheLinkAddressDecides() {
    assertThat(subnet(on("eth0", "2001:db8::1"), relay("2001:db8:2::1", ""))).isEqualTo(2);
    assertThat(subnet(on("eth0", "2001:db8::1"), relay("2001:db8:77::1", ""))).isEqualTo(5);
  }

  @Test
  void linkAddressThatSaysNothingLeavesItToTheNextRelay() {
    RelayMessage outer = relay("2001:db8:2::1", "");

    assertThat(subnet(on("eth0", "2001:db8::1"), outer, relay("::", ""))).isEqualTo(2);
    assertThat(subnet(on("eth0", "2001:db8::1"), outer, relay("fe80::1", ""))).isEqualTo(2);
    assertThat(subnet(on("eth0", "2001:db8::1"), outer, relay("2001:db9::1", ""))).isEqualTo(2);
  }

  @Test
  void interfaceIdOfAnOuterRelayIsTheLastHelp() {
    assertThat(subnet(on("eth0", "fe80::1"), relay("::", "0102"), relay("::", ""))).isEqualTo(3);
  }

  @Test
  void layerTwoRelayOnTheServersLinkIsAsNone() {
    assertThat(subnet(on("eth1", "fe80::1"), relay("::", "77"))).isEqualTo(1);
    assertThat(subnet(on("eth1", "fe80::1"), relay("fe80::7", "77"))).isEqualTo(1);
  }

  @Test
  void unknownLinkAddressIsNotReplacedByTheInterface() {
    assertThat(subnet(on("eth1", "fe80::1"), relay("2001:dead::1", ""))).isEqualTo(-1);
  }

  @Test
  void delegatedPrefixesTellTheirLink() {
    assertThat(links.delegating(Prefix.ofText("2001:db8:f123:100::/56")).subnets().get(0).id())
        .isEqualTo(5);
    assertThat(links.delegating(Prefix.ofText("2001:db8:e000::/36"))).isNull();
    assertThat(links.delegating(Prefix.ofText("2001:db8::/32"))).isNull();
  }
}

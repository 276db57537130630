// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.Channel;
import io.leasehold.security.Peer;
import io.leasehold.server.RelaySeen;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.Link;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.protocol.RelayRefusal;
import io.leasehold.server.v6.SubnetBuilder;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may speak for clients (RFC 8213 section 3). */
class RelayGateTest {
  private static final Ipv6 RELAY = Ipv6.ofText("2001:db8:f::1");
  private static final Ipv6 LINK = Ipv6.ofText("2001:db8:1::1");
  private static final Ipv6 OTHER = Ipv6.ofText("2001:db8:2::1");
  private static final Arrival ARRIVAL =
      new Arrival("eth0", Ipv6.ofText("2001:db8::547"), RELAY, 547);

  private final Counters counters = new Counters();
  private final List<String> audited = new ArrayList<>();
  private final RelaysSeen seen =
      new RelaysSeen(
          () -> Instant.ofEpochSecond(1_000_000),
          (kind, subject, detail) -> audited.add(kind + " " + subject + " " + detail));

  private RelayGate gate(RelayPolicy policy, Peer... peers) {
    RelayGate gate = new RelayGate(new RelayGate.Settings(policy, false, true), seen, counters);
    gate.follow(List.of(peers), null, Peers.authorizer(peers));
    return gate;
  }

  private static RelayRefusal plain(RelayGate gate, Ipv6 link) {
    return gate.datagrams(547).right(null).refusal(ARRIVAL, link, null);
  }

  private static RelayRefusal hop(RelayGate gate, Peer peer, Ipv6 link, Place placeOrNull) {
    return gate.hop("tls").right(Peers.HopWay.of(peer)).refusal(ARRIVAL, link, placeOrNull);
  }

  private static Place place(String prefix) {
    Link link = new SubnetBuilder(1, prefix).link();
    return new Place(link, link.subnets().get(0));
  }

  @Test
  void openTakesEverybodyAndRemembersThem() {
    assertThat(plain(gate(RelayPolicy.OPEN), LINK)).isNull();

    RelaySeen relay = seen.relays().get(0);
    assertThat(relay.address()).isEqualTo(RELAY);
    assertThat(relay.links()).containsExactly(LINK);
    assertThat(relay.carrier()).isEqualTo("udp");
    assertThat(relay.refusal()).isEmpty();
  }

  @Test
  void linkOfAProtectedPeerIsClosedForPlainRelays() {
    RelayGate gate = gate(RelayPolicy.OPEN, Peers.keyed("r17", "2001:db8:1::/64"));

    assertThat(plain(gate, LINK)).isEqualTo(RelayRefusal.UNPROTECTED);
    assertThat(plain(gate, OTHER)).isNull();
    assertThat(seen.relays().get(0).refusal()).isEmpty();
  }

  /** An Interface-Id may find a link whatever the link-address says. */
  @Test
  void linkOfAProtectedPeerIsClosedByWhateverItIsFound() {
    RelayGate gate = gate(RelayPolicy.OPEN, Peers.keyed("r17", "2001:db8:1::/64"));

    RelayRefusal refusal =
        gate.datagrams(547).right(null).refusal(ARRIVAL, OTHER, place("2001:db8:1::/64"));

    assertThat(refusal).isEqualTo(RelayRefusal.UNPROTECTED);
  }

  @Test
  void listedTakesPeersOnlyAndForTheirLinksOnly() {
    RelayGate gate =
        gate(RelayPolicy.LISTED, Peers.listed("r1", "2001:db8:f::1", "2001:db8:1::/64"));

    assertThat(plain(gate, LINK)).isNull();
    assertThat(plain(gate, OTHER)).isEqualTo(RelayRefusal.LINK);
    assertThat(plain(gate(RelayPolicy.LISTED, Peers.listed("r1", "2001:db8:f::2")), LINK))
        .isEqualTo(RelayRefusal.UNLISTED);
    assertThat(plain(gate(RelayPolicy.LISTED), LINK)).isEqualTo(RelayRefusal.UNLISTED);
  }

  @Test
  void protectedTakesNobodyInClear() {
    Peer listed = Peers.listed("r1", "2001:db8:f::1");
    Peer keyed = Peers.keyed("r17", "2001:db8:1::/64");
    RelayGate gate = gate(RelayPolicy.PROTECTED, listed, keyed);

    assertThat(plain(gate, LINK)).isEqualTo(RelayRefusal.UNPROTECTED);
    assertThat(gate.hop("tcp").right(Peers.HopWay.inClear()).refusal(ARRIVAL, LINK, null))
        .isEqualTo(RelayRefusal.UNPROTECTED);
    assertThat(hop(gate, keyed, LINK, null)).isNull();
  }

  @Test
  void whoIsRefusedIsAuditedOnceAnHour() {
    RelayGate gate = gate(RelayPolicy.PROTECTED);
    plain(gate, LINK);
    plain(gate, LINK);

    assertThat(audited)
        .singleElement()
        .asString()
        .startsWith("relay-refused " + ARRIVAL.remote() + " relay-unprotected for link " + LINK);
  }

  @Test
  void peerSpeaksForTheLinksOfItsScopeOnly() {
    Peer keyed = Peers.keyed("r17", "2001:db8:1::/64");
    RelayGate gate = gate(RelayPolicy.OPEN, keyed);

    assertThat(hop(gate, keyed, LINK, place("2001:db8:1::/64"))).isNull();
    assertThat(hop(gate, keyed, OTHER, null)).isEqualTo(RelayRefusal.LINK);
    assertThat(hop(gate, keyed, LINK, place("2001:db8:2::/64")))
        .as("an Interface-Id leads to another link")
        .isEqualTo(RelayRefusal.LINK);
    assertThat(hop(gate, keyed, Ipv6.UNSPECIFIED, place("2001:db8:1::/64"))).isNull();
  }

  @Test
  void withoutAnybodyWhoCanJudgeNoPeerMaySpeak() {
    Peer keyed = Peers.keyed("r17");
    RelayGate gate = gate(RelayPolicy.OPEN, keyed);
    gate.follow(List.of(keyed), null, null);

    assertThat(hop(gate, keyed, LINK, null)).isEqualTo(RelayRefusal.ROLE);
  }

  @Test
  void channelForDatagramsIsAskedAndClosedWhileItIsDown() {
    RelayGate gate = gate(RelayPolicy.PROTECTED);
    gate.follow(List.of(), channel(Admission.refused("no SA")), null);
    assertThat(plain(gate, LINK)).isEqualTo(RelayRefusal.NOT_ADMITTED);

    gate.follow(
        List.of(), channel(new Admission(true, "", Assurance.PRIVATE, Optional.empty())), null);
    assertThat(plain(gate, LINK)).as("the network below vouches for it").isNull();

    gate.follow(List.of(), channel(Admission.inClear()), null);
    assertThat(plain(gate, LINK)).isEqualTo(RelayRefusal.UNPROTECTED);
  }

  private static Channel channel(Admission always) {
    return (Channel)
        Proxy.newProxyInstance(
            Channel.class.getClassLoader(),
            new Class<?>[] {Channel.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "admit" -> always;
                  case "equals" -> proxy == arguments[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Test
  void listIsBounded() {
    RelayGate gate = gate(RelayPolicy.LISTED);
    for (int i = 0; i < 3_000; i++) {
      Arrival from = new Arrival("eth0", ARRIVAL.local(), RELAY.plus(i), 547);
      gate.datagrams(547).right(null).refusal(from, LINK, null);
    }

    assertThat(seen.relays()).hasSize(1024);
    assertThat(seen.notKept()).isEqualTo(3_000 - 1024);
  }

  @Test
  void whatIsNotRelayedDoesNotComeByAHop() {
    RelayGate gate = gate(RelayPolicy.OPEN);
    Bytes solicit = Bytes.ofHex("01123456");

    assertThat(gate.hop("tls").admit(Family.IPV6, solicit, Peers.HopWay.inClear())).isNull();
    assertThat(
            gate.hop("tls").admit(Family.IPV4, Bytes.wrap(new byte[300]), Peers.HopWay.inClear()))
        .isNull();
    assertThat(counters.snapshot())
        .containsEntry("pkt6-drop-hop-message", 1L)
        .containsEntry("pkt4-drop-hop-message", 1L);
  }

  @Test
  void accessIdentifiersComeByPrivateHopsOnly() {
    RelayGate gate = gate(RelayPolicy.OPEN);
    Bytes relayed = // RELAY-FORW, Access-Network-Name (106), empty Relay Message
        Bytes.ofHex("0c00" + "00".repeat(32) + "006a0003414243" + "00090000");

    assertThat(gate.datagrams(547).admit(Family.IPV6, relayed, null).toHex())
        .doesNotContain("414243");
    assertThat(gate.hop("tcp").admit(Family.IPV6, relayed, Peers.HopWay.inClear()).toHex())
        .doesNotContain("414243");
    assertThat(gate.hop("tls").admit(Family.IPV6, relayed, Peers.HopWay.of(Peers.keyed("r"))))
        .isSameAs(relayed);
    assertThat(counters.snapshot()).containsEntry("pkt6-access-identifiers-removed", 2L);

    RelayGate frank =
        new RelayGate(new RelayGate.Settings(RelayPolicy.OPEN, true, true), seen, counters);
    assertThat(frank.datagrams(547).admit(Family.IPV6, relayed, null)).isSameAs(relayed);
  }

  /** Anybody on a link can write option 82 (RFC 3046 section 2.1); giaddr only a relay agent. */
  @Test
  void option82WithoutGiaddrIsTakenOutWhereSwitchesAreNotTrusted() {
    RelayGate wary =
        new RelayGate(new RelayGate.Settings(RelayPolicy.OPEN, false, false), seen, counters);
    byte[] discover = new byte[250];
    Bytes.ofHex("63825363" + "520401026131" + "ff").copyTo(discover, 236);

    assertThat(wary.datagrams(67).admit(Family.IPV4, Bytes.wrap(discover), null).toHex())
        .doesNotContain("6131");
    assertThat(
            gate(RelayPolicy.OPEN)
                .datagrams(67)
                .admit(Family.IPV4, Bytes.wrap(discover), null)
                .toHex())
        .contains("6131");
    discover[24] = 10;
    assertThat(wary.datagrams(67).admit(Family.IPV4, Bytes.wrap(discover), null).toHex())
        .contains("6131");
  }
}

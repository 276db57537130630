// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernedLeases.Pool;
import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.ProtocolVersion;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.endpoint.EndpointRecord.Dhcp4;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When leases of DHCPv4 are of a relationship, and what is done while they are not. */
final class Dhcp4LeasesTest {
  private static final List<Pool> POOLS =
      List.of(new Pool(LeaseKey.address(Family.IPV4, Ipv6.mapped(Ipv4.ofText("192.0.2.0"))), 200));

  private static ConnectTerms terms(boolean dhcp4) {
    return new ConnectTerms(ProtocolVersion.CURRENT, 3600, 60, 400, new ConnectFlags(false), dhcp4);
  }

  /** A server in NORMAL with a past in which its leases of DHCPv4 stood so. */
  private static Peer normal(Role role, Dhcp4 stored, boolean isOffered, String... lines) {
    Peer peer = new Peer(role, lines);
    peer.node.past(Peer.past(NORMAL).with(stored));
    peer.node.pools = POOLS;
    peer.terms = terms(isOffered);
    peer.node.boot();
    return peer.connect().says(NORMAL);
  }

  private static Service dhcp4(Node node) {
    return node.view.service(Family.IPV4);
  }

  private static Service dhcp6(Node node) {
    return node.view.service(Family.IPV6);
  }

  @Test
  void newPairServesBothFamiliesAndSharesAddresses() {
    TestPair pair = new TestPair();
    pair.primary.pools = POOLS;
    pair.secondary.pools = POOLS;
    pair.boot().pass(120);
    pair.assertNormal();

    assertThat(dhcp4(pair.primary)).isEqualTo(Service.ALL);
    assertThat(dhcp4(pair.secondary)).isEqualTo(Service.OWN);
    assertThat(pair.wire).doesNotContain("> UPDREQALL", "< UPDREQALL");
    for (Node node : List.of(pair.primary, pair.secondary)) {
      assertThat(node.stored().dhcp4()).isEqualTo(Dhcp4.SHARED);
      assertThat(node.leases.values())
          .filteredOn(lease -> lease.state() == LeaseState.FREE_BACKUP)
          .hasSize(100);
      assertThat(node.status().counters())
          .containsEntry("addresses-of-primary", 100L)
          .containsEntry("addresses-of-secondary", 100L);
    }
    pair.cut();
    assertThat(dhcp4(pair.secondary)).isEqualTo(Service.ALL);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void partnerThatDoesNotOfferThemClosesDhcp4Alone(Role role) {
    Peer peer = normal(role, Dhcp4.SHARED, false);

    assertThat(peer.node.state()).isEqualTo(NORMAL);
    assertThat(dhcp6(peer.node)).isEqualTo(role == Role.PRIMARY ? Service.ALL : Service.OWN);
    assertThat(dhcp4(peer.node)).isEqualTo(Service.NONE);
    assertThat(peer.node.stored().dhcp4()).isEqualTo(Dhcp4.APART);
    assertThat(peer.node.status().alarms())
        .singleElement()
        .asString()
        .contains("DHCPv4", "does not offer");
    assertThat(peer.node.status().differences()).containsExactly("dhcp4");
    assertThat(peer.node.status().counters()).doesNotContainKey("addresses-of-primary");
    assertThat(peer.requests()).isEmpty();

    peer.hangUp();
    assertThat(peer.node.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(dhcp4(peer.node)).as("what the partner gave is not known").isEqualTo(Service.NONE);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void serverThatShallNotTellThemDoesNotServeThem(Role role) {
    Peer peer = normal(role, Dhcp4.SHARED, true, "dhcp4 = false");

    assertThat(dhcp4(peer.node)).isEqualTo(Service.NONE);
    assertThat(peer.node.status().alarms()).singleElement().asString().contains("dhcp4 = false");
    boolean isOffered =
        peer.node.sent.stream()
            .filter(
                each ->
                    each.type() == Dhcp6MessageType.CONNECT
                        || each.type() == Dhcp6MessageType.CONNECTREPLY)
            .anyMatch(each -> ConnectTerms.read(each.options()).dhcp4());
    assertThat(isOffered).isFalse();
  }

  @Test
  void offerIsAnsweredOnlyIfItWasMade() {
    for (boolean isOffered : new boolean[] {true, false}) {
      Peer peer = normal(Role.SECONDARY, Dhcp4.SHARED, isOffered);
      assertThat(
              ConnectTerms.read(
                      peer.node.sent.stream()
                          .filter(each -> each.type() == Dhcp6MessageType.CONNECTREPLY)
                          .findFirst()
                          .orElseThrow()
                          .options())
                  .dhcp4())
          .isEqualTo(isOffered);
    }
  }

  @Test
  void partnerThatOffersThemAgainTellsFirstWhatItHas() {
    Peer peer = normal(Role.PRIMARY, Dhcp4.SHARED, false).hangUp();
    peer.terms = terms(true);
    peer.connect().says(NORMAL);

    assertThat(dhcp6(peer.node)).isEqualTo(Service.ALL);
    assertThat(dhcp4(peer.node)).isEqualTo(Service.NONE);
    assertThat(peer.words()).contains("UPDREQ").doesNotContain("UPDREQALL");
    assertThat(peer.node.status().alarms()).singleElement().asString().contains("not told all");

    peer.saysUpdDone();
    assertThat(dhcp4(peer.node)).isEqualTo(Service.ALL);
    assertThat(peer.node.stored().dhcp4()).isEqualTo(Dhcp4.SHARED);
    assertThat(peer.node.status().alarms()).isEmpty();
    assertThat(peer.requests()).hasSize(1);
  }

  @Test
  void requestThatWasLostIsMadeAgain() {
    Peer peer = normal(Role.PRIMARY, Dhcp4.APART, true);
    assertThat(peer.requests()).hasSize(1);
    peer.hangUp();
    assertThat(dhcp4(peer.node)).isEqualTo(Service.NONE);
    peer.connect().says(NORMAL);
    assertThat(peer.requests()).hasSize(1);
    peer.saysUpdDone();
    assertThat(dhcp4(peer.node)).isEqualTo(Service.ALL);
  }

  @Test
  void whoKnowsNothingAsksForEverything() {
    Peer peer = normal(Role.PRIMARY, Dhcp4.UNKNOWN, true);
    assertThat(dhcp4(peer.node)).isEqualTo(Service.NONE);
    assertThat(peer.words()).contains("UPDREQALL");
    peer.saysUpdDone();
    assertThat(dhcp4(peer.node)).isEqualTo(Service.ALL);
  }

  @Test
  void relationshipWithoutSubnetsOfDhcp4AsksNothingMore() {
    Peer peer = Peer.of(Role.PRIMARY, Peer.past(NORMAL));
    peer.terms = terms(true);
    peer.connect().says(NORMAL);
    assertThat(peer.requests()).isEmpty();
    assertThat(peer.node.status().alarms()).isEmpty();

    peer.node.pools = POOLS;
    peer.node.endpoint.onPlanChanged(peer.now());
    peer.node.drain();
    assertThat(peer.words()).contains("UPDREQALL");
  }

  @Test
  void whoServesAloneServesBothFamilies() {
    Peer peer = normal(Role.SECONDARY, Dhcp4.SHARED, false).hangUp();
    assertThat(peer.node.order(Order.PARTNER_DOWN).good).isPresent();
    assertThat(peer.node.state()).isEqualTo(PARTNER_DOWN);
    assertThat(dhcp4(peer.node)).isEqualTo(Service.ALL);

    peer.connect();
    assertThat(dhcp4(peer.node)).as("the partner is there").isEqualTo(Service.NONE);
    peer.hangUp();
    assertThat(dhcp4(peer.node)).isEqualTo(Service.ALL);
  }

  /** As if the power had gone: what is stored counts. */
  @Test
  void whatWasAgreedHoldsOverARestart() {
    TestPair pair = new TestPair();
    pair.primary.pools = POOLS;
    pair.secondary.pools = POOLS;
    pair.boot().pass(120);
    pair.crash(pair.primary);
    pair.crash(pair.secondary);
    pair.boot(pair.secondary);
    pair.pass(31);
    assertThat(pair.secondary.state()).isEqualTo(COMMUNICATIONS_INTERRUPTED);
    assertThat(dhcp4(pair.secondary)).isEqualTo(Service.ALL);
  }

  @Test
  void storeThatTakesNothingKeepsThemClosed() {
    Peer peer = normal(Role.PRIMARY, Dhcp4.APART, true);
    peer.node.isStoreFull = true;
    peer.saysUpdDone();
    assertThat(dhcp4(peer.node)).isEqualTo(Service.NONE);
    peer.node.isStoreFull = false;
    peer.pass(30);
    assertThat(dhcp4(peer.node)).isEqualTo(Service.ALL);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static io.leasehold.server.lease.Leases.NOW;
import static io.leasehold.server.lease.Leases.active;
import static io.leasehold.server.lease.Leases.address;
import static io.leasehold.server.lease.Leases.client;
import static io.leasehold.server.lease.Leases.governed;
import static io.leasehold.server.lease.Leases.hardware;
import static io.leasehold.server.lease.Leases.hinting;
import static io.leasehold.server.lease.Leases.identifier;
import static io.leasehold.server.lease.Leases.knownBy;
import static io.leasehold.server.lease.Leases.lease;
import static io.leasehold.server.lease.Leases.link;
import static io.leasehold.server.lease.Leases.na;
import static io.leasehold.server.lease.Leases.pd;
import static io.leasehold.server.lease.Leases.prefix;
import static io.leasehold.server.lease.Leases.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is chosen on a link that two servers share (RFC 8156 section 4.2). */
class GovernedLinkTest {
  private final LeaseTable table = new LeaseTable();
  private final FakeGovernor primary = new FakeGovernor(true);
  private final FakeGovernor secondary = new FakeGovernor(false);

  private LeaseKey chosen(LinkLeases link, Wish wish) {
    return link.choose(wish, NOW).map(Choice::key).orElse(null);
  }

  /** RFC 8156 section 4.2.1.1. */
  @ParameterizedTest
  @CsvSource({
    "iterative, true",
    "iterative, false",
    "random, true",
    "random, false",
    "flq, true",
    "flq, false"
  })
  void onlyOwnHalfIsGiven(String allocator, boolean isPrimary) {
    LinkLeases link =
        governed(
            table,
            isPrimary ? primary : secondary,
            subnet(1, "2001:db8::/64")
                .pool("2001:db8::1000", "2001:db8::1803")
                .allocator(allocator));
    long lowest = isPrimary ? 1 : 0;
    Set<LeaseKey> given = new HashSet<>();
    for (int n = 0; n < 1000; n++) {
      Wish wish = address(n, 1);
      // Half of the clients ask for an address of the other half.
      Wish wanted =
          n % 2 == 0 ? wish : hinting(wish, "2001:db8::1%03x/128".formatted(2 * n + 1 - lowest));
      LeaseKey key = chosen(link, wanted);
      assertThat(key.address().low() & 1).isEqualTo(lowest);
      link.commit(active(key, n, 1, NOW + 3600));
      given.add(key);
    }
    assertThat(given).hasSize(1000);
    assertThat(link.free(LeaseKind.IA_NA)).isEqualTo(1026 - 1000);
  }

  @Test
  void ownHalfIsUsedUpAndNoMore() {
    LinkLeases link =
        governed(table, primary, subnet(1, "2001:db8::/64").pool("2001:db8::10", "2001:db8::13"));
    link.commit(active(chosen(link, address(1, 1)), 1, 1, NOW + 3600));
    link.commit(active(chosen(link, address(2, 1)), 2, 1, NOW + 3600));

    assertThat(table.stateOf(na("2001:db8::11"))).isEqualTo(LeaseState.ACTIVE);
    assertThat(table.stateOf(na("2001:db8::13"))).isEqualTo(LeaseState.ACTIVE);
    primary.borrows = true;
    assertThat(chosen(link, address(3, 1))).isNull();
    assertThat(link.claim(hinting(address(3, 1), "2001:db8::12/128"), NOW)).isEmpty();
  }

  @Test
  void aPoolOfOneAddressIsOneServers() {
    LinkLeases odd =
        governed(table, primary, subnet(1, "2001:db8::/64").pool("2001:db8::1", "2001:db8::1"));
    LinkLeases even =
        governed(table, primary, subnet(1, "2001:db8::/64").pool("2001:db8::2", "2001:db8::2"));

    assertThat(chosen(odd, address(1, 1))).isEqualTo(na("2001:db8::1"));
    assertThat(chosen(even, address(1, 1))).isNull();
  }

  private static Leases.SubnetBuilder pools() {
    return subnet(1, "2001:db8::/64")
        .pool("2001:db8::10", "2001:db8::1f")
        .prefixPool("2001:db8:100::/40", 48);
  }

  /** A DUID is one client's: neither server can give it to another. */
  @Test
  void whatIsReservedByDuidIsGivenByBoth() {
    for (FakeGovernor governor : List.of(primary, secondary)) {
      LinkLeases link =
          governed(
              new LeaseTable(),
              governor,
              pools()
                  .reserve(7, "2001:db8::16")
                  .reserve(8, "2001:db8::17", "2001:db8::a2")
                  .reservePrefix(9, "2001:db8:107::/48"));

      assertThat(chosen(link, address(7, 1))).isEqualTo(na("2001:db8::16"));
      assertThat(chosen(link, address(8, 1))).isEqualTo(na("2001:db8::17"));
      link.commit(active(na("2001:db8::17"), 8, 1, NOW + 3600));
      assertThat(chosen(link, address(8, 2))).as("in no pool").isEqualTo(na("2001:db8::a2"));
      assertThat(chosen(link, prefix(9, 1))).isEqualTo(pd("2001:db8:107::/48"));
      link.commit(lease(pd("2001:db8:107::/48"), 9, 1, LeaseState.FREE_BACKUP, NOW));
      assertThat(chosen(link, prefix(9, 1))).isEqualTo(pd("2001:db8:107::/48"));
      assertThat(link.claim(hinting(address(7, 1), "2001:db8::16/128"), NOW)).isPresent();
      assertThat(link.claim(hinting(address(1, 1), "2001:db8::16/128"), NOW)).isEmpty();
      assertThat(link.reservedForOther(na("2001:db8::16"), List.of(identifier(8)))).isTrue();
      assertThat(link.reservedForOther(na("2001:db8::16"), List.of(identifier(7)))).isFalse();
    }
  }

  @Test
  void whatIsReservedByDuidWaitsForWhatItsGovernorSays() {
    LinkLeases link =
        governed(
            table,
            primary,
            subnet(1, "2001:db8::/64")
                .pool("2001:db8::10", "2001:db8::1f")
                .reserve(7, "2001:db8::16"));
    for (LeaseState state : List.of(LeaseState.ACTIVE, LeaseState.EXPIRED, LeaseState.ABANDONED)) {
      link.commit(lease(na("2001:db8::16"), 9, 1, state, NOW + 3600));
      assertThat(chosen(link, address(7, 1)).address().low() & 1).as(state.word()).isEqualTo(1);
    }
    link.forget(na("2001:db8::16"));
    assertThat(chosen(link, address(7, 1))).isEqualTo(na("2001:db8::16"));
    primary.service = Service.RECORDED;
    assertThat(chosen(link, address(7, 1))).isNull();
  }

  /** Hardware may have two DUIDs, and each server may hear another one first. */
  @Test
  void whatIsReservedByHardwareIsGivenByTheServerWhoseItIs() {
    for (FakeGovernor governor : List.of(primary, secondary)) {
      LinkLeases link =
          governed(
              new LeaseTable(),
              governor,
              pools().reserve(hardware(7), List.of("2001:db8::16"), List.of("2001:db8:107::/48")));

      LeaseKey even = na("2001:db8::16");
      if (governor.isPrimary) {
        assertThat(chosen(link, knownBy(address(1, 1), hardware(7)))).isNotEqualTo(even);
        assertThat(chosen(link, knownBy(prefix(1, 1), hardware(7))))
            .isEqualTo(pd("2001:db8:107::/48"));
      } else {
        assertThat(chosen(link, knownBy(address(1, 1), hardware(7)))).isEqualTo(even);
        assertThat(chosen(link, knownBy(prefix(1, 1), hardware(7)))).isNull();
      }
    }
  }

  @Test
  void theSecondaryHasThePrefixesThatItWasGiven() {
    Leases.SubnetBuilder subnet = subnet(1, "2001:db8::/64").prefixPool("2001:db8:100::/40", 48);
    table.put(lease(pd("2001:db8:105::/48"), 9, 1, LeaseState.FREE_BACKUP, NOW));
    LinkLeases link = governed(table, secondary, subnet);

    assertThat(link.free(LeaseKind.IA_PD)).isEqualTo(1);
    assertThat(chosen(link, hinting(prefix(1, 1), "2001:db8:101::/48")))
        .isEqualTo(pd("2001:db8:105::/48"));
    link.commit(active(pd("2001:db8:105::/48"), 1, 1, NOW + 3600));
    assertThat(chosen(link, prefix(2, 1))).isNull();

    link.commit(lease(pd("2001:db8:106::/48"), 9, 1, LeaseState.FREE_BACKUP, NOW));
    assertThat(chosen(link, prefix(2, 1))).isEqualTo(pd("2001:db8:106::/48"));
    link.forget(pd("2001:db8:106::/48"));
    assertThat(chosen(link, prefix(2, 1))).as("free again is the primary's").isNull();
  }

  @Test
  void thePrimaryLeavesAlonePrefixesThatItGaveAway() {
    LinkLeases link =
        governed(table, primary, subnet(1, "2001:db8::/64").prefixPool("2001:db8:100::/46", 48));
    link.commit(lease(pd("2001:db8:100::/48"), 9, 1, LeaseState.FREE_BACKUP, NOW));
    link.commit(lease(pd("2001:db8:101::/48"), 9, 1, LeaseState.FREE_BACKUP, NOW));

    assertThat(link.free(LeaseKind.IA_PD)).isEqualTo(2);
    for (int n = 1; n <= 2; n++) {
      link.commit(active(chosen(link, prefix(n, 1)), n, 1, NOW + 3600));
    }
    assertThat(chosen(link, prefix(3, 1))).isNull();

    primary.borrows = true;
    assertThat(chosen(link, prefix(3, 1))).isIn(pd("2001:db8:100::/48"), pd("2001:db8:101::/48"));
    assertThat(chosen(link, hinting(prefix(3, 1), "2001:db8:101::/48")))
        .isEqualTo(pd("2001:db8:101::/48"));
  }

  @Test
  void theSecondaryBorrowsWhatNobodyHasOnRecord() {
    LinkLeases link =
        governed(table, secondary, subnet(1, "2001:db8::/64").prefixPool("2001:db8:100::/46", 48));
    link.commit(active(pd("2001:db8:100::/48"), 1, 1, NOW + 3600));
    link.offer(pd("2001:db8:101::/48"), client(2), 1, NOW + 60);
    assertThat(chosen(link, prefix(3, 1))).isNull();

    secondary.borrows = true;
    assertThat(chosen(link, prefix(3, 1))).isEqualTo(pd("2001:db8:102::/48"));
  }

  @Test
  void whatHasEndedWaitsUntilItIsFree() {
    LinkLeases link =
        governed(table, primary, subnet(1, "2001:db8::/64").pool("2001:db8::10", "2001:db8::11"));
    LeaseKey only = na("2001:db8::11");
    for (LeaseState state :
        List.of(LeaseState.EXPIRED, LeaseState.RELEASED, LeaseState.RESET, LeaseState.ABANDONED)) {
      link.commit(lease(only, 1, 1, state, NOW + 3600));
      assertThat(link.free(LeaseKind.IA_NA)).as(state.word()).isZero();
      assertThat(chosen(link, address(2, 1))).as(state.word()).isNull();
    }

    link.commit(lease(only, 1, 1, LeaseState.EXPIRED, NOW + 3600));
    assertThat(chosen(link, address(1, 1))).as("its client has it back").isEqualTo(only);
    link.offer(only, client(1), 1, NOW + 60);
    assertThat(chosen(link, address(1, 1))).isEqualTo(only);
    assertThat(link.choose(address(2, 1), NOW + 61)).as("the offer is over").isEmpty();
    assertThat(link.free(LeaseKind.IA_NA)).isZero();

    link.commit(lease(only, 1, 1, LeaseState.FREE, NOW + 3600));
    assertThat(chosen(link, address(2, 1))).isEqualTo(only);
  }

  @Test
  void poolsAreOpenedWithWhatIsFree() {
    table.put(lease(na("2001:db8::11"), 1, 1, LeaseState.EXPIRED, NOW + 3600));
    table.put(lease(na("2001:db8::13"), 1, 1, LeaseState.FREE, NOW + 3600));
    LinkLeases link =
        governed(table, primary, subnet(1, "2001:db8::/64").pool("2001:db8::10", "2001:db8::15"));

    assertThat(link.free(LeaseKind.IA_NA)).isEqualTo(2);
  }

  @Test
  void nothingIsChosenThatMayNotBeGiven() {
    LinkLeases link =
        governed(
            table,
            primary,
            subnet(1, "2001:db8::/64")
                .pool("2001:db8::", "2001:db8::ffff:ffff:ffff:ffff")
                .reserve(1, "2001:db8::1"));
    link.offer(na("2001:db8::3"), client(2), 1, NOW + 60);
    primary.gives = false;

    assertThat(chosen(link, address(1, 1))).isNull();
    assertThat(chosen(link, address(2, 1))).isNull();
    assertThat(chosen(link, hinting(address(3, 1), "2001:db8::5/128"))).isNull();
  }

  @Test
  void nothingIsChosenWithoutAGovernor() {
    LinkLeases link =
        governed(table, null, subnet(1, "2001:db8::/64").pool("2001:db8::10", "2001:db8::1f"));

    assertThat(link.governanceOrNull().isClosed()).isTrue();
    assertThat(chosen(link, address(1, 1))).isNull();
    assertThat(link.claim(hinting(address(1, 1), "2001:db8::11/128"), NOW)).isEmpty();
  }

  /** The plan says no more that two servers share the subnet. */
  @Test
  void whatWasThePartnersIsFreeWhereNobodyGovernsAnyMore() {
    table.put(lease(na("2001:db8::10"), 1, 1, LeaseState.FREE_BACKUP, LeaseTimes.NEVER));
    table.put(lease(pd("2001:db8:8000::/48"), 2, 1, LeaseState.FREE_BACKUP, LeaseTimes.NEVER));
    table.put(lease(pd("2001:db8:8001::/48"), 2, 1, LeaseState.PENDING_FREE, LeaseTimes.NEVER));
    table.put(lease(pd("2001:db8:8002::/56"), 2, 1, LeaseState.FREE_BACKUP, LeaseTimes.NEVER));
    table.put(active(pd("2001:db8:8003::/56"), 3, 1, NOW + 100));
    LinkLeases link =
        link(
            table,
            subnet(1, "2001:db8::/64")
                .pool("2001:db8::10", "2001:db8::10")
                .prefixPool("2001:db8:8000::/46", 48));

    assertThat(chosen(link, address(5, 1))).isEqualTo(na("2001:db8::10"));
    assertThat(link.claim(hinting(address(5, 1), "2001:db8::10/128"), NOW)).isPresent();
    Set<LeaseKey> given = new HashSet<>();
    for (int n = 5; n < 8; n++) {
      LeaseKey key = chosen(link, prefix(n, 1));
      link.commit(active(key, n, 1, NOW + 100));
      given.add(key);
    }
    assertThat(given)
        .containsExactlyInAnyOrder(
            pd("2001:db8:8000::/48"), pd("2001:db8:8001::/48"), pd("2001:db8:8002::/48"));
    assertThat(chosen(link, prefix(9, 1))).isNull();
  }
}

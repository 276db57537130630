// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static io.leasehold.server.lease.Leases.NOW;
import static io.leasehold.server.lease.Leases.active;
import static io.leasehold.server.lease.Leases.address;
import static io.leasehold.server.lease.Leases.client;
import static io.leasehold.server.lease.Leases.having;
import static io.leasehold.server.lease.Leases.hinting;
import static io.leasehold.server.lease.Leases.identifier;
import static io.leasehold.server.lease.Leases.lease;
import static io.leasehold.server.lease.Leases.link;
import static io.leasehold.server.lease.Leases.na;
import static io.leasehold.server.lease.Leases.pd;
import static io.leasehold.server.lease.Leases.prefix;
import static io.leasehold.server.lease.Leases.reservation;
import static io.leasehold.server.lease.Leases.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.Reservations;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkLeasesTest {
  private final LeaseTable table = new LeaseTable();

  private static LeaseKey chosen(LinkLeases leases, Wish wish) {
    return leases.choose(wish, NOW).map(Choice::key).orElse(null);
  }

  private static LeaseKey give(LinkLeases leases, Wish wish, int client) {
    LeaseKey key = chosen(leases, wish);
    leases.commit(active(key, client, wish.iaid(), NOW + 100));
    return key;
  }

  /** A link of one pool that begins with ::1, and addresses reserved for client 7. */
  private LinkLeases reserving(String lastOfPool, String... reserved) {
    return link(
        table, subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", lastOfPool).reserve(7, reserved));
  }

  @Test
  void theFirstAddressOfTheFirstPoolIsChosenFirst() {
    LinkLeases leases =
        link(
            table,
            subnet(1, "2001:db8:1::/64")
                .pool("2001:db8:1::10", "2001:db8:1::1f")
                .pool("2001:db8:1::5", "2001:db8:1::6"));
    assertThat(give(leases, address(1, 1), 1)).isEqualTo(na("2001:db8:1::10"));
    assertThat(give(leases, address(2, 1), 2)).isEqualTo(na("2001:db8:1::11"));
  }

  @Test
  void anExhaustedPoolAndSubnetPassOnToTheNext() {
    LinkLeases leases =
        link(
            table,
            subnet(1, "2001:db8:1::/64")
                .pool("2001:db8:1::1", "2001:db8:1::1")
                .pool("2001:db8:1::9", "2001:db8:1::9"),
            subnet(2, "2001:db8:2::/64").pool("2001:db8:2::1", "2001:db8:2::1"));
    give(leases, address(1, 1), 1);
    assertThat(give(leases, address(2, 1), 2)).isEqualTo(na("2001:db8:1::9"));
    Choice third = leases.choose(address(3, 1), NOW).orElseThrow();
    assertThat(third.key()).isEqualTo(na("2001:db8:2::1"));
    assertThat(third.subnet().id()).isEqualTo(2);
    leases.commit(active(third.key(), 3, 1, NOW + 100));
    assertThat(chosen(leases, address(4, 1))).isNull();
    assertThat(chosen(leases, prefix(4, 1))).isNull();
  }

  @Test
  void severalAddressesOfOneAssociationDiffer() {
    LinkLeases leases =
        link(table, subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", "2001:db8:1::3"));
    Wish wish = address(1, 1);
    LeaseKey first = chosen(leases, wish);
    LeaseKey second = chosen(leases, having(wish, first));
    LeaseKey third = chosen(leases, having(wish, first, second));
    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    assertThat(chosen(leases, having(wish, first, second, third))).isNull();
  }

  @Test
  void aHintIsFollowedIfFree() {
    LinkLeases leases =
        link(table, subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", "2001:db8:1::ff"));
    assertThat(chosen(leases, hinting(address(1, 1), "2001:db8:1::77/128")))
        .isEqualTo(na("2001:db8:1::77"));
    leases.commit(active(na("2001:db8:1::77"), 2, 1, NOW + 100));
    assertThat(chosen(leases, hinting(address(1, 1), "2001:db8:1::77/128")))
        .isEqualTo(na("2001:db8:1::1"));
    assertThat(chosen(leases, hinting(address(1, 1), "2001:db8:9::77/128")))
        .as("off the link")
        .isNotNull();
  }

  @Test
  void aHintInTheUpperHalfOfAWholeSlash64IsFollowedToo() {
    LinkLeases leases =
        link(
            table,
            subnet(1, "2001:db8:1::/64").pool("2001:db8:1::", "2001:db8:1::ffff:ffff:ffff:ffff"));
    Wish wish = hinting(address(1, 1), "2001:db8:1::f000:1:2:3/128");
    assertThat(chosen(leases, wish)).isEqualTo(na("2001:db8:1::f000:1:2:3"));
    leases.commit(active(na("2001:db8:1::f000:1:2:3"), 2, 1, NOW + 100));
    assertThat(chosen(leases, wish)).isEqualTo(na("2001:db8:1::"));
  }

  @Test
  void aReservedAddressGoesToItsClientAndToNobodyElse() {
    LinkLeases leases = reserving("2001:db8:1::2", "2001:db8:1::1");
    assertThat(chosen(leases, hinting(address(1, 1), "2001:db8:1::1/128")))
        .isEqualTo(na("2001:db8:1::2"));
    give(leases, address(1, 1), 1);
    assertThat(chosen(leases, address(2, 1))).as("only the reserved one is left").isNull();
    assertThat(give(leases, address(7, 1), 7)).isEqualTo(na("2001:db8:1::1"));
    assertThat(chosen(leases, address(7, 2))).as("its other association").isNull();
    leases.forget(na("2001:db8:1::1"));
    assertThat(chosen(leases, address(2, 1))).as("still reserved").isNull();
    assertThat(leases.reservedForOther(na("2001:db8:1::1"), List.of(identifier(2)))).isTrue();
    assertThat(leases.reservedForOther(na("2001:db8:1::1"), List.of(identifier(7)))).isFalse();
  }

  @Test
  void aReservedAddressOutsideThePoolsIsChosenAndLocatedForItsClient() {
    LinkLeases leases = reserving("2001:db8:1::2", "2001:db8:1::cafe", "2001:db8:1::beef");
    LeaseKey cafe = na("2001:db8:1::cafe");
    assertThat(chosen(leases, address(7, 1))).isEqualTo(cafe);
    assertThat(chosen(leases, hinting(address(7, 1), "2001:db8:1::beef/128")))
        .isEqualTo(na("2001:db8:1::beef"));
    assertThat(chosen(leases, having(address(7, 1), cafe))).isEqualTo(na("2001:db8:1::beef"));
    leases.offer(cafe, client(7), 1, NOW + 10);
    assertThat(chosen(leases, address(7, 2)))
        .as("another association")
        .isEqualTo(na("2001:db8:1::beef"));
    assertThat(leases.locate(cafe, List.of(identifier(7)))).isPresent();
    assertThat(leases.locate(cafe, List.of(identifier(8)))).isEmpty();
    assertThat(leases.reservedForOther(cafe, List.of(identifier(8)))).isTrue();
  }

  @Test
  void aReservedAddressThatAnotherHoldsStaysWithItsHolder() {
    LeaseKey key = na("2001:db8:1::1");
    table.put(active(key, 1, 1, NOW + 100));
    LinkLeases leases = reserving("2001:db8:1::9", "2001:db8:1::1");
    assertThat(chosen(leases, address(7, 1))).isEqualTo(na("2001:db8:1::2"));
    assertThat(leases.reservedForOther(key, List.of(identifier(1)))).as("not renewed").isTrue();
    leases.commit(lease(key, 1, 1, LeaseState.EXPIRED, NOW + 50));
    assertThat(chosen(leases, address(1, 1))).as("not back to its last holder").isNotEqualTo(key);
    assertThat(chosen(leases, address(7, 1))).isEqualTo(key);
  }

  @Test
  void reservationsAreLookedUpWhereTheSubnetSaysSo() {
    Reservations global =
        new Reservations(
            List.of(reservation(5, List.of("2001:db8:1::55", "2001:db8:2::55"), List.of())));
    LinkLeases without =
        link(
            new LeaseTable(),
            global,
            subnet(1, "2001:db8:1::/64")
                .pool("2001:db8:1::1", "2001:db8:1::1")
                .reserve(7, "2001:db8:1::1")
                .scope(false, false, false));
    assertThat(chosen(without, address(7, 1))).isEqualTo(na("2001:db8:1::1"));
    assertThat(chosen(without, address(8, 1))).isEqualTo(na("2001:db8:1::1"));
    LinkLeases with =
        link(
            new LeaseTable(),
            global,
            subnet(2, "2001:db8:2::/64")
                .pool("2001:db8:2::1", "2001:db8:2::ff")
                .reserve(7, "2001:db8:2::7")
                .scope(true, false, true));
    assertThat(chosen(with, address(5, 1))).isEqualTo(na("2001:db8:2::55"));
    assertThat(chosen(with, hinting(address(6, 1), "2001:db8:2::55/128")))
        .isEqualTo(na("2001:db8:2::1"));
    assertThat(chosen(with, address(7, 1))).isEqualTo(na("2001:db8:2::7"));
  }

  @Test
  void aClientGetsBackWhatItHad() {
    LinkLeases leases =
        link(table, subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", "2001:db8:1::9"));
    LeaseKey four = na("2001:db8:1::4");
    LeaseKey five = na("2001:db8:1::5");
    leases.commit(lease(four, 1, 1, LeaseState.EXPIRED, NOW + 50));
    leases.commit(lease(five, 1, 2, LeaseState.RELEASED, NOW + 50));
    assertThat(chosen(leases, address(1, 1))).isEqualTo(four);
    assertThat(chosen(leases, address(1, 2))).isEqualTo(five);
    assertThat(chosen(leases, hinting(address(1, 2), "2001:db8:1::4/128")))
        .as("asks for the other")
        .isEqualTo(four);
    assertThat(chosen(leases, having(address(1, 2), five)))
        .as("what another IAID had")
        .isEqualTo(four);
    leases.commit(active(four, 2, 9, NOW + 50));
    assertThat(chosen(leases, address(1, 1))).as("the other is given away").isEqualTo(five);
  }

  @Test
  void anAssociationKeepsWhatItHolds() {
    LinkLeases leases =
        link(table, subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", "2001:db8:1::9"));
    leases.commit(active(na("2001:db8:1::7"), 1, 1, NOW + 50));
    assertThat(chosen(leases, address(1, 1))).isEqualTo(na("2001:db8:1::7"));
    assertThat(chosen(leases, address(1, 2))).isEqualTo(na("2001:db8:1::1"));
  }

  @Test
  void declinedAddressesAreOutOfUse() {
    LinkLeases leases =
        link(table, subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", "2001:db8:1::1"));
    LeaseKey key = give(leases, address(1, 1), 1);
    leases.commit(lease(key, 1, 1, LeaseState.ABANDONED, NOW + 50));
    assertThat(chosen(leases, address(1, 1))).isNull();
    assertThat(chosen(leases, hinting(address(2, 1), "2001:db8:1::1/128"))).isNull();
    assertThat(leases.use().get(0).declinedAddresses()).isEqualTo(1);
    leases.forget(key);
    assertThat(chosen(leases, address(2, 1))).isEqualTo(key);
  }

  @Test
  void anOfferIsKeptForItsAssociationUntilItIsOver() {
    LinkLeases leases =
        link(table, subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", "2001:db8:1::2"));
    LeaseKey first = chosen(leases, address(1, 1));
    leases.offer(first, client(1), 1, NOW + 10);
    LeaseKey second = chosen(leases, address(2, 1));
    assertThat(second).isNotEqualTo(first);
    leases.offer(second, client(2), 1, NOW + 20);
    assertThat(chosen(leases, address(1, 1))).as("asked again").isEqualTo(first);
    assertThat(leases.choose(address(3, 1), NOW + 10).orElseThrow().key())
        .as("over")
        .isEqualTo(first);
  }

  @Test
  void theOldestOfferGivesWayWhenNothingElseIsFree() {
    LinkLeases leases =
        link(table, subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", "2001:db8:1::2"));
    leases.offer(na("2001:db8:1::2"), client(1), 1, NOW + 10);
    leases.offer(na("2001:db8:1::1"), client(2), 1, NOW + 10);
    assertThat(chosen(leases, address(3, 1))).isEqualTo(na("2001:db8:1::2"));
    leases.commit(active(na("2001:db8:1::2"), 3, 1, NOW + 100));
    assertThat(chosen(leases, address(1, 1))).isEqualTo(na("2001:db8:1::1"));
    assertThat(chosen(leases, address(2, 2))).as("its own offer to another association").isNull();
  }

  @Test
  void prefixesComeFromTheirPoolsWithWhatIsExcluded() {
    LinkLeases leases =
        link(
            table,
            subnet(1, "2001:db8:1::/64")
                .prefixPool("2001:db8:8000::/40", 48, "2001:db8:8000:ff00::/56"));
    give(leases, prefix(1, 1), 1);
    Choice second = leases.choose(prefix(2, 1), NOW).orElseThrow();
    assertThat(second.key()).isEqualTo(pd("2001:db8:8001::/48"));
    assertThat(second.excluded()).contains(Prefix.ofText("2001:db8:8001:ff00::/56"));
    Choice hinted = leases.choose(hinting(prefix(2, 1), "2001:db8:80aa::/48"), NOW).orElseThrow();
    assertThat(hinted.key()).isEqualTo(pd("2001:db8:80aa::/48"));
    assertThat(hinted.excluded()).contains(Prefix.ofText("2001:db8:80aa:ff00::/56"));
  }

  @Test
  void lengthHintsFollowRfc8168() {
    LinkLeases leases =
        link(
            table,
            subnet(1, "2001:db8:1::/64")
                .prefixPool("2001:db8:a000::/40", 56)
                .prefixPool("2001:db8:b000::/40", 48),
            subnet(2, "2001:db8:2::/64").prefixPool("2001:db8::/33", 34));
    assertThat(chosen(leases, prefix(1, 1)).prefixLength()).as("no hint").isEqualTo(56);
    assertThat(chosen(leases, hinting(prefix(1, 1), 48)).prefixLength()).as("exact").isEqualTo(48);
    assertThat(chosen(leases, hinting(prefix(1, 1), 54)).prefixLength())
        .as("shorter, closest")
        .isEqualTo(48);
    assertThat(chosen(leases, hinting(prefix(1, 1), 36)).prefixLength()).isEqualTo(34);
    assertThat(chosen(leases, hinting(prefix(1, 1), 20)).prefixLength())
        .as("longer, closest")
        .isEqualTo(34);
    assertThat(chosen(leases, hinting(prefix(1, 1), "2001:db8:b0ff::/48")))
        .isEqualTo(pd("2001:db8:b0ff::/48"));
    leases.commit(lease(pd("2001:db8:a033::/56"), 1, 1, LeaseState.EXPIRED, NOW + 9));
    assertThat(chosen(leases, hinting(prefix(1, 1), 48)).prefixLength())
        .as("the length, regardless of the record of earlier")
        .isEqualTo(48);
    assertThat(chosen(leases, hinting(prefix(1, 1), 56))).isEqualTo(pd("2001:db8:a033::/56"));
    assertThat(chosen(leases, hinting(prefix(1, 1), "2001:db8:b0ff::/48")))
        .as("the prefix asked for")
        .isEqualTo(pd("2001:db8:b0ff::/48"));
  }

  @Test
  void reservedPrefixesOfAnyLengthKeepOthersOut() {
    LinkLeases leases =
        link(
            table,
            subnet(1, "2001:db8:1::/64")
                .prefixPool("2001:db8:8000::/46", 48)
                .reservePrefix(5, "2001:db8:8000:5::/64")
                .reservePrefix(6, "2001:db8:8002::/47"));
    assertThat(give(leases, prefix(1, 1), 1)).isEqualTo(pd("2001:db8:8001::/48"));
    assertThat(chosen(leases, prefix(2, 1))).isNull();
    assertThat(chosen(leases, hinting(prefix(2, 1), "2001:db8:8000::/48"))).isNull();
    assertThat(chosen(leases, hinting(prefix(2, 1), "2001:db8:8003::/48"))).isNull();
    assertThat(chosen(leases, prefix(5, 1))).isEqualTo(pd("2001:db8:8000:5::/64"));
    assertThat(chosen(leases, prefix(6, 1))).isEqualTo(pd("2001:db8:8002::/47"));
  }

  @Test
  void leasesOfAnEarlierPlanWithOtherLengthsKeepTheirSpace() {
    table.put(active(pd("2001:db8:8000:100::/56"), 1, 1, NOW + 100));
    table.put(active(pd("2001:db8:8002::/47"), 2, 1, NOW + 100));
    LinkLeases leases =
        link(table, subnet(1, "2001:db8:1::/64").prefixPool("2001:db8:8000::/46", 48));
    assertThat(give(leases, prefix(3, 1), 3)).isEqualTo(pd("2001:db8:8001::/48"));
    assertThat(chosen(leases, prefix(4, 1))).isNull();
    assertThat(chosen(leases, hinting(prefix(4, 1), "2001:db8:8002::/48"))).isNull();
    assertThat(leases.locate(pd("2001:db8:8002::/47"), List.of()))
        .as("no longer of this link")
        .isEmpty();
  }

  @Test
  void useIsCountedByState() {
    LinkLeases leases =
        link(
            table,
            subnet(1, "2001:db8:1::/64")
                .pool("2001:db8:1::", "2001:db8:1::ffff:ffff:ffff:ffff")
                .pool("2001:db8:1:0:1::", "2001:db8:1:0:1::1")
                .prefixPool("2001:db8:8000::/40", 48));
    give(leases, address(1, 1), 1);
    leases.commit(lease(give(leases, address(2, 1), 2), 2, 1, LeaseState.RELEASED, NOW + 9));
    give(leases, prefix(1, 1), 1);
    var use = leases.use().get(0);
    assertThat(use.addresses()).isEqualTo(BigInteger.ONE.shiftLeft(64).add(BigInteger.TWO));
    assertThat(use.assignedAddresses()).isEqualTo(1);
    assertThat(use.prefixes()).isEqualTo(BigInteger.valueOf(256));
    assertThat(use.assignedPrefixes()).isEqualTo(1);
    assertThat(leases.free(LeaseKind.IA_PD)).isEqualTo(255);
    assertThat(leases.free(LeaseKind.IA_NA)).isEqualTo(Long.MAX_VALUE);
    assertThat(leases.subnetOf(Ipv6.ofText("2001:db8:1::77")).map(s -> s.id()))
        .isEqualTo(Optional.of(1L));
    assertThat(leases.subnetOf(Ipv6.ofText("2001:db8:3::77"))).isEmpty();
  }
}

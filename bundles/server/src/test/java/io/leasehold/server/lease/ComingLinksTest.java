// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static io.leasehold.server.lease.Leases.NOW;
import static io.leasehold.server.lease.Leases.active;
import static io.leasehold.server.lease.Leases.address;
import static io.leasehold.server.lease.Leases.client;
import static io.leasehold.server.lease.Leases.hinting;
import static io.leasehold.server.lease.Leases.lease;
import static io.leasehold.server.lease.Leases.na;
import static io.leasehold.server.lease.Leases.pd;
import static io.leasehold.server.lease.Leases.prefix;
import static io.leasehold.server.lease.Leases.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComingLinksTest {
  private static final Leases.SubnetBuilder ADDRESSES =
      subnet(1, "2001:db8:1::/64").pool("2001:db8:1::1", "2001:db8:1::4");

  private final LeaseTable table = new LeaseTable();

  private ComingLinks coming(LinkLeases like, LinkLeases... serving) {
    return new ComingLinks(
        List.of(like.link()),
        family -> like.plan(),
        new LinkGround(
            table, word -> StandardPolicies.named(word).orElseThrow(), new SplittableRandom(1)),
        List.of(serving));
  }

  private static LinkLeases only(ComingLinks coming, LinkLeases... former) {
    return coming.finish(List.of(former)).values().iterator().next();
  }

  private static LeaseKey chosen(LinkLeases leases, Wish wish) {
    return leases.choose(wish, NOW).map(Choice::key).orElse(null);
  }

  private static void prepare(ComingLinks coming) {
    while (!coming.goOn()) {}
  }

  @Test
  void whatIsCommittedAfterALinkIsOpenedIsTaken() {
    LinkLeases serving = Leases.link(table, ADDRESSES);
    serving.commit(active(na("2001:db8:1::1"), 1, 1, NOW + 100));
    ComingLinks coming = coming(serving);
    prepare(coming);

    serving.commit(active(na("2001:db8:1::2"), 2, 1, NOW + 100));
    assertThat(coming.goOn()).isTrue();
    serving.commit(active(na("2001:db8:1::3"), 3, 1, NOW + 100));

    assertThat(chosen(only(coming), address(4, 1))).isEqualTo(na("2001:db8:1::4"));
  }

  @Test
  void whatEndsAfterALinkIsOpenedIsFreeAndGivenLast() {
    LinkLeases serving = Leases.link(table, ADDRESSES);
    serving.commit(active(na("2001:db8:1::1"), 1, 1, NOW + 100));
    serving.commit(active(na("2001:db8:1::2"), 2, 1, NOW + 100));
    ComingLinks coming = coming(serving);
    prepare(coming);

    serving.commit(lease(na("2001:db8:1::1"), 1, 1, LeaseState.RELEASED, NOW + 100));
    serving.forget(na("2001:db8:1::2"));

    LinkLeases opened = only(coming);
    assertThat(opened.free(na("2001:db8:1::1").kind())).isEqualTo(4);
    assertThat(chosen(opened, address(4, 1))).isEqualTo(na("2001:db8:1::3"));
  }

  @Test
  void aPrefixOfAnotherLengthKeepsItsSpace() {
    LinkLeases serving =
        Leases.link(table, subnet(1, "2001:db8:1::/64").prefixPool("2001:db8:2::/48", 50));
    LinkLeases next =
        Leases.link(table, subnet(1, "2001:db8:1::/64").prefixPool("2001:db8:2::/48", 49));
    ComingLinks coming = coming(next);
    prepare(coming);

    serving.commit(active(pd("2001:db8:2::/50"), 1, 1, NOW + 100));

    assertThat(chosen(only(coming), prefix(2, 1))).isEqualTo(pd("2001:db8:2:8000::/49"));
  }

  @Test
  void whatIsOfferedIsOfferedOnInAnotherSubnet() {
    LinkLeases serving = Leases.link(table, ADDRESSES);
    ComingLinks coming =
        coming(
            Leases.link(
                table, subnet(7, "2001:db8:1::/60").pool("2001:db8:1::1", "2001:db8:1::1:0")));
    prepare(coming);
    serving.offer(na("2001:db8:1::1"), client(1), 1, NOW + 60);

    LinkLeases opened = only(coming, serving);

    assertThat(chosen(opened, address(2, 1))).isEqualTo(na("2001:db8:1::2"));
    assertThat(chosen(opened, address(1, 1))).isEqualTo(na("2001:db8:1::1"));
  }

  @Test
  void poolsThatStayTheSameAreUsedOnWithWhatIsOffered() {
    LinkLeases serving = Leases.link(table, ADDRESSES);
    serving.commit(active(na("2001:db8:1::1"), 1, 1, NOW + 100));
    long memory = table.memory().used();
    ComingLinks coming = coming(serving, serving);
    prepare(coming);
    assertThat(table.memory().used()).isEqualTo(memory);

    serving.offer(na("2001:db8:1::2"), client(2), 1, NOW + 60);
    serving.commit(active(na("2001:db8:1::3"), 3, 1, NOW + 100));
    assertThat(coming.goOn()).isTrue();
    assertThat(chosen(serving, address(4, 1))).isEqualTo(na("2001:db8:1::4"));

    LinkLeases opened = only(coming, serving);
    serving.release();
    assertThat(chosen(opened, address(4, 1))).isEqualTo(na("2001:db8:1::4"));
    assertThat(chosen(opened, address(2, 1))).isEqualTo(na("2001:db8:1::2"));
    opened.commit(active(na("2001:db8:1::4"), 4, 1, NOW + 100));
    assertThat(opened.free(na("2001:db8:1::1").kind())).isZero();
  }

  @Test
  void poolsThatAreUsedOnStayWithTheLinkThatIsServedIfTheChangeIsGivenUp() {
    LinkLeases serving = Leases.link(table, ADDRESSES);
    serving.commit(active(na("2001:db8:1::2"), 1, 1, NOW + 100));
    ComingLinks coming = coming(serving, serving);
    prepare(coming);

    coming.abandon();

    assertThat(chosen(serving, hinting(address(4, 1), "2001:db8:1::2/128")))
        .isEqualTo(na("2001:db8:1::1"));
    assertThat(serving.free(na("2001:db8:1::1").kind())).isEqualTo(3);
  }

  @Test
  void poolsOfALinkWithOtherReservationsAreOpenedAnew() {
    LinkLeases serving = Leases.link(table, ADDRESSES);
    LinkLeases next =
        Leases.link(
            table,
            subnet(1, "2001:db8:1::/64")
                .pool("2001:db8:1::1", "2001:db8:1::4")
                .reserve(7, "2001:db8:1::1"));
    ComingLinks coming = coming(next, serving);
    prepare(coming);

    assertThat(chosen(only(coming, serving), address(4, 1))).isEqualTo(na("2001:db8:1::2"));
    assertThat(chosen(serving, address(4, 1))).isEqualTo(na("2001:db8:1::1"));
  }

  @Test
  void poolsWithAnotherPolicyAreOpenedAnew() {
    LinkLeases serving = Leases.link(table, ADDRESSES);
    ComingLinks coming =
        coming(
            Leases.link(
                table,
                subnet(1, "2001:db8:1::/64")
                    .pool("2001:db8:1::1", "2001:db8:1::4")
                    .allocator("random")),
            serving);
    prepare(coming);
    serving.commit(active(na("2001:db8:1::1"), 1, 1, NOW + 100));

    LinkLeases opened = only(coming, serving);
    serving.release();

    assertThat(opened.free(na("2001:db8:1::1").kind())).isEqualTo(3);
  }

  /** So that clients are answered in between. */
  @Test
  void aLinkWithManyLeasesIsOpenedALittleAtATime() {
    Leases.SubnetBuilder many =
        subnet(1, "2001:db8:1::/64").pool("2001:db8:1::", "2001:db8:1::fff");
    LinkLeases serving = Leases.link(table, many);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 3_000; i++) {
      change(serving, random);
    }
    int portions = 0;

    ComingLinks coming = coming(serving);
    while (!coming.goOn()) {
      portions++;
      for (int i = 0; i < 20; i++) {
        change(serving, random);
      }
    }
    for (int i = 0; i < 100; i++) {
      change(serving, random);
    }

    LinkLeases opened = only(coming, serving);
    LinkLeases anew = Leases.link(table, many);
    assertThat(portions).isGreaterThan(10);
    assertThat(opened.free(LeaseKind.IA_NA)).isEqualTo(anew.free(LeaseKind.IA_NA));
    for (long n = anew.free(LeaseKind.IA_NA); n > 0; n--) {
      LeaseKey key = chosen(opened, address(9_999, n));
      assertThat(table.stateOf(key)).isNotEqualTo(LeaseState.ACTIVE);
      opened.commit(active(key, 9_999, n, NOW + 100));
    }
    assertThat(chosen(opened, address(9_998, 1))).isNull();
  }

  private static void change(LinkLeases leases, SplittableRandom random) {
    LeaseKey key = na("2001:db8:1::" + Integer.toHexString(random.nextInt(0x1000)));
    int client = random.nextInt(10_000);
    switch (random.nextInt(4)) {
      case 0 -> leases.forget(key);
      case 1 -> leases.commit(lease(key, client, 1, LeaseState.RELEASED, NOW + 100));
      default -> leases.commit(active(key, client, 1, NOW + 100));
    }
  }
}

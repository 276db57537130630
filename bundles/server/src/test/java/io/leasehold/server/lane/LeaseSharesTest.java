// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.LeaseFormatException;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeaseSharesTest {
  private static final int LANES = 4;
  private static final LeaseKey ADDRESS = LeaseKey.address(Ipv6.ofText("2001:db8:2::5"));
  private static final LeaseKey PREFIX = LeaseKey.prefix(Prefix.ofText("2001:db8:8200::/56"));

  private final Regime regime =
      new Regime(plan(), Duid.ofText("00:02:00:00:00:09:01"), List.of(), new Counters(), LANES);
  private final List<LeaseTable> tables = Stream.generate(LeaseTable::new).limit(LANES).toList();
  private final LeaseShares shares = new LeaseShares(regime, tables);

  @Test
  void aLeaseGoesToTheLaneOfItsLink() {
    shares.put(lease(ADDRESS, 2));

    assertThat(home(2).find(ADDRESS).subnetId()).isEqualTo(2);
  }

  @Test
  void aLeaseWhoseSubnetHasAnotherIdNowFindsItsSubnet() {
    shares.put(lease(ADDRESS, 77));
    shares.put(lease(PREFIX, 77));

    assertThat(home(2).find(ADDRESS).subnetId()).isEqualTo(2);
    assertThat(home(2).find(PREFIX).subnetId()).isEqualTo(2);
  }

  @Test
  void aLeaseWhoseIdBelongsToAnotherSubnetNowFindsItsOwn() {
    shares.put(lease(ADDRESS, 1));

    assertThat(home(2).find(ADDRESS).subnetId()).isEqualTo(2);
  }

  @Test
  void encodedLeasesFindTheSameHomes() {
    shares.putEncoded(encoded(lease(ADDRESS, 2)));
    assertThat(home(2).find(ADDRESS)).isEqualTo(lease(ADDRESS, 2));

    shares.putEncoded(encoded(lease(ADDRESS, 77)));
    shares.putEncoded(encoded(lease(PREFIX, 77)));
    assertThat(home(2).find(ADDRESS)).isEqualTo(lease(ADDRESS, 2));
    assertThat(home(2).find(PREFIX)).isEqualTo(lease(PREFIX, 2));

    for (long subnet = 1; subnet <= 8; subnet++) {
      shares.putEncoded(encoded(lease(PREFIX, subnet)));
    }
    assertThat(shares.size()).isEqualTo(2);
  }

  @Test
  void manyFindTheSameHomesAndTheLastVersionCounts() {
    List<Lease> leases = new ArrayList<>();
    for (int round = 1; round <= 3; round++) {
      for (int i = 0; i < 1000; i++) {
        int subnet = 1 + i * 7 % 8;
        LeaseKey key = LeaseKey.address(Ipv6.ofText("2001:db8:%d::%x".formatted(subnet, i)));
        // Some have an old number of their subnet.
        leases.add(lease(key, i % 11 == 0 ? 77 : subnet, 200 + round));
      }
      leases.add(lease(PREFIX, round, 200));
    }

    shares.putAllEncoded(leases.stream().map(LeaseSharesTest::encoded).iterator());
    shares.rest().forEach(Runnable::run);

    assertThat(shares.size()).isEqualTo(1001);
    for (int subnet = 1; subnet <= 8; subnet++) {
      assertThat(home(subnet).tally(Family.IPV6, subnet).addresses()).isEqualTo(125);
      assertThat(home(subnet).page(null, 2000))
          .allMatch(lease -> lease.equals(lease(PREFIX, 2)) || lease.times().expires() == 203);
    }
    assertThat(home(2).find(PREFIX).subnetId()).isEqualTo(2);
  }

  @Test
  void whatIsNoLeaseIsRefusedAndTheNextOnesAreTaken() {
    Lease good = lease(ADDRESS, 2);
    Iterator<ByteBuffer> damaged =
        List.of(encoded(lease(PREFIX, 2)), encoded(good), ByteBuffer.wrap(new byte[40])).iterator();
    assertThatThrownBy(() -> shares.putAllEncoded(damaged))
        .isInstanceOf(LeaseFormatException.class);

    shares.putAllEncoded(List.of(encoded(good)).iterator());

    assertThat(home(2).find(ADDRESS)).isEqualTo(good);
  }

  private static ByteBuffer encoded(Lease lease) {
    return ByteBuffer.wrap(LeaseFormat.encode(lease).toArray());
  }

  @Test
  void aLeaseOfNoSubnetIsKept() {
    LeaseKey elsewhere = LeaseKey.address(Ipv6.ofText("2001:db8:99::1"));

    shares.put(lease(elsewhere, 99));

    assertThat(tables.get(0).find(elsewhere)).isEqualTo(lease(elsewhere, 99));
  }

  @Test
  void anEarlierVersionOfAPrefixInAnotherLaneIsReplaced() {
    LeaseKey outside = LeaseKey.prefix(Prefix.ofText("2001:db8:ffff::/56"));

    for (long subnet = 1; subnet <= 8; subnet++) {
      shares.put(lease(outside, subnet));
    }

    assertThat(tables.stream().mapToInt(LeaseTable::size).sum()).isEqualTo(1);
    assertThat(home(8).find(outside).subnetId()).isEqualTo(8);
  }

  @Test
  void whatIsForgottenIsGone() {
    shares.put(lease(ADDRESS, 2));
    shares.put(lease(PREFIX, 2));

    shares.remove(ADDRESS);
    shares.remove(PREFIX);

    assertThat(tables).allSatisfy(table -> assertThat(table.size()).isZero());
  }

  private LeaseTable home(long subnet) {
    Link link =
        regime.plan().links().stream()
            .filter(one -> one.subnets().get(0).id() == subnet)
            .findFirst()
            .orElseThrow();
    return shares.tables().get(regime.laneOf(link));
  }

  private static Lease lease(LeaseKey key, long subnet) {
    return lease(key, subnet, 200);
  }

  private static Lease lease(LeaseKey key, long subnet, long expires) {
    return new Lease(
        key,
        subnet,
        ClientIdentity.of(Duid.ofText("00:03:00:01:02:00:00:00:00:01")),
        1,
        LeaseState.ACTIVE,
        new LeaseTimes(1, 1, 100, expires),
        LeaseDetails.NONE);
  }

  /** Eight links with a subnet of addresses and one of prefixes each. */
  private static ServerPlan plan() {
    StringBuilder subnets = new StringBuilder();
    for (int id = 1; id <= 8; id++) {
      subnets.append(
          """
          { "id": %d, "subnet": "2001:db8:%d::/64",
            "pd-pools": [ { "prefix": "2001:db8:8%d00::", "prefix-len": 40, "delegated-len": 56 } ] },
          """
              .formatted(id, id, id));
    }
    String text = "{ \"Dhcp6\": { \"subnet6\": [ " + subnets + " ] } }";
    return new PlanCompiler(Dhcp6OptionTable.CATALOGUE, Includes.NONE)
        .compile(List.of(new Document("test.json", text)), List.of())
        .plan()
        .orElseThrow();
  }
}

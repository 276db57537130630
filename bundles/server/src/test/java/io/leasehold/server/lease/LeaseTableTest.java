// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static io.leasehold.server.lease.Leases.NOW;
import static io.leasehold.server.lease.Leases.client;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LeaseTableTest {
  private final LeaseTable table = new LeaseTable();

  @Property(tries = 60)
  void anyHistoryAgreesWithASortedMap(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LeaseTable tested = new LeaseTable(seed);
    TreeMap<LeaseKey, Lease> model = new TreeMap<>();
    int keys = random.nextInt(1, 3000);
    for (int step = 0; step < 6000; step++) {
      LeaseKey key = key(random.nextInt(keys));
      if (random.nextInt(3) == 0) {
        assertThat(tested.remove(key)).isEqualTo(model.remove(key) != null);
      } else {
        Lease lease = lease(key, random);
        assertThat(tested.put(lease)).isEqualTo(model.put(key, lease) == null);
      }
      assertThat(tested.size()).isEqualTo(model.size());
      LeaseKey other = key(random.nextInt(keys));
      assertThat(tested.find(other)).isEqualTo(model.get(other));
    }
    assertSame(tested, model);
  }

  private static void assertSame(LeaseTable tested, TreeMap<LeaseKey, Lease> model) {
    List<Lease> all = new ArrayList<>();
    LeaseKey after = null;
    for (List<Lease> page = tested.page(after, 7); !page.isEmpty(); page = tested.page(after, 7)) {
      all.addAll(page);
      after = page.get(page.size() - 1).key();
    }
    assertThat(all).containsExactlyElementsOf(model.values());
    for (int number = 0; number < 6; number++) {
      ClientIdentity client = client(number);
      assertThat(tested.ofClient(client))
          .containsExactlyInAnyOrderElementsOf(
              model.values().stream().filter(l -> l.client().equals(client)).toList());
    }
    for (long subnet = 1; subnet < 4; subnet++) {
      assertThat(tested.tally(Family.IPV6, subnet)).isEqualTo(tally(model, subnet));
    }
  }

  private static SubnetTally tally(Map<LeaseKey, Lease> model, long subnet) {
    long[] counts = new long[3];
    for (Lease lease : model.values()) {
      boolean prefix = lease.key().kind() == LeaseKind.IA_PD;
      if (lease.subnetId() == subnet && lease.state() == LeaseState.ACTIVE) {
        counts[prefix ? 2 : 0]++;
      } else if (lease.subnetId() == subnet && lease.state() == LeaseState.ABANDONED && !prefix) {
        counts[1]++;
      }
    }
    return new SubnetTally(counts[0], counts[1], counts[2]);
  }

  private static LeaseKey key(int number) {
    Ipv6 address = new Ipv6(0x2001_0db8_0000_0000L + (number % 3), (long) number << 16);
    return number % 5 == 0 ? LeaseKey.prefix(address.prefix(112)) : LeaseKey.address(address);
  }

  private static Lease lease(LeaseKey key, SplittableRandom random) {
    LeaseState[] states = {LeaseState.ACTIVE, LeaseState.EXPIRED, LeaseState.ABANDONED};
    ClientIdentity client =
        random.nextInt(9) == 0 ? ClientIdentity.NONE : client(random.nextInt(6));
    long expires = NOW + random.nextLong(1L << random.nextInt(1, 40));
    LeaseTimes times =
        new LeaseTimes(NOW, NOW, expires, random.nextInt(9) == 0 ? LeaseTimes.NEVER : expires);
    LeaseState state = states[random.nextInt(3)];
    return new Lease(
        key, random.nextInt(1, 4), client, random.nextInt(4), state, times, LeaseDetails.NONE);
  }

  @Property(tries = 60)
  void whatIsDueIsExactlyWhatHasEnded(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LeaseTable tested = new LeaseTable();
    TreeMap<LeaseKey, Lease> model = new TreeMap<>();
    long now = NOW;
    for (int step = 0; step < 600; step++) {
      for (int i = 0; i < 3; i++) {
        Lease lease = lease(key(random.nextInt(200)), random);
        tested.put(lease);
        model.put(lease.key(), lease);
      }
      now +=
          random.nextInt(20) == 0
              ? -random.nextLong(1000)
              : random.nextLong(1L << random.nextInt(1, 24));
      long at = now;
      List<Lease> due = new ArrayList<>();
      tested.due(at, Integer.MAX_VALUE, due::add);
      assertThat(due)
          .containsExactlyInAnyOrderElementsOf(
              model.values().stream().filter(l -> l.times().expires() < at).toList());
      due.forEach(
          lease -> {
            tested.remove(lease.key());
            model.remove(lease.key());
          });
      long earliest =
          model.values().stream()
              .mapToLong(l -> l.times().expires())
              .min()
              .orElse(LeaseTimes.NEVER);
      assertThat(tested.nextDeadline())
          .isGreaterThan(at)
          .isLessThanOrEqualTo(earliest == LeaseTimes.NEVER ? earliest : earliest + 1);
    }
  }

  @Test
  void walkingFromDeadlineToDeadlineNeedsFewSteps() {
    LeaseKey key = key(1);
    table.put(
        new Lease(
            key,
            1,
            client(1),
            1,
            LeaseState.ACTIVE,
            new LeaseTimes(NOW, NOW, 0, NOW + 10_000_000),
            LeaseDetails.NONE));
    List<Lease> due = new ArrayList<>();
    int steps = 0;
    for (long now = table.nextDeadline(); due.isEmpty(); now = table.nextDeadline()) {
      table.due(now, 1, due::add);
      steps++;
      assertThat(due.isEmpty()).isEqualTo(now <= NOW + 10_000_000);
    }
    assertThat(steps).isLessThanOrEqualTo(5);
  }

  @Test
  void noMoreThanTheLimitIsHandedOver() {
    for (int i = 0; i < 10; i++) {
      table.put(Leases.active(key(i), 1, 1, NOW));
    }
    var seen = new HashSet<LeaseKey>();
    for (int i = 0; i < 4; i++) {
      table.due(
          NOW + 1,
          3,
          lease -> {
            seen.add(lease.key());
            table.remove(lease.key());
          });
    }
    assertThat(seen).hasSize(10);
  }

  @Test
  void nobodysLeasesAreNotFoundByClient() {
    table.put(
        new Lease(
            key(1),
            1,
            ClientIdentity.NONE,
            1,
            LeaseState.ABANDONED,
            new LeaseTimes(NOW, NOW, NOW, NOW),
            LeaseDetails.NONE));
    assertThat(table.ofClient(ClientIdentity.NONE)).isEmpty();
  }

  @Test
  void theNewestLeaseOfAClientComesFirstAndTheLimitHolds() {
    for (int i = 0; i < 5; i++) {
      table.put(Leases.active(key(i), 1, i, NOW));
    }
    assertThat(table.ofClient(client(1), 2)).extracting(Lease::iaid).containsExactly(4L, 3L);
  }

  @Property(tries = 40)
  void hardwareAddressesAreKeptInStep(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LeaseTable table = new LeaseTable(seed); // the field's is the same in all tries
    TreeMap<LeaseKey, Lease> model = new TreeMap<>();
    for (int step = 0; step < 400; step++) {
      LeaseKey key =
          LeaseKey.address(Family.IPV4, Ipv6.ofText("::ffff:10.0.0." + random.nextInt(40)));
      if (random.nextInt(4) == 0) {
        table.remove(key);
        model.remove(key);
      } else {
        Lease lease = identified(key, random.nextInt(3), random.nextInt(3));
        table.put(lease);
        model.put(key, lease);
      }
    }
    for (int number = 0; number < 3; number++) {
      Bytes hardware = Bytes.of(0, 1, 2, 0, 0, 0, 0, number);
      assertThat(
              table.ofHardware(
                  new ClientIdentity(ClientIdentity.Type.HARDWARE, hardware.slice(1, 8)), 100))
          .containsExactlyInAnyOrderElementsOf(
              model.values().stream()
                  .filter(l -> l.client().type() == ClientIdentity.Type.CLIENT_ID)
                  .filter(
                      l -> l.details().get(LeaseDetails.HARDWARE_ADDRESS).get().equals(hardware))
                  .toList());
    }
  }

  /** A lease of client 1 or 2 by its identifier, or of client 0, which has none. */
  private static Lease identified(LeaseKey key, int client, int hardware) {
    Bytes address = Bytes.of(0, 1, 2, 0, 0, 0, 0, hardware);
    ClientIdentity.Type type =
        client == 0 ? ClientIdentity.Type.HARDWARE : ClientIdentity.Type.CLIENT_ID;
    return new Lease(
        key,
        1,
        new ClientIdentity(type, client == 0 ? address.slice(1, 8) : Bytes.of(0, client)),
        0,
        LeaseState.ACTIVE,
        new LeaseTimes(1, 1, 1, 100),
        new LeaseDetails(List.of(new LeaseDetails.Item(LeaseDetails.HARDWARE_ADDRESS, address))));
  }
}

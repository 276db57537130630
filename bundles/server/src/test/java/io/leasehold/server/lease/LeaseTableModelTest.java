// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static io.leasehold.server.lease.Leases.NOW;
import static io.leasehold.server.lease.Leases.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.LeaseFormatException;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.memory.MemoryFullException;
import io.leasehold.server.memory.OffHeap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Histories of growth and shrinkage beside a sorted map, and what happens at the limits. */
class LeaseTableModelTest {
  private static final int CLIENTS = 12;
  private static final int RELAYS = 5;

  private final OffHeap memory = OffHeap.unlimited();
  private final LeaseOctets octets = new LeaseOctets();

  @Property(tries = 12)
  void everyIndexAgreesWithTheModelWhileTheTableGrowsAndShrinks(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LeaseTable table = new LeaseTable(memory, seed);
    TreeMap<LeaseKey, Lease> model = new TreeMap<>();
    for (int wave = 0; wave < 3; wave++) {
      int size = random.nextInt(1, 8000);
      for (int i = 0; i < size; i++) {
        put(table, model, lease(key(random), random), random.nextBoolean());
      }
      assertSame(table, model);
      double kept = random.nextDouble();
      for (LeaseKey key : List.copyOf(model.keySet())) {
        if (random.nextDouble() > kept) {
          assertThat(table.remove(key)).isTrue();
          model.remove(key);
        }
      }
      assertSame(table, model);
    }
    table.close();
    assertThat(memory.used()).isZero();
  }

  private void put(LeaseTable table, TreeMap<LeaseKey, Lease> model, Lease lease, boolean encoded) {
    boolean isNew = model.put(lease.key(), lease) == null;
    if (encoded) {
      octets.read(ByteBuffer.wrap(LeaseFormat.encode(lease).toArray()));
    }
    assertThat(encoded ? table.put(octets) : table.put(lease)).isEqualTo(isNew);
  }

  static void assertSame(LeaseTable table, TreeMap<LeaseKey, Lease> model) {
    assertThat(table.size()).isEqualTo(model.size());
    assertThat(table.page(null, Integer.MAX_VALUE)).containsExactlyElementsOf(model.values());
    List<LeaseKey> scanned = new ArrayList<>();
    LeaseKey after = null;
    do {
      after = table.scan(after, 100, (key, subnet) -> scanned.add(key));
    } while (after != null);
    assertThat(scanned).containsExactlyElementsOf(model.keySet());
    for (Lease lease : model.values()) {
      assertThat(table.find(lease.key())).isEqualTo(lease);
      assertThat(table.stateOf(lease.key())).isEqualTo(lease.state());
    }
    for (int number = 0; number < CLIENTS; number++) {
      ClientIdentity client = client(number);
      assertThat(table.ofClient(client))
          .containsExactlyInAnyOrderElementsOf(
              model.values().stream().filter(lease -> lease.client().equals(client)).toList());
    }
    for (int number = 0; number < RELAYS; number++) {
      assertThat(table.ofRelayId(relay(number), Integer.MAX_VALUE))
          .containsExactlyInAnyOrderElementsOf(with(model, LeaseDetails.RELAY_ID, number));
      assertThat(table.ofRemoteId(relay(number), Integer.MAX_VALUE))
          .containsExactlyInAnyOrderElementsOf(with(model, LeaseDetails.REMOTE_ID, number));
    }
    List<Lease> due = new ArrayList<>();
    table.due(NOW + 500, Integer.MAX_VALUE, due::add);
    assertThat(due)
        .containsExactlyInAnyOrderElementsOf(
            model.values().stream().filter(lease -> lease.times().expires() < NOW + 500).toList());
  }

  private static List<Lease> with(TreeMap<LeaseKey, Lease> model, int tag, int number) {
    return model.values().stream()
        .filter(lease -> lease.details().get(tag).filter(relay(number)::equals).isPresent())
        .toList();
  }

  private static Bytes relay(int number) {
    return Bytes.of(7, number);
  }

  /** Addresses of two subnets and prefixes of two lengths, of two realms. */
  static LeaseKey key(SplittableRandom random) {
    int realm = random.nextInt(8) == 0 ? 1 : 0;
    long number = random.nextInt(4000);
    if (random.nextInt(4) == 0) {
      return new LeaseKey(realm, LeaseKind.IA_PD, new Ipv6(number << 8, 0), 56 + random.nextInt(2));
    }
    return new LeaseKey(realm, LeaseKind.IA_NA, new Ipv6(number % 2, number * 0x1_0000_0001L), 128);
  }

  static Lease lease(LeaseKey key, SplittableRandom random) {
    List<LeaseDetails.Item> items = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      items.add(text(LeaseDetails.HOSTNAME, random.nextInt(40)));
    }
    if (random.nextInt(3) == 0) {
      items.add(new LeaseDetails.Item(LeaseDetails.RELAY_ID, relay(random.nextInt(RELAYS))));
    }
    if (random.nextInt(5) == 0) {
      items.add(new LeaseDetails.Item(LeaseDetails.REMOTE_ID, relay(random.nextInt(RELAYS))));
    }
    if (random.nextInt(100) == 0) {
      items.add(text(900, random.nextInt(0x10000)));
      items.add(text(901, random.nextInt(0x10000)));
    }
    long expires = random.nextInt(9) == 0 ? LeaseTimes.NEVER : NOW + random.nextInt(1000);
    return new Lease(
        key,
        random.nextInt(1, 4),
        client(random.nextInt(CLIENTS)),
        random.nextInt(4),
        random.nextBoolean() ? LeaseState.ACTIVE : LeaseState.EXPIRED,
        new LeaseTimes(NOW, NOW, expires, expires),
        new LeaseDetails(items));
  }

  private static LeaseDetails.Item text(int tag, int length) {
    return new LeaseDetails.Item(tag, Bytes.wrap(new byte[length]));
  }

  static Lease numbered(int number) {
    LeaseKey key = LeaseKey.address(new Ipv6(1, number));
    return Leases.active(key, number, 1, NOW + number % 7200);
  }

  @Test
  void roomIsUsedAgain() {
    LeaseTable table = new LeaseTable(memory, 1);
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 50_000; i++) {
        table.put(numbered(i));
      }
      assertThat(memory.used()).isBetween(50_000L * 100, 50_000L * 200);
      for (int i = 0; i < 50_000; i += round + 2) {
        table.remove(numbered(i).key());
      }
    }
    LeaseTable second = new LeaseTable(memory, 2);
    table.close();
    assertThat(memory.used()).isZero();
    second.put(numbered(1));
    assertThat(table.size()).isZero();
    assertThat(second.find(numbered(1).key())).isEqualTo(numbered(1));
  }

  @Test
  void aFullTableRefusesNewLeasesAndRenewsOldOnes() {
    OffHeap small = new OffHeap(1 << 20);
    LeaseTable table = new LeaseTable(small, 1);
    int held = 0;
    try {
      while (true) {
        table.put(numbered(held));
        held++;
      }
    } catch (MemoryFullException e) {
      assertThat(small.refusals()).isOne();
    }
    int full = held;
    assertThat(full).isGreaterThan(4000);
    assertThatThrownBy(() -> table.put(numbered(full))).isInstanceOf(MemoryFullException.class);
    assertThat(table.size()).isEqualTo(full);
    for (int i = 0; i < full; i++) {
      Lease lease = numbered(i);
      Lease renewed =
          lease.with(LeaseState.ACTIVE, new LeaseTimes(NOW, NOW + 9, NOW + 99, NOW + 99_999));
      assertThat(table.put(renewed)).isFalse();
    }
    assertThat(table.ofClient(client(full - 1))).hasSize(1);
    for (int i = 0; i < full / 2; i++) {
      table.remove(numbered(i).key());
    }
    assertThat(table.put(numbered(full))).isTrue();
  }

  @Test
  void manyOfOneSecondAreHandedOverInPortions() {
    LeaseTable table = new LeaseTable(memory, 1);
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      table.put(Leases.active(LeaseKey.address(new Ipv6(1, i)), i, 1, NOW + 70_000));
    }
    Set<LeaseKey> seen = new HashSet<>();
    int calls = 0;
    for (long now = NOW + 70_001; table.nextDeadline() <= now && calls < 1000; calls++) {
      int before = seen.size();
      table.due(
          now,
          100,
          lease -> {
            seen.add(lease.key());
            table.remove(lease.key());
          });
      assertThat(seen.size() - before).isLessThanOrEqualTo(100);
    }
    assertThat(seen).hasSize(count);
    assertThat(table.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void damagedOctetsAreRefusedAndChangeNothing() {
    SplittableRandom random = new SplittableRandom(5);
    LeaseTable table = new LeaseTable(memory, 1);
    for (int i = 0; i < 3000; i++) {
      byte[] encoded = LeaseFormat.encode(lease(key(random), random)).toArray();
      encoded[random.nextInt(encoded.length)] ^= (byte) (1 << random.nextInt(8));
      int length = random.nextInt(2) == 0 ? encoded.length : random.nextInt(encoded.length);
      Lease decoded;
      try {
        decoded = LeaseFormat.decode(ByteBuffer.wrap(encoded, 0, length));
      } catch (LeaseFormatException e) {
        assertThatThrownBy(() -> octets.read(ByteBuffer.wrap(encoded, 0, length)))
            .isInstanceOf(LeaseFormatException.class);
        continue;
      }
      octets.read(ByteBuffer.wrap(encoded, 0, length));
      table.put(octets);
      assertThat(table.find(decoded.key())).isEqualTo(decoded);
    }
  }
}

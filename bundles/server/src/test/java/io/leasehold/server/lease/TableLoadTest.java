// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.LeaseKey;
import io.leasehold.server.memory.MemoryFullException;
import io.leasehold.server.memory.OffHeap;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TableLoadTest {
  private final OffHeap memory = OffHeap.unlimited();

  @Property(tries = 12)
  void aLoadedTableIsLikeOneThatGotEachLease(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LeaseTable table = new LeaseTable(memory, seed);
    LeaseTable filled = new LeaseTable(memory, seed);
    TreeMap<LeaseKey, Lease> model = new TreeMap<>();
    TableLoad load = new TableLoad(table);
    int calls = random.nextInt(1, 12_000);
    for (int i = 0; i < calls; i++) {
      Lease lease = LeaseTableModelTest.lease(LeaseTableModelTest.key(random), random);
      if (random.nextInt(4) == 0) {
        load.remove(lease.key());
        filled.remove(lease.key());
        model.remove(lease.key());
      } else {
        put(load, lease);
        filled.put(lease);
        model.put(lease.key(), lease);
      }
    }
    finish(load);

    LeaseTableModelTest.assertSame(table, model);
    assertTalliesAgree(table, filled, model);
    for (Lease lease : List.copyOf(model.values())) {
      if (random.nextBoolean()) {
        Lease next = LeaseTableModelTest.lease(lease.key(), random);
        assertThat(table.put(next)).isFalse();
        model.put(next.key(), next);
      } else {
        assertThat(table.remove(lease.key())).isTrue();
        model.remove(lease.key());
      }
    }
    LeaseTableModelTest.assertSame(table, model);
    table.close();
    filled.close();
    assertThat(memory.used()).isZero();
  }

  private static void assertTalliesAgree(
      LeaseTable table, LeaseTable filled, TreeMap<LeaseKey, Lease> model) {
    for (Lease lease : model.values()) {
      var family = lease.key().kind().family();
      assertThat(table.size(family)).isEqualTo(filled.size(family));
      assertThat(table.tally(family, lease.subnetId()))
          .isEqualTo(filled.tally(family, lease.subnetId()));
    }
  }

  @Test
  void whatIsLoadedToTheLimitFitsAgain() {
    OffHeap small = new OffHeap(1 << 20);
    LeaseTable table = new LeaseTable(small, 1);
    int held = 0;
    while (!small.isFull()) {
      table.put(LeaseTableModelTest.numbered(held++));
    }
    table.close();

    TableLoad load = new TableLoad(table);
    for (int i = 0; i < held; i++) {
      put(load, LeaseTableModelTest.numbered(i));
    }
    finish(load);

    assertThat(table.size()).isEqualTo(held);
    assertThat(small.isFull()).isTrue();
  }

  @Test
  void tooManyAreRefusedAndLeaveNothingBehind() {
    OffHeap small = new OffHeap(1 << 20);
    TableLoad load = new TableLoad(new LeaseTable(small, 1));

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1 << 20; i++) {
                put(load, LeaseTableModelTest.numbered(i));
              }
            })
        .isInstanceOf(MemoryFullException.class);
    assertThat(small.refusals()).isOne();
    load.table().close();
    assertThat(small.used()).isZero();
  }

  @Test
  void indexesThatDoNotFitAreRefused() {
    OffHeap small = new OffHeap(1 << 26);
    TableLoad load = new TableLoad(new LeaseTable(small, 1));
    for (int i = 0; !small.isFull(); i++) {
      put(load, LeaseTableModelTest.numbered(i));
    }

    assertThatThrownBy(() -> load.rest().forEach(Runnable::run))
        .isInstanceOf(MemoryFullException.class);
    load.table().close();
    assertThat(small.used()).isZero();
  }

  @Test
  void rangesThatComeInTurnsTakeNoMoreRoomThanOne() {
    int count = 1 << 16;
    long ascending = loaded(count, i -> i);
    long inTurns = loaded(count, i -> (i & 64) * (count / 128) + (i / 128 * 64 | i & 63));

    assertThat(inTurns).isCloseTo(ascending, withPercentage(2));
  }

  private long loaded(int count, IntUnaryOperator number) {
    TableLoad load = new TableLoad(new LeaseTable(memory, 1));
    for (int i = 0; i < count; i++) {
      put(load, LeaseTableModelTest.numbered(number.applyAsInt(i)));
    }
    finish(load);
    final long used = memory.used();
    assertThat(load.table().page(null, count))
        .hasSize(count)
        .isSortedAccordingTo(Comparator.comparing(Lease::key));
    load.table().close();
    return used;
  }

  private static void put(TableLoad load, Lease lease) {
    LeaseOctets octets = new LeaseOctets();
    octets.read(ByteBuffer.wrap(LeaseFormat.encode(lease).toArray()));
    load.prepare(octets);
    load.put(octets);
  }

  /** All parts at the same time. */
  private static void finish(TableLoad load) {
    CompletableFuture.allOf(
            load.rest().stream().map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
        .join();
  }
}

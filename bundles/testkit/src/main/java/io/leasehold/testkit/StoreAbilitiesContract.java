// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import static io.leasehold.testkit.StoreContent.commit;
import static io.leasehold.testkit.StoreContent.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Position;
import io.leasehold.lease.Snapshot;
import io.leasehold.lease.Snapshots;
import io.leasehold.lease.StoreCheck;
import io.leasehold.lease.StoreMaintenance;
import io.leasehold.lease.text.ImportReport;
import io.leasehold.lease.text.LeaseExport;
import io.leasehold.lease.text.LeaseImport;
import io.leasehold.net.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stores can do beyond what every store can; part of {@link LeaseStoreContract}. */
public abstract class StoreAbilitiesContract extends StoreLoadContract {
  @TempDir Path exports;

  private <A> A need(LeaseStore of, Class<A> ability) {
    assumeTrue(of.ability(ability).isPresent(), "this store has no " + ability.getSimpleName());
    return of.ability(ability).orElseThrow();
  }

  /** Writes any leases and notes; a step of 64 batches. */
  private void fill(Map<LeaseKey, Lease> model, Random random) throws Exception {
    for (int i = 0; i < 64; i++) {
      LeaseKey key = LeaseSamples.anyKey(200, random);
      Lease lease = LeaseSamples.any(key, random);
      boolean gone = i % 5 == 4;
      LeaseChange change = gone ? LeaseChange.remove(key) : LeaseChange.put(lease);
      NoteChange note =
          new NoteChange("nöte " + i % 7, LeaseSamples.octets(random.nextInt(40), random));
      commit(store, new Batch(List.of(change), List.of(note)));
      if (gone) {
        model.remove(key);
      } else {
        model.put(key, lease);
      }
    }
  }

  private static Map<LeaseKey, Lease> read(Snapshot snapshot) throws Exception {
    Map<LeaseKey, Lease> found = new TreeMap<>();
    LeaseKey before = null;
    for (Optional<Lease> next = snapshot.nextLease();
        next.isPresent();
        next = snapshot.nextLease()) {
      assertThat(before == null || before.compareTo(next.get().key()) < 0).isTrue();
      before = next.get().key();
      found.put(before, next.get());
    }
    return found;
  }

  @Test
  @DisplayName("N-01: a snapshot equals the model at its position while writes go on, in order")
  void snapshotWhileWritesGoOn() throws Exception {
    Snapshots snapshots = need(store, Snapshots.class);
    Random random = new Random(41);
    Map<LeaseKey, Lease> model = new TreeMap<>();
    for (int round = 0; round < 3; round++) {
      fill(model, random);
      Map<LeaseKey, Lease> then = new TreeMap<>(model);
      List<CompletableFuture<Position>> later = new ArrayList<>();
      try (Snapshot snapshot = snapshots.snapshot()) {
        for (int i = 0; i < 100; i++) {
          LeaseKey key = LeaseSamples.anyKey(200, random);
          Lease lease = LeaseSamples.any(key, random);
          model.put(key, lease);
          later.add(store.append(Batch.of(List.of(LeaseChange.put(lease)))).toCompletableFuture());
        }
        get(store.compact().toCompletableFuture());
        assertThat(read(snapshot)).isEqualTo(then);
        for (CompletableFuture<Position> append : later) {
          assertThat(get(append).sequence()).isGreaterThan(snapshot.position().sequence());
        }
      }
      assertThat(leases()).isEqualTo(model);
    }
  }

  @Test
  @DisplayName("S-21: what one store exports another imports, with positions of its own")
  void exportAndImport() throws Exception {
    Snapshots snapshots = need(store, Snapshots.class);
    Map<LeaseKey, Lease> model = new TreeMap<>();
    fill(model, new Random(21));
    Path file = exports.resolve("leases.txt");
    LeaseExport export;
    Position exported;
    try (Snapshot snapshot = snapshots.snapshot()) {
      export = LeaseExport.writeFile(snapshot, file);
      exported = snapshot.position();
    }
    assertThat(export.leases()).isEqualTo(model.size());
    Optional<LeaseStore> another = openAnother();
    assumeTrue(another.isPresent(), "there is no second store");
    LeaseStore other = another.get();
    try {
      StoreContent.awaitOpen(other);
      ImportReport report = new LeaseImport(other::append).read(List.of(file));
      assertThat(report.refused()).isZero();
      assertThat(report.changes()).isEqualTo(export.leases() + export.notes());
      StoreContent content = StoreContent.of(other);
      assertThat(content.leases()).isEqualTo(model);
      assertThat(content.replay().position().store()).isNotEqualTo(exported.store());
      for (int i = 0; i < 7; i++) {
        Optional<Bytes> note = store.readNote("nöte " + i);
        assertThat(other.readNote("nöte " + i)).isEqualTo(note);
      }
    } finally {
      close(other);
    }
  }

  @Test
  @DisplayName("a store that is whole says so, while writes go on")
  void checkOfAWholeStore() throws Exception {
    StoreMaintenance maintenance = need(store, StoreMaintenance.class);
    Map<LeaseKey, Lease> model = new TreeMap<>();
    fill(model, new Random(5));
    get(store.compact().toCompletableFuture());
    fill(model, new Random(6));
    List<CompletableFuture<Position>> later = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      later.add(store.append(Batch.of(List.of(put(i, i)))).toCompletableFuture());
    }
    StoreCheck check = maintenance.check();
    assertThat(check.damages()).isEmpty();
    assertThat(check.records()).isGreaterThanOrEqualTo(model.size());
    for (CompletableFuture<Position> append : later) {
      get(append);
    }
  }
}

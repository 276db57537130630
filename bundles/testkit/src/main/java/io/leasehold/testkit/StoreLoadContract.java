// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import static io.leasehold.testkit.StoreContent.commit;
import static io.leasehold.testkit.StoreContent.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Position;
import io.leasehold.lease.StoreStatus.Condition;
import io.leasehold.lease.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Order, durability, overload and failures of a store; part of {@link LeaseStoreContract}. */
public abstract class StoreLoadContract extends StoreUnderTest {
  @Test
  @DisplayName("S-06: stages complete in the order of each thread, and positions grow")
  void orderOfEachThread() throws Exception {
    List<Position> positions = Collections.synchronizedList(new ArrayList<>());
    List<List<Integer>> completed = new ArrayList<>();
    List<CompletableFuture<?>> stages = Collections.synchronizedList(new ArrayList<>());
    runThreads(
        4,
        completed,
        (thread, i) ->
            stages.add(
                store
                    .append(Batch.of(List.of(put(thread * 1000L + i, 0))))
                    .thenAccept(
                        position -> {
                          completed.get(thread).add(i);
                          positions.add(position);
                        })
                    .toCompletableFuture()));
    for (CompletableFuture<?> stage : stages) {
      get(stage);
    }
    for (List<Integer> order : completed) {
      assertThat(order).hasSize(250).isSorted();
    }
    assertThat(positions).extracting(Position::store).containsOnly(positions.get(0).store());
    assertThat(positions).extracting(Position::sequence).doesNotHaveDuplicates();
    assertThat(leases()).hasSize(1000);
    Position last = commit(store, put(1, 1));
    assertThat(positions).allMatch(position -> position.sequence() < last.sequence());
    assertThat(StoreContent.of(store).replay().position()).isEqualTo(last);
    reopen();
    assertThat(StoreContent.of(store).replay().position()).isEqualTo(last);
    assertThat(commit(store, put(1, 2)).sequence()).isGreaterThan(last.sequence());
  }

  /** One append of a thread. */
  private interface Step {
    void run(int thread, int i);
  }

  private static void runThreads(int count, List<List<Integer>> lists, Step step)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      lists.add(Collections.synchronizedList(new ArrayList<>()));
      int thread = t;
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 1000 / count; i++) {
                  step.run(thread, i);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  @DisplayName("S-07: a stage stays open as long as the sync is withheld")
  void completionOnlyAfterTheSync() throws Exception {
    StoreFaults faults = needFaults();
    faults.withholdSyncs(true);
    CompletableFuture<Position> stage =
        store.append(new Batch(List.of(put(1, 1)), List.of(note("n", 1)))).toCompletableFuture();
    Await.until(PATIENCE, () -> faults.withheldSyncs() > 0);
    assertThat(stage).isNotDone();
    assertThat(store.readNote("n")).isEmpty();
    faults.withholdSyncs(false);
    get(stage);
    assertThat(store.readNote("n")).isPresent();
  }

  @Test
  @DisplayName(
      "S-08: after a failed sync everything that waits fails, and the store opens again by itself")
  void failedSync() throws Exception {
    StoreFaults faults = needFaults();
    commit(store, put(1, 1));
    long epoch = store.status().epoch();
    faults.failSyncs(true);
    faults.withholdSyncs(true);
    List<CompletableFuture<Position>> stages = new ArrayList<>();
    stages.add(store.append(Batch.of(List.of(put(2, 1)))).toCompletableFuture());
    Await.until(PATIENCE, () -> faults.withheldSyncs() > 0);
    stages.add(store.append(Batch.of(List.of(put(3, 1)))).toCompletableFuture());
    faults.withholdSyncs(false);
    for (CompletableFuture<Position> stage : stages) {
      assertThatThrownBy(() -> get(stage)).hasCauseInstanceOf(StoreUnavailableException.class);
    }
    mustBeStopped();
    faults.failSyncs(false);
    mustRecover(epoch);
    assertThat(leases()).containsKey(LeaseSamples.key(1)).doesNotContainKey(LeaseSamples.key(3));
  }

  @Test
  @DisplayName("S-08: a full medium stops the store until there is room")
  void fullMedium() throws Exception {
    mustStopUntilMended(needFaults()::full);
  }

  @Test
  @DisplayName("S-08: a medium that cannot be written stops the store until it can")
  void readOnlyMedium() throws Exception {
    mustStopUntilMended(needFaults()::readOnly);
  }

  private void mustStopUntilMended(Consumer<Boolean> fault) throws Exception {
    fault.accept(true);
    writeUntilStopped();
    long epoch = store.status().epoch();
    fault.accept(false);
    mustRecover(epoch);
  }

  private void writeUntilStopped() throws Exception {
    Map<LeaseKey, Lease> acknowledged = new HashMap<>();
    for (int i = 0; store.status().takesChanges(); i++) {
      Lease lease = LeaseSamples.lease(i, 0);
      CompletableFuture<Position> stage =
          store.append(Batch.of(List.of(LeaseChange.put(lease)))).toCompletableFuture();
      Await.until(PATIENCE, stage::isDone);
      if (!stage.isCompletedExceptionally()) {
        acknowledged.put(lease.key(), lease);
      }
      assertThat(i).isLessThan(10_000_000);
    }
    mustBeStopped();
    faults().orElseThrow().full(false);
    faults().orElseThrow().readOnly(false);
    StoreContent.awaitOpen(store);
    assertThat(leases()).containsAllEntriesOf(acknowledged);
  }

  private void mustBeStopped() {
    assertThat(store.status().condition()).isEqualTo(Condition.STOPPED);
    assertThat(store.status().cause()).isNotEmpty();
    CompletableFuture<Position> refused =
        store.append(Batch.of(List.of(put(9, 9)))).toCompletableFuture();
    assertThat(refused).isCompletedExceptionally();
  }

  private void mustRecover(long epoch) throws Exception {
    StoreContent.awaitOpen(store);
    assertThat(store.status().epoch()).isGreaterThanOrEqualTo(epoch);
    commit(store, put(77, 7));
    reopen();
    assertThat(leases()).containsEntry(LeaseSamples.key(77), LeaseSamples.lease(77, 7));
  }

  @Test
  @DisplayName("S-09: 1,000 appends from 8 threads: nothing lost, fewer syncs than appends")
  void groupCommit() throws Exception {
    Optional<StoreFaults> faults = faults();
    long before = faults.map(StoreFaults::syncs).orElse(0L);
    List<CompletableFuture<?>> stages = Collections.synchronizedList(new ArrayList<>());
    faults.ifPresent(held -> held.withholdSyncs(true));
    runThreads(
        8,
        new ArrayList<>(),
        (thread, i) ->
            stages.add(
                store.append(Batch.of(List.of(put(thread * 1000L + i, 0)))).toCompletableFuture()));
    faults.ifPresent(held -> held.withholdSyncs(false));
    for (CompletableFuture<?> stage : stages) {
      get(stage);
    }
    assertThat(stages).hasSize(1000);
    faults.ifPresent(held -> assertThat(held.syncs() - before).isLessThan(100));
    reopen();
    assertThat(leases()).hasSize(1000);
  }

  @Test
  @DisplayName("S-10: a full queue refuses at once and counts")
  void boundedQueue() throws Exception {
    StoreFaults faults = needFaults();
    faults.withholdSyncs(true);
    List<CompletableFuture<Position>> taken = new ArrayList<>();
    CompletableFuture<Position> refused = null;
    for (int i = 0; refused == null && i < 1_000_000; i++) {
      CompletableFuture<Position> stage =
          store.append(Batch.of(List.of(put(i, 0)))).toCompletableFuture();
      if (stage.isCompletedExceptionally()) {
        refused = stage;
      } else {
        taken.add(stage);
      }
    }
    assertThat(refused).isNotNull();
    assertThat(store.status().facts().get("queue-refused")).isEqualTo("1");
    assertThat(taken).noneMatch(CompletableFuture::isDone);
    faults.withholdSyncs(false);
    for (CompletableFuture<Position> stage : taken) {
      get(stage);
    }
    assertThat(leases()).hasSize(taken.size());
  }

  @Test
  @DisplayName("S-18: time and memory of a replay are recorded (-Dleasehold.replay.leases=N)")
  void replayIsMeasured() throws Exception {
    int leases = Integer.getInteger("leasehold.replay.leases", 20_000);
    CompletableFuture<Position> last = null;
    for (int i = 0; i < leases; i += 100) {
      List<LeaseChange> changes = new ArrayList<>();
      for (int k = i; k < i + 100; k++) {
        changes.add(put(k, 0));
      }
      last = store.append(Batch.of(changes)).toCompletableFuture();
      if (i % 10_000 == 0) {
        get(last);
      }
    }
    get(last);
    reopen();
    System.gc();
    long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    long start = System.nanoTime();
    CountingSink counted = new CountingSink();
    assertThat(store.replay(counted).changes()).isEqualTo(leases);
    long millis = (System.nanoTime() - start) / 1_000_000;
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() - before;
    System.out.printf(
        "S-18: %d leases replayed in %d ms; heap grew by %d KiB%n", leases, millis, used / 1024);
    assertThat(counted.puts()).isEqualTo(leases);
  }

  @Test
  @DisplayName("S-24: stop and start under load: every stage ends, nothing acknowledged is lost")
  void closeUnderLoad() throws Exception {
    for (int round = 0; round < 3; round++) {
      AtomicBoolean stop = new AtomicBoolean();
      List<CompletableFuture<Position>> stages = new ArrayList<>();
      LeaseStore loaded = store;
      Semaphore inFlight = new Semaphore(500);
      Thread load =
          new Thread(
              () -> {
                for (long i = 0; !stop.get(); i++) {
                  inFlight.acquireUninterruptibly();
                  CompletableFuture<Position> stage =
                      loaded.append(Batch.of(List.of(put(i, 0)))).toCompletableFuture();
                  stages.add(stage);
                  stage.whenComplete((position, failure) -> inFlight.release());
                }
              });
      load.start();
      Await.until(PATIENCE, () -> Long.parseLong(loaded.status().facts().get("batches")) > 50);
      close(loaded);
      stop.set(true);
      load.join();
      assertThat(stages).allMatch(CompletableFuture::isDone);
      openFirst();
      Map<LeaseKey, Lease> found = leases();
      for (int i = 0; i < stages.size(); i++) {
        if (!stages.get(i).isCompletedExceptionally()) {
          assertThat(found).containsKey(LeaseSamples.key(i));
        }
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a store gives back when it is replayed.
 *
 * @param leases its leases
 * @param replay what it says about them
 */
public record StoreContent(Map<LeaseKey, Lease> leases, Replay replay) {
  private static final long PATIENCE_SECONDS = 30;

  /** Replays a store; its count must be possible. */
  public static StoreContent of(LeaseStore store) throws IOException {
    Map<LeaseKey, Lease> leases = new ConcurrentSkipListMap<>();
    LeaseSink sink =
        new LeaseSink() {
          @Override
          public void put(Lease lease) {
            leases.put(lease.key(), lease);
          }

          @Override
          public void remove(LeaseKey key) {
            leases.remove(key);
          }
        };
    Replay replay = store.replay(sink);
    assertThat(replay.changes()).isGreaterThanOrEqualTo(leases.size());
    return new StoreContent(leases, replay);
  }

  /** Waits until a store takes changes. */
  public static void awaitOpen(LeaseStore store) {
    try {
      Await.until(Duration.ofSeconds(PATIENCE_SECONDS), () -> store.status().takesChanges());
    } catch (AssertionError e) {
      throw new AssertionError("the store does not open: " + store.status(), e);
    }
  }

  /** Appends and waits until the batch is durable. */
  public static Position commit(LeaseStore store, Batch batch) throws Exception {
    return get(store.append(batch).toCompletableFuture());
  }

  /** Appends changes and waits until they are durable. */
  public static Position commit(LeaseStore store, LeaseChange... changes) throws Exception {
    return commit(store, Batch.of(List.of(changes)));
  }

  /** Waits for a stage. */
  public static <T> T get(CompletableFuture<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.LeaseQuery;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The leases of all lanes as one ledger. Any thread. */
final class Ledger implements LeaseLedger {
  private final Engine engine;
  private final InstantSource clock;

  Ledger(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Optional<Lease>> find(LeaseKey key) {
    return all(engine.each(lane -> lane.call(target -> Optional.ofNullable(target.find(key)))))
        .thenApply(found -> found.stream().flatMap(Optional::stream).findFirst());
  }

  @Override
  public CompletionStage<List<Lease>> list(LeaseQuery query, Optional<LeaseKey> after, int limit) {
    return all(engine.each(
            lane -> lane.call(target -> target.list(query, after.orElse(null), limit))))
        .thenApply(
            pages ->
                pages.stream()
                    .flatMap(List::stream)
                    .sorted((a, b) -> a.key().compareTo(b.key()))
                    .limit(limit)
                    .toList());
  }

  @Override
  public CompletionStage<Long> release(LeaseQuery query) {
    long now = clock.millis() / 1000;
    return all(engine.each(lane -> lane.change(target -> target.release(query, now))))
        .thenApply(Ledger::sum);
  }

  @Override
  public CompletionStage<Long> wipe(LeaseQuery query) {
    return all(engine.each(lane -> lane.change(target -> target.wipe(query))))
        .thenApply(Ledger::sum);
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().filter(Objects::nonNull).mapToLong(Long::longValue).sum();
  }

  private static <T> CompletionStage<List<T>> all(List<CompletableFuture<T>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
        .thenApply(done -> Engine.join(futures));
  }
}

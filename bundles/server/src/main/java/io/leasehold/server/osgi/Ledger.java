// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.LeasePage;
import io.leasehold.server.lane.Sweep;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

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
    return inOrder(
        engine, (lane, last, most) -> lane.list(query, last, most), after.orElse(null), limit);
  }

  /** A bounded walk through a lane's leases. */
  interface Walk {
    LeasePage page(Lane lane, LeaseKey afterOrNull, int limit);
  }

  /** What is found in all lanes, in the order of the keys. */
  static CompletionStage<List<Lease>> inOrder(
      Engine engine, Walk walk, LeaseKey afterOrNull, int limit) {
    return all(engine.each(lane -> list(lane, walk, afterOrNull, new ArrayList<>(), limit)))
        .thenApply(
            pages ->
                pages.stream()
                    .flatMap(List::stream)
                    .sorted((a, b) -> a.key().compareTo(b.key()))
                    .limit(limit)
                    .toList());
  }

  /** Goes through a lane's leases step by step, so that requests have their turns between. */
  private static CompletableFuture<List<Lease>> list(
      LaneThread lane, Walk walk, LeaseKey after, List<Lease> found, int limit) {
    return lane.call(target -> walk.page(target, after, limit - found.size()))
        .thenCompose(
            page -> {
              found.addAll(page.leases());
              return page.lastOrNull() == null || found.size() >= limit
                  ? CompletableFuture.completedFuture(found)
                  : list(lane, walk, page.lastOrNull(), found, limit);
            });
  }

  @Override
  public CompletionStage<Long> release(LeaseQuery query) {
    long now = clock.millis() / 1000;
    return sweep((lane, after) -> lane.release(query, after, now));
  }

  @Override
  public CompletionStage<Long> wipe(LeaseQuery query) {
    long now = clock.millis() / 1000;
    return sweep((lane, after) -> lane.wipe(query, after, now));
  }

  private CompletionStage<Long> sweep(BiFunction<Lane, LeaseKey, Sweep> what) {
    return all(engine.each(lane -> sweep(lane, what, null, 0))).thenApply(Ledger::sum);
  }

  /** Changes a lane's leases step by step; each step is durable before the next. */
  private static CompletableFuture<Long> sweep(
      LaneThread lane, BiFunction<Lane, LeaseKey, Sweep> what, LeaseKey after, long before) {
    AtomicReference<LeaseKey> last = new AtomicReference<>();
    return lane.change(
            target -> {
              Sweep sweep = what.apply(target, after);
              last.set(sweep.lastOrNull());
              return sweep.turn();
            })
        .thenCompose(
            changed ->
                last.get() == null
                    ? CompletableFuture.completedFuture(before + changed)
                    : sweep(lane, what, last.get(), before + changed));
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().filter(Objects::nonNull).mapToLong(Long::longValue).sum();
  }

  private static <T> CompletionStage<List<T>> all(List<CompletableFuture<T>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
        .thenApply(done -> Engine.join(futures));
  }
}

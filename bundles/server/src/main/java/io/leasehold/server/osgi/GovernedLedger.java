// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.server.lane.GovernedLinks.Edited;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lane.Turn;
import io.leasehold.server.protocol.Place;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The leases of governed links in all lanes. Any thread. */
final class GovernedLedger implements GovernedLeases {
  private final Engine engine;
  private final InstantSource clock;

  GovernedLedger(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /** How a lane makes changes. */
  private interface Way {
    /** Completes when they are as they must be. */
    CompletableFuture<Long> change(LaneThread lane, Function<Lane, Turn> what);
  }

  @Override
  public CompletionStage<List<Outcome>> edit(String governor, List<Edit> edits) {
    return edit(LaneThread::change, governor, edits);
  }

  @Override
  public CompletionStage<List<Outcome>> amend(String governor, List<Edit> edits) {
    return edit(LaneThread::amend, governor, edits);
  }

  private CompletionStage<List<Outcome>> edit(Way way, String governor, List<Edit> edits) {
    List<Edit> all = List.copyOf(edits);
    CompletableFuture<List<Outcome>> done = new CompletableFuture<>();
    engine.between(() -> edit(way, governor, all, done));
    return done;
  }

  private void edit(
      Way way, String governor, List<Edit> edits, CompletableFuture<List<Outcome>> done) {
    Regime regime = engine.regime();
    if (regime == null) {
      done.completeExceptionally(new StoreUnavailableException("leases are not loaded yet"));
      return;
    }
    Outcome[] outcomes = new Outcome[edits.size()];
    Arrays.fill(outcomes, Outcome.FOREIGN);
    Map<LaneThread, List<Integer>> byLane = new LinkedHashMap<>();
    for (int i = 0; i < outcomes.length; i++) {
      Place place = regime.territory().find(governor, edits.get(i).key());
      if (place != null) {
        byLane.computeIfAbsent(engine.laneOf(place.link()), lane -> new ArrayList<>()).add(i);
      }
    }
    List<CompletableFuture<Long>> changed = new ArrayList<>();
    byLane.forEach(
        (lane, some) ->
            changed.add(way.change(lane, target -> edit(target, governor, edits, some, outcomes))));
    CompletableFuture.allOf(changed.toArray(CompletableFuture[]::new))
        .whenComplete(
            (all, failure) -> {
              if (failure == null) {
                done.complete(List.of(outcomes));
              } else {
                done.completeExceptionally(failure);
              }
            });
  }

  /** Edits what one lane has; its outcomes are there before it is durable. */
  private Turn edit(
      Lane lane, String governor, List<Edit> edits, List<Integer> some, Outcome[] outcomes) {
    List<Edit> own = some.stream().map(edits::get).toList();
    Edited edited = lane.governed().edit(governor, own, clock.millis() / 1000);
    for (int i = 0; i < some.size(); i++) {
      outcomes[some.get(i)] = edited.outcomes().get(i);
    }
    return edited.turn();
  }

  @Override
  public CompletionStage<List<Lease>> page(String governor, Optional<LeaseKey> after, int limit) {
    CompletableFuture<List<Lease>> done = new CompletableFuture<>();
    engine.between(() -> page(governor, after.orElse(null), limit, done));
    return done;
  }

  private void page(
      String governor, LeaseKey afterOrNull, int limit, CompletableFuture<List<Lease>> done) {
    long moves = engine.moves();
    Ledger.inOrder(
            engine,
            (lane, last, most) -> lane.governed().list(governor, last, most),
            afterOrNull,
            limit)
        .whenComplete(
            (leases, failure) -> {
              if (failure != null) {
                done.completeExceptionally(failure);
              } else if (engine.moves() == moves) {
                done.complete(leases);
              } else {
                // Some may have been between two lanes.
                engine.between(() -> page(governor, afterOrNull, limit, done));
              }
            });
  }

  @Override
  public boolean contains(String governor, LeaseKey key) {
    Regime regime = engine.regime();
    return regime != null && regime.territory().find(governor, key) != null;
  }

  @Override
  public List<Pool> pools(String governor) {
    Regime regime = engine.regime();
    return regime == null ? List.of() : regime.territory().pools(governor);
  }
}

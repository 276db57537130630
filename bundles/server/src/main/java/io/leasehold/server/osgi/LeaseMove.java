// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.LeaseHomes;
import io.leasehold.server.lane.LeasePage;
import io.leasehold.server.lane.Regime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Moves leases to the lanes and subnets where another plan wants them, while the lanes pause. What
 * stays where it is is not touched, and what moves does so in small portions, so that there are
 * never two copies of all leases. The control thread.
 */
final class LeaseMove {
  private final List<LaneThread> lanes;
  private final Consumer<CompletableFuture<?>> await;
  private final LeaseHomes homes;
  private final boolean anyMoves;

  /**
   * Finds out what will have to move, but moves nothing yet.
   *
   * @param await waits for something that a lane does
   * @param from the regime in force, or null
   * @param to the regime that wants the leases elsewhere
   */
  LeaseMove(List<LaneThread> lanes, Consumer<CompletableFuture<?>> await, Regime from, Regime to) {
    this.lanes = lanes;
    this.await = await;
    this.homes = new LeaseHomes(to);
    this.anyMoves = from == null || !homes.areThoseOf(new LeaseHomes(from));
  }

  /** Moves what has another home. */
  void move() {
    for (int index = 0; anyMoves && index < lanes.size(); index++) {
      moveFrom(index);
    }
  }

  private void moveFrom(int index) {
    LeaseKey after = null;
    do {
      LeaseKey last = after;
      LeasePage page = call(lanes.get(index), lane -> homes.takeStrays(lane.table(), index, last));
      hand(page.leases());
      after = page.lastOrNull();
    } while (after != null);
  }

  private void hand(List<Lease> strays) {
    Map<Integer, List<Lease>> byLane = new HashMap<>();
    for (Lease stray : strays) {
      byLane.computeIfAbsent(homes.laneOf(stray), lane -> new ArrayList<>()).add(stray);
    }
    byLane.forEach(
        (lane, leases) ->
            call(
                lanes.get(lane),
                target -> {
                  leases.forEach(target.table()::put);
                  return null;
                }));
  }

  private <T> T call(LaneThread lane, Function<Lane, T> what) {
    CompletableFuture<T> result = lane.call(what);
    await.accept(result);
    return result.join();
  }
}

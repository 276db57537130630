// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.plan.PlanGround;
import io.leasehold.server.plan.ServerPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Leases that a plan no longer has a place for, although the plan before it has.
 *
 * @param count how many
 * @param examples some of them, in the order of their keys
 */
record Orphans(long count, List<Lease> examples) {
  private static final int SHOWN = 5;

  private static final int PAGE = 2_000;

  private static final LeaseQuery ACTIVE = LeaseQuery.ALL.inState(LeaseState.ACTIVE);

  /** Goes through the leases of all lanes step by step, so that requests have their turns. */
  static CompletableFuture<Orphans> find(Engine engine, ServerPlan before, ServerPlan after) {
    PlanGround had = new PlanGround(before);
    PlanGround has = new PlanGround(after);
    if (had.isThatOf(has)) {
      return CompletableFuture.completedFuture(new Orphans(0, List.of()));
    }
    List<CompletableFuture<Orphans>> found =
        engine.each(lane -> new Walk(lane, had, has).from(null));
    return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
        .thenApply(done -> together(Engine.join(found)));
  }

  private static Orphans together(List<Orphans> lanes) {
    return new Orphans(
        lanes.stream().mapToLong(Orphans::count).sum(),
        lanes.stream()
            .flatMap(lane -> lane.examples().stream())
            .sorted((one, other) -> one.key().compareTo(other.key()))
            .limit(SHOWN)
            .toList());
  }

  /** Through one lane. */
  private static final class Walk {
    private final LaneThread lane;
    private final PlanGround had;
    private final PlanGround has;
    private final List<Lease> examples = new ArrayList<>();
    private long count;

    Walk(LaneThread lane, PlanGround had, PlanGround has) {
      this.lane = lane;
      this.had = had;
      this.has = has;
    }

    CompletableFuture<Orphans> from(LeaseKey after) {
      return lane.call(target -> target.list(ACTIVE, after, PAGE))
          .thenComposeAsync(
              page -> {
                page.leases().forEach(this::look);
                return page.lastOrNull() == null
                    ? CompletableFuture.completedFuture(new Orphans(count, examples))
                    : from(page.lastOrNull());
              });
    }

    private void look(Lease lease) {
      if (!has.has(lease.key()) && had.has(lease.key())) {
        count++;
        if (examples.size() < SHOWN) {
          examples.add(lease);
        }
      }
    }
  }
}

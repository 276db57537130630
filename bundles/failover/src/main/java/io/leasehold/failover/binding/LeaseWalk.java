// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Looks through all leases page by page, each as it was when it was last heard of. Rests between
 * pages, the longer the more the partner is told.
 */
final class LeaseWalk {
  private static final int PAGE = 256;
  private static final long RETRY_SECONDS = 5;

  /**
   * What a lease costs that the partner is told of, on both sides and by all threads, several times
   * over: clients are served beside it.
   */
  private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(40);

  /** Between two pages of which it is told nothing. */
  private static final long LEAST_REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final Outbox outbox;
  private final Visitor visitor;
  private final Map<LeaseKey, Optional<Lease>> changed = new HashMap<>();
  private boolean isWanted;
  private boolean isPaging;
  private boolean isOld;
  private Optional<LeaseKey> after = Optional.empty();
  private long retryAt = Moment.NEVER;

  /** Who looks. */
  interface Visitor {
    /** Sees a lease; whether the partner is told of it. */
    boolean visit(Lease lease);

    /** A page was looked through, or could not be had. */
    void paged(Moment now);
  }

  LeaseWalk(Outbox outbox, Visitor visitor) {
    this.outbox = outbox;
    this.visitor = visitor;
  }

  /** Begins at the beginning. */
  void begin() {
    isWanted = true;
    isOld = isPaging;
    after = Optional.empty();
  }

  /** Ends where it is. */
  void end() {
    isWanted = false;
    isOld = isPaging;
    retryAt = Moment.NEVER;
  }

  /** Whether everything was looked at since {@link #begin}. */
  boolean isDone() {
    return !isWanted;
  }

  /** A lease has changed: the page that is on its way may not have that. */
  void onCommitted(LeaseChange change) {
    if (isPaging) {
      changed.put(change.key(), change.lease());
    }
  }

  /** Looks at the next page, if there is one to be looked at. */
  void advance() {
    if (isWanted && !isPaging && retryAt == Moment.NEVER) {
      isPaging = true;
      isOld = false;
      changed.clear();
      outbox.scan(after, PAGE, new Page());
    }
  }

  /** Steady time at which {@link #onTimer} has something to do. */
  long deadline() {
    return retryAt;
  }

  void onTimer(Moment now) {
    if (now.isAt(retryAt)) {
      retryAt = Moment.NEVER;
    }
  }

  /** A page that is on its way. */
  private final class Page implements Completion<List<Lease>> {
    @Override
    public void done(List<Lease> leases, Moment now) {
      isPaging = false;
      if (!isOld) {
        long told =
            leases.stream()
                .flatMap(lease -> changed.getOrDefault(lease.key(), Optional.of(lease)).stream())
                .filter(visitor::visit)
                .count();
        isWanted = leases.size() == PAGE;
        retryAt = isWanted ? now.steadyNanos() + LEAST_REST_NANOS + told * REST_NANOS : retryAt;
        after = leases.isEmpty() ? after : Optional.of(leases.get(leases.size() - 1).key());
      }
      changed.clear();
      visitor.paged(now);
    }

    @Override
    public void failed(String why, Moment now) {
      isPaging = false;
      changed.clear();
      if (!isOld) {
        outbox.warn("leases cannot be looked through: " + why);
        retryAt = now.deadline(RETRY_SECONDS);
      }
      visitor.paged(now);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Shares by counting (RFC 8156 section 4.2.2): delegable prefixes and IPv4 addresses, which are the
 * primary's at first. The primary makes some FREE-BACKUP, which is durable before the secondary
 * hears of it, and asks back what is too much; the secondary says when it has too little. Nothing
 * is moved but in NORMAL, while the partner is there, and never more than a thousand units at once.
 *
 * <p>For the thread of the relationship.
 */
public final class PoolBalance {
  private static final int PAGE = 1000;
  private static final int STEP = 1000;

  /** Changes of so long are looked at together. */
  private static final long GATHER_SECONDS = 1;

  private static final long RETRY_SECONDS = 10;

  /** Notices of changes may be lost: all is counted anew now and then. */
  private static final long COUNT_SECONDS = 3600;

  /** Between two POOLREQs, and how old a count may be that a POOLREQ is judged by. */
  private static final long REQUEST_SECONDS = 60;

  /** For updates that are not through by then, POOLREQ does not wait (RFC 8156 section 8.8). */
  private static final long PATIENCE_SECONDS = 30;

  private final FailoverSettings settings;
  private final Supplier<RelationshipFacts> facts;
  private final Supplier<List<GovernedLeases.Pool>> pools;
  private final PoolListener listener;
  private final Outbox outbox;

  private PoolCounts counts = PoolCounts.NONE;
  private PoolCounts coming;
  private boolean isCountAgain;
  private boolean isMoving;
  private boolean isTogether;
  private boolean hasAsked;

  /**
   * The primary moves nothing before it knows what the secondary gave while they were apart: until
   * its first POOLREQ, which comes after its updates, or for a minute.
   */
  private boolean isHeld;

  private long countAt = Moment.NEVER;
  private long lookAt = Moment.NEVER;
  private long askAt = Moment.NEVER;
  private long mayAskAt = Moment.NEVER;
  private long freshUntil = Moment.NEVER;

  /**
   * Counts nothing yet.
   *
   * @param facts how the relationship stands
   * @param pools of the relationship, of the plan in force
   * @param listener says POOLREQ and POOLRESP
   */
  public PoolBalance(
      FailoverSettings settings,
      Supplier<RelationshipFacts> facts,
      Supplier<List<GovernedLeases.Pool>> pools,
      PoolListener listener,
      Outbox outbox) {
    this.settings = settings;
    this.facts = facts;
    this.pools = pools;
    this.listener = listener;
    this.outbox = outbox;
  }

  /** Begins to count; also when the plan has changed. */
  public void onPlanChanged(Moment now) {
    count(now);
  }

  /** Leases that changed, as a hint. */
  public void onCommitted(List<LeaseChange> changes, Moment now) {
    boolean isShared = false;
    for (LeaseChange change : changes) {
      isShared |= counts.changed(change);
      if (coming != null) {
        coming.changed(change);
      }
    }
    if (isShared) {
      look(now, GATHER_SECONDS);
    }
  }

  /** The state of the relationship has changed, or the connection has come or gone. */
  public void onState(Moment now) {
    boolean wasTogether = isTogether;
    isTogether = facts.get().isConnected() && facts.get().state() == ServerState.NORMAL;
    if (!isTogether) {
      askAt = Moment.NEVER;
      lookAt = Moment.NEVER;
      hasAsked = false;
    } else if (!wasTogether) {
      askAt = isSecondary() ? now.deadline(PATIENCE_SECONDS) : Moment.NEVER;
      lookAt = isSecondary() ? Moment.NEVER : now.deadline(REQUEST_SECONDS);
      isHeld = !isSecondary();
    }
  }

  /** Nothing that the partner has to hear of is unsent or unanswered. */
  public void onCaughtUp(Moment now) {
    if (isTogether && isSecondary() && !hasAsked) {
      ask(now);
    }
  }

  /** The secondary wants more: it is answered, and then looked whether that is so. */
  public void onPoolRequest(int id, Moment now) {
    listener.onPoolPromised(id, now);
    isHeld = false;
    if (freshUntil == Moment.NEVER || now.isAt(freshUntil)) {
      count(now);
    } else {
      look(now, 0);
    }
  }

  /** The primary will look; updates follow if it moves anything. */
  public void onPoolResponse(int id, Moment now) {
    look(now, REQUEST_SECONDS);
  }

  /** Does what has become due. */
  public void onTimer(Moment now) {
    if (now.isAt(countAt)) {
      count(now);
    }
    if (now.isAt(askAt)) {
      ask(now);
    }
    if (now.isAt(lookAt)) {
      lookAt = Moment.NEVER;
      isHeld = false;
      if (isSecondary()) {
        askIfShort(now);
      } else {
        move(now);
      }
    }
  }

  /** When {@link #onTimer} is next to be called: steady time. */
  public long deadline() {
    return earlier(earlier(countAt, askAt), lookAt);
  }

  private static long earlier(long one, long other) {
    if (one == Moment.NEVER || other == Moment.NEVER) {
      return one == Moment.NEVER ? other : one;
    }
    return one - other < 0 ? one : other;
  }

  /** How pools are divided; empty until they are counted. */
  public List<PoolShare> shares() {
    return counts.all().stream().map(pool -> pool.share(settings.sharePercent())).toList();
  }

  /** How all pools together are divided, for operators; nothing if none is shared. */
  public Map<String, Long> counters() {
    Map<String, Long> sums = new TreeMap<>();
    for (PoolShare share : shares()) {
      String units = share.first().kind() == LeaseKind.IPV4 ? "addresses" : "prefixes";
      sums.merge(units + "-of-primary", share.free(), PoolBalance::sum);
      sums.merge(units + "-of-secondary", share.backup(), PoolBalance::sum);
      sums.merge(units + "-of-secondary-wanted", share.target(), PoolBalance::sum);
      sums.merge(units + "-taken", share.taken(), PoolBalance::sum);
    }
    return sums;
  }

  /** As much as fits. */
  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  private boolean isSecondary() {
    return settings.role() == Role.SECONDARY;
  }

  private void look(Moment now, long seconds) {
    if (isTogether && !isHeld) {
      lookAt = earlier(lookAt, now.deadline(seconds));
    }
  }

  private void ask(Moment now) {
    askAt = Moment.NEVER;
    hasAsked = true;
    mayAskAt = now.deadline(REQUEST_SECONDS);
    listener.onPoolWanted(now);
  }

  private void askIfShort(Moment now) {
    if (!isTogether || !hasAsked) {
      return;
    }
    boolean isShort =
        shares().stream().anyMatch(share -> PoolCount.isShort(share, settings.thresholdPercent()));
    if (isShort && now.isAt(mayAskAt)) {
      ask(now);
    } else if (isShort) {
      lookAt = mayAskAt;
    }
  }

  private void count(Moment now) {
    countAt = Moment.NEVER;
    if (coming != null) {
      isCountAgain = true;
      return;
    }
    coming = new PoolCounts(pools.get());
    page(coming.next(Optional.empty()), now);
  }

  private void page(Optional<LeaseKey> after, Moment now) {
    if (after.isEmpty() || isCountAgain) {
      counted(now);
      return;
    }
    outbox.scan(
        after,
        PAGE,
        new Completion<>() {
          @Override
          public void done(List<Lease> page, Moment then) {
            page(coming.seen(page), then);
          }

          @Override
          public void failed(String why, Moment then) {
            coming = null;
            isCountAgain = false;
            countAt = then.deadline(RETRY_SECONDS);
          }
        });
  }

  private void counted(Moment now) {
    if (!isCountAgain) {
      counts = coming;
      freshUntil = now.deadline(REQUEST_SECONDS);
      countAt = now.deadline(COUNT_SECONDS);
    }
    coming = null;
    if (isCountAgain) {
      isCountAgain = false;
      count(now);
    } else {
      look(now, 0);
    }
  }

  private void move(Moment now) {
    if (!isTogether || isMoving) {
      return;
    }
    for (PoolCount pool : counts.all()) {
      if (move(pool, pool.reservedSince(STEP), false) || share(pool)) {
        return;
      }
    }
  }

  /** Whether something is moved so that the secondary has its share. */
  private boolean share(PoolCount pool) {
    long units = pool.toMove(settings.sharePercent(), settings.thresholdPercent());
    long most = Math.min(Math.abs(units), STEP);
    boolean isGiven = units > 0;
    return units != 0 && move(pool, isGiven ? pool.spare(most) : pool.handedOver(most), isGiven);
  }

  /** Whether something is moved. What it is counts at once, so that it is not chosen again. */
  private boolean move(PoolCount pool, List<Long> units, boolean isGiven) {
    if (units.isEmpty()) {
      return false;
    }
    LeaseState state = isGiven ? LeaseState.FREE_BACKUP : LeaseState.PENDING_FREE;
    units.forEach(unit -> pool.set(unit, state));
    outbox.edit(
        units.stream().map(unit -> UnitMove.edit(pool.key(unit), isGiven)).toList(),
        new Completion<>() {
          @Override
          public void done(List<GovernedLeases.Outcome> outcomes, Moment then) {
            moved(pool, units, outcomes, then);
          }

          @Override
          public void failed(String why, Moment then) {
            isMoving = false;
            countAt = earlier(countAt, then.deadline(RETRY_SECONDS));
          }
        });
    isMoving = true;
    return true;
  }

  /** A unit that cannot be moved, whatever it is, is not tried again before the next count. */
  private void moved(
      PoolCount pool, List<Long> units, List<GovernedLeases.Outcome> outcomes, Moment now) {
    isMoving = false;
    boolean isLost = false;
    for (int i = 0; i < units.size(); i++) {
      if (outcomes.get(i) == GovernedLeases.Outcome.KEPT) {
        pool.set(units.get(i), LeaseState.ABANDONED);
      }
      isLost |= outcomes.get(i) == GovernedLeases.Outcome.FOREIGN;
    }
    if (isLost) {
      countAt = earlier(countAt, now.deadline(RETRY_SECONDS));
    } else {
      look(now, 0);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Family;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.SubnetUse;
import io.leasehold.server.lane.HeldOffers.Held;
import io.leasehold.server.lease.Governance;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.lease.LinkGround;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.lease.Reclaimer;
import io.leasehold.server.memory.MemoryFullException;
import io.leasehold.server.memory.OffHeap;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.metric.ProbeCounter;
import io.leasehold.server.metric.ServerCounter;
import io.leasehold.server.plan.Link;
import io.leasehold.server.protocol.Outcome;
import io.leasehold.server.protocol.ProbeWish;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns whole links and is the only writer of their leases. One thread at a time; the driver sees to
 * that.
 */
public final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final int RECLAIM_AT_ONCE = 1000;

  /** Offers of one lane that wait for a probe at a time. */
  private static final int MOST_HELD = 1024;

  /** Addresses that are probed for one DHCPDISCOVER until somebody must ask again. */
  private static final int MOST_PROBED = 4;

  private final int index;
  private final Counters counters;
  private final RandomGenerator random;
  private final Beginnings beginnings;
  private final HeldOffers held = new HeldOffers(MOST_HELD);
  private final Succession succession;
  private Regime regime;
  private final OffHeap memory;
  private LeaseTable table;
  private Map<Link, LinkLeases> links = Map.of();
  private GovernedLinks governed = GovernedLinks.NONE;
  private Map<String, LeaseGovernor> governors = Map.of();
  private LinkGround ground;

  private Reclaimer reclaimer;

  /**
   * An idle lane.
   *
   * @param index its number among the lanes
   * @param random the source of chance for its pools
   */
  public Lane(int index, Counters counters, RandomGenerator random) {
    this(index, Limits.NONE, OffHeap.unlimited(), counters, random);
  }

  /** The same with limits, and with memory that lanes share. */
  public Lane(int index, Limits limits, OffHeap memory, Counters counters, RandomGenerator random) {
    this.index = index;
    this.memory = memory;
    this.table = new LeaseTable(memory, 0);
    this.counters = counters;
    this.random = random;
    this.succession = new Succession(index);
    this.beginnings = new Beginnings(limits, random.nextLong());
  }

  /** An empty table, to be filled and given to {@link #adopt}. */
  public LeaseTable newTable() {
    return new LeaseTable(memory, random.nextLong());
  }

  /**
   * Begins to open the links of a regime that is to come; {@link #succession} goes on with it.
   *
   * @param policies finds an allocation policy by its word
   */
  public void prepare(Regime next, Function<String, AllocationPolicy> policies) {
    succession.begin(next, new LinkGround(table, policies, governors::get, random), links.values());
  }

  /** What is done before and after {@link #adopt}. */
  public Succession succession() {
    return succession;
  }

  /**
   * Starts to serve under a regime, with the leases of its links and no other. What was prepared
   * for it is used.
   *
   * @param policies finds an allocation policy by its word
   */
  public void adopt(Regime next, LeaseTable leases, Function<String, AllocationPolicy> policies) {
    boolean isOther = table != leases;
    Collection<LinkLeases> serving = isOther ? List.of() : links.values();
    if (!succession.isReadyFor(next, leases)) {
      succession.begin(next, new LinkGround(leases, policies, governors::get, random), serving);
    }
    ground = succession.ground();
    Map<Link, LinkLeases> opened = succession.change(links.values(), serving);
    if (isOther) {
      table.close();
    }
    table = leases;
    use(opened, next);
    serveUnder(next);
  }

  private void use(Map<Link, LinkLeases> opened, Regime next) {
    links = opened;
    governed = new GovernedLinks(next.territory(), table, opened);
    // Their clients ask again.
    held.clear();
    reclaimer =
        new Reclaimer(
            table,
            opened.values(),
            family -> next.plan().of(family).settings().holdReclaimedSeconds());
  }

  /**
   * Lets these say from now on what may be promised on links that name them. Links whose governor
   * is another one than before are opened anew.
   */
  public void govern(Map<String, LeaseGovernor> next) {
    governors = Map.copyOf(next);
    succession.abandon();
    if (regime == null) {
      return;
    }
    ground = new LinkGround(table, ground.policies(), governors::get, random);
    Map<Link, LinkLeases> opened = new IdentityHashMap<>(links);
    opened.replaceAll(
        (link, leases) -> {
          Governance governance = leases.governanceOrNull();
          if (governance == null
              || governance.governorOrNull() == governors.get(governance.name())) {
            return leases;
          }
          leases.release();
          return new LinkLeases(link, leases.plan(), ground);
        });
    use(opened, regime);
  }

  /** Serves on under a regime with the same plan and other hooks. */
  public void serveUnder(Regime next) {
    regime = next;
  }

  /** The regime in force, or null before the first. */
  public Regime regime() {
    return regime;
  }

  /**
   * Answers requests.
   *
   * @param now seconds since 1970
   * @param mayCommit whether the store takes changes; without it, requests that would change a
   *     lease are dropped and counted
   */
  public Turn turn(List<Job<?>> jobs, long now, boolean mayCommit) {
    Turn turn = new Turn();
    for (Job<?> job : jobs) {
      if (!mayCommit && job.request().promises()) {
        job.drop(PacketCounter.STORE_UNAVAILABLE, counters);
      } else if (!beginnings.allows(job.request(), now)) {
        job.drop(PacketCounter.LIMIT_EXCEEDED, counters);
      } else {
        answer(job, now, turn, 1);
      }
    }
    return turn;
  }

  /**
   * Decides about a request that is a trial, so that nothing changes but cursors of allocation
   * policies; false if it was accepted under a plan that is no longer in force.
   */
  public boolean tryOut(Job<?> job, long now) {
    if (regime == null || job.regime().plan() != regime.plan()) {
      return false;
    }
    Link link = job.request().linkOrNull();
    LinkLeases leases = link == null ? null : links.get(link);
    Governance governance = leases == null ? null : leases.governanceOrNull();
    if (governance == null || GovernedLinks.serves(governance, job.request(), new Counters())) {
      job.answer(leases, now);
    }
    return true;
  }

  /**
   * Goes on with what waited for a probe. An address that somebody uses is out of use as if it had
   * been declined, and another is chosen.
   *
   * @param inUse whether somebody answered
   * @param now seconds since 1970
   * @param mayCommit whether the store takes changes
   */
  public Turn probed(LeaseKey key, boolean inUse, long now, boolean mayCommit) {
    Turn turn = new Turn();
    Held offer = held.release(key);
    if (offer == null) {
      return turn;
    }
    if (!inUse) {
      turn.add(offer.reply(), List.of());
      return turn;
    }
    LinkLeases leases = links.get(offer.job().request().linkOrNull());
    counters.count(ProbeCounter.CONFLICT.word());
    LOG.warn("lane {}: somebody uses {}, which was free", index, key);
    if (!mayCommit) {
      counters.count(PacketCounter.STORE_UNAVAILABLE.of(offer.reply().family()));
      return turn;
    }
    // Who has got it meanwhile is the one who answered.
    if (!leases.isTaken(key) && leases.begin()) {
      Lease abandoned = leases.abandoned(key, offer.wish().subnetId(), now);
      turn.add(List.of(leases.commit(leases.marked(abandoned, Optional.empty(), now))));
    }
    if (offer.attempt() < MOST_PROBED) {
      answer(offer.job(), now, turn, offer.attempt() + 1);
    } else {
      counters.count(PacketCounter.RECEIVE_DROP.of(offer.reply().family()));
      counters.count(offer.wish().noneLeft().counter());
    }
    return turn;
  }

  /** Holds a reply back for a probe; false if too many wait, and then it goes without. */
  private boolean holds(Held offer, long now, Turn turn) {
    if (!held.takes(offer.wish(), now)) {
      counters.count(ProbeCounter.LEFT_OUT.word());
      return false;
    }
    if (held.hold(offer, now)) {
      turn.add(offer.wish());
    }
    return true;
  }

  private void answer(Job<?> job, long now, Turn turn, int attempt) {
    Link link = job.request().linkOrNull();
    try {
      LinkLeases leases = link == null ? null : links.get(link);
      Governance governance = leases == null ? null : leases.governanceOrNull();
      if (governance != null && !GovernedLinks.serves(governance, job.request(), counters)) {
        return;
      }
      Outcome outcome = job.answer(leases, now);
      turn.afterwards(outcome.afterwardsOrNull());
      Reply reply =
          outcome.replyOrNull() == null
              ? null
              : new Reply(
                  job.request().family(),
                  job.path(),
                  outcome.replyOrNull(),
                  outcome.destinationOrNull(),
                  outcome.replyCounter());
      ProbeWish probe = outcome.probeOrNull();
      if (probe == null || !holds(Held.of(job, reply, probe, attempt, now), now, turn)) {
        turn.add(reply, outcome.changes());
      }
    } catch (MemoryFullException e) {
      // Counted where it was thrown, and told as an alarm of the server.
      job.request().explanation().dropped("lease-memory", e.getMessage());
      LOG.debug("lane {}: a request is not answered: {}", index, e.getMessage());
    } catch (RuntimeException e) {
      // A defect of ours: this packet is lost, the lane is not.
      job.drop(PacketCounter.DEFECT, counters);
      LOG.error("lane {}: a request could not be answered", index, e);
    }
  }

  /**
   * Ends leases whose time is over. Bounded work; call again while {@link #nextDeadline()} is in
   * the past.
   */
  public Turn reclaim(long now) {
    Turn turn = new Turn();
    if (reclaimer != null) {
      List<LeaseChange> changes = reclaimer.reclaim(now, RECLAIM_AT_ONCE);
      counters.add(ServerCounter.RECLAIMED_LEASES.word(), changes.size());
      turn.add(changes);
    }
    return turn;
  }

  /**
   * When {@link #reclaim} has work next, in seconds since 1970; {@link Long#MAX_VALUE} for never.
   */
  public long nextDeadline() {
    return reclaimer == null ? Long.MAX_VALUE : table.nextDeadline();
  }

  /** A lease, or null. */
  public Lease find(LeaseKey key) {
    return table.find(key);
  }

  /**
   * Leases in the order of their keys, after {@code after} (null: from the first). Looks at a
   * bounded number of leases: fewer than {@code limit} may be found although there are more.
   */
  public LeasePage list(LeaseQuery query, LeaseKey after, int limit) {
    return LeasePage.of(table, query, after, limit);
  }

  /** How many leases of a family it keeps. */
  public int size(Family family) {
    return table.size(family);
  }

  /** The table with its leases, to be given to {@link #adopt} again. */
  public LeaseTable table() {
    return table;
  }

  /** Frees leases as if their clients had released them, in bounded steps. */
  public Sweep release(LeaseQuery query, LeaseKey after, long now) {
    return sweep(query, after, lease -> reclaimer.release(lease, now));
  }

  /** Forgets leases altogether, in bounded steps. */
  public Sweep wipe(LeaseQuery query, LeaseKey after, long now) {
    return sweep(query, after, lease -> reclaimer.forget(lease, now));
  }

  private Sweep sweep(LeaseQuery query, LeaseKey after, Function<Lease, LeaseChange> what) {
    Turn turn = new Turn();
    LeasePage page = list(query, after, LeasePage.LOOK_AT_ONCE);
    for (Lease lease : page.leases()) {
      LeaseChange change = what.apply(lease);
      if (change != null) {
        turn.add(List.of(change));
      }
    }
    return new Sweep(turn, page.lastOrNull());
  }

  /** Its governed links. */
  public GovernedLinks governed() {
    return governed;
  }

  /** Use of its subnets. */
  public List<SubnetUse> use() {
    List<SubnetUse> use = new ArrayList<>();
    links.values().forEach(link -> use.addAll(link.use()));
    return use;
  }
}

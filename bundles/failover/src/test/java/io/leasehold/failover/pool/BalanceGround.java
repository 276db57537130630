// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.failover.lease.Role;
import io.leasehold.hop.HopUri;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A {@link PoolBalance} with leases, a clock and a scripted partner. */
final class BalanceGround implements PoolListener {
  final TreeMap<LeaseKey, Lease> leases = new TreeMap<>();
  final List<GovernedLeases.Pool> pools = new ArrayList<>();

  /** What was said to the partner, and when in seconds. */
  final List<String> said = new ArrayList<>();

  /** How many leases each edit had. */
  final List<Integer> edits = new ArrayList<>();

  final Outbox outbox = new Outbox();
  final PoolBalance balance;
  boolean failsEdits;
  boolean losesNotices;
  private final Role role;
  private RelationshipFacts facts;
  private long seconds = 1000;
  private boolean isAnswerDue;

  BalanceGround(Role role, int sharePercent, int thresholdPercent) {
    this.role = role;
    this.facts = PoolSamples.facts(role, ServerState.STARTUP);
    this.balance =
        new PoolBalance(
            settings(role, sharePercent, thresholdPercent), () -> facts, () -> pools, this, outbox);
  }

  private static FailoverSettings settings(Role role, int share, int threshold) {
    HopUri partner = HopUri.parse("tcp://[2001:db8::2]");
    return new FailoverSettings(
        "pair", role, partner, List.of(), "", "pair", 60, 60, 4, 64, 30, false, 5, 60, 0, 300,
        share, threshold, false, false, false);
  }

  static GovernedLeases.Pool pool(String first, long units) {
    return new GovernedLeases.Pool(LeaseKey.prefix(Prefix.ofText(first)), units);
  }

  Moment now() {
    return new Moment(1_800_000_000L + seconds, TimeUnit.SECONDS.toNanos(seconds));
  }

  @Override
  public void onPoolWanted(Moment now) {
    said.add("POOLREQ at " + seconds);
    isAnswerDue = true;
  }

  @Override
  public void onPoolPromised(int id, Moment now) {
    said.add("POOLRESP " + id);
  }

  /** Begins with the pools, and counts. */
  void start() {
    balance.onPlanChanged(now());
    settle();
  }

  void enter(ServerState state, boolean isConnected) {
    facts = new RelationshipFacts(role, state, 0, 60, 60, 0, isConnected);
    balance.onState(now());
    settle();
  }

  /** In NORMAL, and the secondary has said that its updates are through. */
  void together() {
    enter(ServerState.NORMAL, true);
    if (role == Role.PRIMARY) {
      balance.onPoolRequest(7, now());
    } else {
      balance.onCaughtUp(now());
    }
    settle();
  }

  /** Lets time go on, in seconds, doing what becomes due. */
  void pass(long howMany) {
    long until = seconds + howMany;
    while (seconds < until) {
      seconds++;
      balance.onTimer(now());
      settle();
    }
  }

  /** Something changes by other ways. */
  void put(Lease lease) {
    leases.put(lease.key(), lease);
    notice(LeaseChange.put(lease));
  }

  void forget(LeaseKey key) {
    leases.remove(key);
    notice(LeaseChange.remove(key));
  }

  private void notice(LeaseChange change) {
    if (!losesNotices) {
      balance.onCommitted(List.of(change), now());
    }
  }

  /** Carries out what is wanted, and what is due now. */
  void settle() {
    if (isAnswerDue) {
      isAnswerDue = false;
      balance.onPoolResponse(1, now());
    }
    boolean isBusy = true;
    while (isBusy) {
      isBusy = false;
      for (Effect effect = outbox.poll(); effect != null; effect = outbox.poll()) {
        carryOut(effect);
        isBusy = true;
      }
      if (now().isAt(balance.deadline())) {
        balance.onTimer(now());
        isBusy = true;
      }
    }
  }

  /** One effect. */
  void carryOut(Effect effect) {
    if (effect instanceof Effect.Scan scan) {
      outbox.done(scan.token(), page(scan), now());
    } else if (effect instanceof Effect.Edit edit && failsEdits) {
      outbox.failed(edit.token(), "the disk is full", now());
    } else if (effect instanceof Effect.Edit edit) {
      edits.add(edit.edits().size());
      outbox.done(edit.token(), edit.edits().stream().map(this::edit).toList(), now());
    } else {
      throw new IllegalStateException("unexpected " + effect);
    }
  }

  List<Lease> page(Effect.Scan scan) {
    return leases.tailMap(scan.after().orElseThrow(), false).values().stream()
        .limit(scan.limit())
        .toList();
  }

  private Outcome edit(GovernedLeases.Edit edit) {
    Optional<Lease> before = Optional.ofNullable(leases.get(edit.key()));
    Optional<Lease> after = edit.rule().apply(before, now().wallSeconds());
    if (after.equals(before)) {
      return Outcome.KEPT;
    }
    after.ifPresentOrElse(this::put, () -> forget(edit.key()));
    return Outcome.CHANGED;
  }

  long count(LeaseState state) {
    return leases.values().stream().filter(lease -> lease.state() == state).count();
  }

  PoolShare share() {
    return balance.shares().get(0);
  }
}

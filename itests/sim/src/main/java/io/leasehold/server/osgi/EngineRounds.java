// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.GovernedLeases;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Replay;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.probe.AddressProbe;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.relay.Entrance;
import io.leasehold.transport.Path;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The server's engine with its lanes, queues and ledger, but without threads: whoever owns it runs
 * the rounds. Not safe for several threads.
 */
public final class EngineRounds {
  private final Engine engine;
  private final Ledger ledger;
  private final GovernedLedger governed;
  private final List<LaneThread> lanes = new ArrayList<>();

  /**
   * What it stands on.
   *
   * @param clock the wall clock
   * @param nanos a clock that never goes back
   * @param chance gives each lane its source of chance
   * @param waiting returns when a future is complete; runs rounds meanwhile
   * @param probe finds out whether an address is in use; may give null
   */
  public record Ground(
      InstantSource clock,
      LongSupplier nanos,
      Supplier<RandomGenerator> chance,
      Consumer<CompletableFuture<?>> waiting,
      Supplier<AddressProbe> probe) {}

  /**
   * An engine without regime and store.
   *
   * @param lanes how many lanes
   * @param queueCapacity how many requests may wait for one lane
   */
  public EngineRounds(int lanes, int queueCapacity, Counters counters, Ground ground) {
    Engine.Host host =
        new Engine.Host() {
          @Override
          public InstantSource clock() {
            return ground.clock();
          }

          @Override
          public long nanos() {
            return ground.nanos().getAsLong();
          }

          @Override
          public RandomGenerator chance() {
            return ground.chance().get();
          }

          @Override
          public void start(LaneThread lane) {
            EngineRounds.this.lanes.add(lane);
          }

          @Override
          public void await(CompletableFuture<?> done) {
            ground.waiting().accept(done);
          }
        };
    engine =
        new Engine(
            new Engine.Size(lanes, queueCapacity, Limits.NONE),
            counters,
            host,
            committed -> {},
            new Prober(ground.probe(), counters));
    ledger = new Ledger(engine, ground.clock());
    governed = new GovernedLedger(engine, ground.clock());
  }

  /** One round of every lane; says whether one of them answered requests. */
  public boolean round() {
    boolean busy = false;
    for (LaneThread lane : lanes) {
      busy |= lane.round();
    }
    return busy;
  }

  /** Takes a datagram, as a transport gives it. */
  public void receive(Family family, Bytes datagram, Path path) {
    engine.inbound(family, Entrance.WIDE).message(datagram, path);
  }

  /** The regime in force, or null. */
  public Regime regime() {
    return engine.regime();
  }

  /** Serves under another plan; waits for the lanes. */
  public void change(Regime next, Function<String, AllocationPolicy> policies) {
    engine.change(next, policies);
  }

  /** Takes the leases of a store and serves with it; waits for the lanes. */
  public Replay load(LeaseStore store, Regime next, Function<String, AllocationPolicy> policies)
      throws IOException {
    return engine.load(store, next, policies);
  }

  /** Goes on without a store; waits for the lanes. */
  public void forgetStore() {
    engine.forgetStore();
  }

  /** Whether a lane has seen its store fail. */
  public boolean hasLostStore() {
    return engine.hasLostStore();
  }

  /** How many requests wait. */
  public int queued() {
    return engine.queued();
  }

  /** Lets these say what may be promised on links that name them; waits for the lanes. */
  public void govern(Map<String, LeaseGovernor> governors) {
    engine.govern(governors);
  }

  /** What governors use. */
  public GovernedLeases governed() {
    return governed;
  }

  /** What operators use. */
  public LeaseLedger ledger() {
    return ledger;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.lease.Lease;
import io.leasehold.lease.StoreStatus;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.osgi.EngineRounds;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.store.journal.SimFile;
import io.leasehold.store.journal.SimMedium;
import io.leasehold.testkit.sim.SimNetwork;
import io.leasehold.testkit.sim.SimPackets;
import io.leasehold.testkit.sim.SimPath;
import io.leasehold.testkit.sim.SimWorld;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * The server's machine: engine and journal as they ship, driven by events instead of threads. Its
 * power can be cut at any time, and comes back.
 */
final class SimServer {
  static final String NODE = "server";
  private static final Duid ID = Duid.ofText("00:02:00:00:00:09:0c:c0:84:d3");
  private static final int QUEUE = 64;
  private static final long TICK_MILLIS = 1000;
  private static final long HURRIED_TICK_MILLIS = 50;

  private final SimWorld world;
  private final SimNetwork network;
  private final Setup setup;
  private final RandomGenerator random;
  private final SimDrive drive;
  private final Counters counters = new Counters();
  private ServerPlan plan;
  private EngineRounds engine;
  private StoreRounds store;
  private int life;
  private boolean roundPlanned;
  private boolean busy;
  private boolean lookWaits;
  private boolean loaded;
  private long loadedEpoch;
  private String refusal = "";

  /**
   * What it is made of.
   *
   * @param lanes how many lanes it has
   * @param replies sees every reply before it leaves
   */
  record Setup(
      ServerClock clock, Promises promises, Chronicle chronicle, int lanes, ReplyCheck replies) {}

  /** A machine without power; {@link #boot} starts it. */
  SimServer(SimWorld world, SimNetwork network, SimMedium medium, Setup setup) {
    this.world = world;
    this.network = network;
    this.setup = setup;
    this.random = world.random("server");
    this.drive = new SimDrive(world, medium, () -> crash(anyLoss(), anyDowntime()));
    network.attach(NODE, this::packet);
  }

  SimDrive drive() {
    return drive;
  }

  Counters counters() {
    return counters;
  }

  /** The plan from now on, also after a crash. */
  void use(ServerPlan next) {
    plan = next;
  }

  private SimFile.Loss anyLoss() {
    return SimFile.Loss.values()[random.nextInt(SimFile.Loss.values().length)];
  }

  private long anyDowntime() {
    return random.nextLong(100, random.nextInt(4) == 0 ? 60_000 : 3000);
  }

  /** Switches it on. */
  void boot() {
    world.note("server boots");
    EngineRounds.Ground ground =
        new EngineRounds.Ground(
            setup.clock(),
            () -> world.millis() * 1_000_000,
            () -> world.random("lane " + life),
            this::waitFor,
            () -> null);
    engine = new EngineRounds(setup.lanes(), QUEUE, counters, ground);
    store = new StoreRounds(world, drive, setup.chronicle(), this::stored);
    loaded = false;
    roundPlanned = false;
    busy = false;
    tick(life);
  }

  boolean isOn() {
    return engine != null;
  }

  /** Whether clients are served. */
  boolean serves() {
    return isOn() && loaded && !engine.hasLostStore() && engine.regime() != null;
  }

  /** Why the journal does not open; empty if it does. */
  String refusal() {
    return refusal;
  }

  /** Cuts the power, for a while. */
  void crash(SimFile.Loss loss, long downMillis) {
    if (!isOn()) {
      return;
    }
    world.note("power is off: " + loss + " for " + downMillis + " ms");
    off();
    drive.cut();
    drive.medium().crash(loss);
    world.after(downMillis, this::boot);
  }

  /** Stops and starts the server in good order. */
  void restart(long downMillis) {
    restart(downMillis, () -> {});
  }

  /**
   * The same.
   *
   * @param meanwhile is done while it is off
   */
  void restart(long downMillis, Runnable meanwhile) {
    if (!isOn()) {
      world.after(1000, () -> restart(downMillis, meanwhile));
    } else if (busy || store.isCommitting()) {
      world.after(1, () -> restart(downMillis, meanwhile));
    } else {
      world.note("server is stopped");
      int thisLife = life;
      store.close();
      if (thisLife != life) {
        return;
      }
      off();
      drive.cut();
      drive.medium().crash(SimFile.Loss.KILLED);
      meanwhile.run();
      world.after(downMillis, this::boot);
    }
  }

  private void off() {
    life++;
    store.off();
    engine = null;
    loaded = false;
  }

  private void tick(int thatLife) {
    if (thatLife == life) {
      planRound();
      store.wake();
      look();
      world.after(serves() ? TICK_MILLIS : HURRIED_TICK_MILLIS, () -> tick(thatLife));
    }
  }

  private void packet(String from, Bytes payload) {
    if (isOn()) {
      long arrived = world.millis();
      int thatLife = life;
      Family family = SimPackets.isDhcp4(payload) ? Family.IPV4 : Family.IPV6;
      engine.receive(
          family, payload, SimPath.of(payload, answer -> send(thatLife, from, answer, arrived)));
      planRound();
    }
  }

  private boolean send(int thatLife, String to, Bytes answer, long arrivedMillis) {
    if (thatLife != life) {
      world.fail("a reply leaves a machine that is off");
    }
    setup.replies().check(answer, arrivedMillis);
    network.send(NODE, to, answer);
    return true;
  }

  /** Lets the lanes do what there is to do, soon. */
  private void planRound() {
    if (!roundPlanned && isOn()) {
      roundPlanned = true;
      int thatLife = life;
      world.after(
          random.nextInt(3),
          () -> {
            if (thatLife == life) {
              roundPlanned = false;
              round();
            }
          });
    }
  }

  private void round() {
    if (engine.queued() > QUEUE * setup.lanes()) {
      world.fail(engine.queued() + " requests wait");
    }
    if (engine.round()) {
      planRound();
    }
  }

  /** What the control thread does: the lanes have their leases from a store that is open. */
  private void look() {
    // It would wait for a commit that in this world cannot end before it.
    lookWaits = store.isCommitting();
    if (busy || lookWaits) {
      return;
    }
    busy = true;
    int thatLife = life;
    try {
      settle();
    } catch (IOException | MachineOffException e) {
      world.note("control: " + e.getMessage());
    } finally {
      if (thatLife == life) {
        busy = false;
      }
    }
  }

  /** A round of the store has ended. */
  private void stored() {
    planRound();
    if (lookWaits) {
      lookWaits = false;
      int thatLife = life;
      world.after(
          0,
          () -> {
            if (thatLife == life) {
              look();
            }
          });
    }
  }

  private void settle() throws IOException {
    StoreStatus status = store.status();
    refusal = status.takesChanges() ? "" : status.cause();
    if (!status.takesChanges()) {
      if (loaded) {
        loaded = false;
        engine.forgetStore();
      }
      followPlan();
    } else if (!loaded || status.epoch() != loadedEpoch || engine.hasLostStore()) {
      engine.load(store.watched(), regime(), SimServer::policy);
      loaded = true;
      loadedEpoch = status.epoch();
    } else {
      followPlan();
    }
  }

  private void followPlan() {
    if (engine.regime() != null && engine.regime().plan() != plan) {
      world.note("server follows another plan");
      engine.change(regime(), SimServer::policy);
    }
  }

  private Regime regime() {
    return new Regime(plan, ID, List.of(), counters, setup.lanes());
  }

  private static AllocationPolicy policy(String word) {
    return StandardPolicies.named(word).orElseThrow();
  }

  /** Lets the world go on until the lanes have done something. */
  private void waitFor(CompletableFuture<?> done) {
    int thatLife = life;
    planRound();
    world.runUntil(() -> done.isDone() || thatLife != life, Duration.ofDays(1));
    if (!done.isDone() || thatLife != life) {
      throw new MachineOffException();
    }
  }

  /** Takes a plan in anew although it is the same. */
  void reload() {
    if (serves() && !busy && !store.isCommitting()) {
      busy = true;
      int thatLife = life;
      try {
        engine.change(regime(), SimServer::policy);
      } catch (MachineOffException e) {
        world.note("control: " + e.getMessage());
      } finally {
        if (thatLife == life) {
          busy = false;
        }
      }
    }
  }

  /** An operator takes leases away. */
  void takeAway(Prefix within, boolean remember) {
    if (!isOn()) {
      return;
    }
    world.note("operator takes away " + within);
    Promises.Removal removal = setup.promises().remove(within);
    LeaseQuery query =
        LeaseQuery.ALL.ofFamily(within.isMapped() ? Family.IPV4 : Family.IPV6).inside(within);
    (remember ? engine.ledger().release(query) : engine.ledger().wipe(query))
        .whenComplete((count, failure) -> setup.promises().removed(removal));
    planRound();
  }

  /** Asks for a checkpoint. */
  void compact() {
    if (isOn()) {
      store.watched().compact();
    }
  }

  /**
   * Whether the lanes have exactly what the journal has; null if that cannot be said now, because
   * something is on its way.
   */
  Boolean tablesEqualJournal() {
    if (!serves() || busy || store.watched().open() > 0) {
      return null;
    }
    CompletableFuture<List<Lease>> leases =
        engine
            .ledger()
            .list(LeaseQuery.ALL, Optional.empty(), Integer.MAX_VALUE)
            .toCompletableFuture();
    engine.round();
    if (store.watched().open() > 0 || !leases.isDone()) {
      return null;
    }
    return setup.chronicle().isAll(leases.join());
  }

  /** How many requests wait. */
  int queued() {
    return engine.queued();
  }

  /** What waits for somebody who is gone. */
  private static final class MachineOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MachineOffException() {
      super("the machine is off", null, false, false);
    }
  }
}

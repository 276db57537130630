// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.sim;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.server.lane.Job;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.LeaseHomes;
import io.leasehold.server.lane.LeaseShares;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lane.Reply;
import io.leasehold.server.lane.Turn;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.RelayRight;
import io.leasehold.testkit.sim.SimNetwork;
import io.leasehold.testkit.sim.SimPackets;
import io.leasehold.testkit.sim.SimPath;
import io.leasehold.testkit.sim.SimStore;
import io.leasehold.testkit.sim.SimWorld;
import io.leasehold.transport.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Drives a real lane by events of a simulated world, as the lane's thread does: turns, batches to
 * the store, replies when they are durable, reclamation. Can crash and lose its store.
 */
final class SimServer {
  static final String NODE = "server";
  static final Duid ID = Duid.ofText("00:02:00:00:00:09:0c:c0:84:d3");
  private static final int TURNS_IN_FLIGHT = 4;

  final Counters counters = new Counters();
  private final SimWorld world;
  private final SimNetwork network;
  private final SimStore store;
  private Regime regime;
  private final RandomGenerator random;
  private final List<Job<?>> waiting = new ArrayList<>();
  private Lane lane;
  private int life;
  private int inFlight;
  private boolean trusted;
  private boolean turnPlanned;
  private boolean reloading;
  private SimWorld.Event alarm;

  SimServer(SimWorld world, SimNetwork network, SimStore store, ServerPlan plan) {
    this.world = world;
    this.network = network;
    this.store = store;
    this.regime = new Regime(plan, ID, List.of(), counters, 1);
    this.random = world.random("server");
    network.attach(NODE, this::packet);
    boot();
  }

  /** Loads everything from the store and serves. */
  void boot() {
    world.note("server boots");
    lane = new Lane(0, counters, world.random("lane " + life));
    load();
  }

  private void load() {
    List<Lease> leases = new ArrayList<>();
    LeaseHomes homes = new LeaseHomes(regime);
    try {
      store.replay(
          new LeaseSink() {
            @Override
            public void put(Lease lease) {
              leases.add(homes.settle(lease));
            }

            @Override
            public void remove(LeaseKey key) {
              throw new AssertionError("the simulated store forgets nothing that it gave");
            }
          });
    } catch (StoreUnavailableException e) {
      throw new AssertionError(e);
    }
    adopt(leases);
    trusted = true;
    plan(0);
  }

  private void adopt(List<Lease> leases) {
    LeaseShares shares = new LeaseShares(regime, List.of(lane.newTable()));
    leases.forEach(shares::put);
    shares.rest().forEach(Runnable::run);
    lane.adopt(regime, shares.tables().get(0), word -> StandardPolicies.named(word).orElseThrow());
  }

  /** Takes another plan in as soon as nothing is open at the store, or at the next boot. */
  void reload(ServerPlan plan) {
    world.note("server gets another plan");
    regime = new Regime(plan, ID, List.of(), counters, 1);
    reloading = true;
    plan(0);
  }

  /** As the lane's thread does: what came in under another plan is looked at anew. */
  private void takeIn() {
    LeaseHomes homes = new LeaseHomes(regime);
    adopt(lane.table().page(null, Integer.MAX_VALUE).stream().map(homes::settle).toList());
    List<Job<?>> earlier = List.copyOf(waiting);
    waiting.clear();
    for (Job<?> job : earlier) {
      Job<?> anew = job.regime() == regime ? job : job.under(regime);
      if (anew != null) {
        waiting.add(anew);
      }
    }
  }

  /** Takes the plan in anew as soon as nothing is open at the store; requests wait meanwhile. */
  void reload() {
    world.note("server reloads its plan");
    reloading = true;
    plan(0);
  }

  /** Dies without a word and boots again after a while. */
  void crash(long downMillis) {
    world.note("server dies");
    life++;
    lane = null;
    if (alarm != null) {
      alarm.cancel();
    }
    waiting.clear();
    inFlight = 0;
    turnPlanned = false;
    reloading = false;
    store.crash();
    world.after(downMillis, this::boot);
  }

  boolean isUp() {
    return lane != null && trusted;
  }

  /** The store fails and works again after a while. */
  void loseStore(long millis) {
    store.fail();
    int thisLife = life;
    world.after(
        millis,
        () -> {
          store.reopen();
          if (thisLife == life && lane != null) {
            load();
          }
        });
  }

  private void packet(String from, Bytes payload) {
    if (lane == null) {
      return;
    }
    Path path = path(from, payload);
    Job<?> job =
        regime.accept(
            SimPackets.isDhcp4(payload) ? Family.IPV4 : Family.IPV6,
            payload,
            Arrival.of(path, RelayRight.EVERYBODY),
            path);
    if (job != null) {
      waiting.add(job);
      plan(random.nextInt(3));
    }
  }

  private void plan(long delayMillis) {
    if (!turnPlanned) {
      turnPlanned = true;
      int thisLife = life;
      world.after(
          delayMillis,
          () -> {
            if (thisLife == life) {
              turnPlanned = false;
              turn();
            }
          });
    }
  }

  private void turn() {
    if (inFlight >= TURNS_IN_FLIGHT || reloading && inFlight > 0) {
      return;
    }
    if (reloading) {
      reloading = false;
      takeIn();
    }
    long now = world.seconds();
    if (trusted && lane.nextDeadline() <= now) {
      commit(lane.reclaim(now));
    }
    if (!waiting.isEmpty()) {
      List<Job<?>> jobs = List.copyOf(waiting);
      waiting.clear();
      Turn turn = lane.turn(jobs, now, trusted);
      turn.immediate().forEach(SimServer::send);
      commit(turn);
    }
    setAlarm();
  }

  private void setAlarm() {
    if (alarm != null) {
      alarm.cancel();
    }
    long deadline = lane.nextDeadline();
    if (trusted && deadline != Long.MAX_VALUE) {
      alarm = world.after(deadline * 1000 - world.millis(), () -> plan(0));
    }
  }

  private void commit(Turn turn) {
    if (turn.changes().isEmpty()) {
      return;
    }
    inFlight++;
    int thisLife = life;
    store
        .append(Batch.of(turn.changes()))
        .whenComplete((done, failure) -> world.after(0, () -> settle(thisLife, turn, failure)));
  }

  private void settle(int thatLife, Turn turn, Throwable failure) {
    if (thatLife != life) {
      return;
    }
    inFlight--;
    if (failure == null) {
      turn.whenDurable().forEach(SimServer::send);
    } else {
      trusted = false;
    }
    plan(0);
  }

  private static void send(Reply reply) {
    reply.send();
  }

  private Path path(String to, Bytes request) {
    return SimPath.of(
        request,
        answer -> {
          network.send(NODE, to, answer);
          return true;
        });
  }
}

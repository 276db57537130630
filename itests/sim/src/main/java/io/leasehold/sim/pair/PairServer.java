// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.endpoint.Order;
import io.leasehold.failover.lease.Role;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.osgi.EngineRounds;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.sim.ServerClock;
import io.leasehold.testkit.sim.SimNetwork;
import io.leasehold.testkit.sim.SimPackets;
import io.leasehold.testkit.sim.SimPath;
import io.leasehold.testkit.sim.SimStore;
import io.leasehold.testkit.sim.SimWorld;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** One of two machines: engine and failover as they ship, a store, a clock, and a power switch. */
final class PairServer implements SimWire.Machine {
  static final String RELATIONSHIP = "pair";

  private static final int QUEUE = 64;
  private static final int MOST_TICK_MILLIS = 3000;
  private static final int MOST_ROUNDS = 1000;
  private static final long LATEST_MILLIS = 10_000;

  private final SimWorld world;
  private final SimNetwork network;
  private final SimWire wire;
  private final Setup setup;
  private final RandomGenerator random;
  private final SimStore store;
  private final Counters counters = new Counters();
  private EngineRounds engine;
  private SimFailover failover;
  private int life;
  private boolean roundPlanned;
  private boolean away;
  private boolean stopping;
  private boolean bootsAgain;
  private int effectsLeft;
  private int hintLossPercent;
  private boolean isComplete = true;
  private long unlimitedMillis = Long.MIN_VALUE / 2;

  /**
   * What it is made of.
   *
   * @param replies sees every reply before it leaves
   * @param rules hears of every message to the partner
   */
  record Setup(
      FailoverSettings settings,
      ServerClock clock,
      ServerPlan plan,
      int lanes,
      PairReplies replies,
      PairRules rules) {}

  /** A machine without power; {@link #boot} starts it. */
  PairServer(SimWorld world, SimNetwork network, SimWire wire, Setup setup) {
    this.world = world;
    this.network = network;
    this.wire = wire;
    this.setup = setup;
    this.random = world.random(name());
    this.store = new SimStore(world, "store of " + name());
    network.attach(name(), this::packet);
  }

  Setup setup() {
    return setup;
  }

  Role role() {
    return setup.settings().role();
  }

  String name() {
    return role().name().toLowerCase(Locale.ROOT);
  }

  SimStore store() {
    return store;
  }

  SimWire wire() {
    return wire;
  }

  EngineRounds engine() {
    return engine;
  }

  Counters counters() {
    return counters;
  }

  @Override
  public boolean isOn() {
    return engine != null;
  }

  /** Its state; empty while failover does not run. */
  boolean isIn(ServerState state) {
    return failover != null && failover.state() == state;
  }

  /** Whether its failover runs and has left STARTUP. */
  boolean isStarted() {
    return failover != null && failover.state() != ServerState.STARTUP;
  }

  /** Whether it knows all that its partner could have learned from it, had that lost everything. */
  boolean isComplete() {
    return isComplete;
  }

  /** Its failover has entered a state. */
  void entered(ServerState state) {
    isComplete |= state == ServerState.NORMAL;
  }

  /** Whether it serves alone, or did when it took a request that is not answered yet. */
  boolean isUnlimited() {
    return isIn(ServerState.PARTNER_DOWN) || unlimitedMillis > world.millis() - LATEST_MILLIS;
  }

  /** How failover is; null while it does not run. */
  SimFailover failover() {
    return failover;
  }

  /** How many of a hundred announcements of changes are lost. */
  void losesHints(int percent) {
    hintLossPercent = percent;
  }

  boolean losesHints() {
    return random.nextInt(100) < hintLossPercent;
  }

  /** The power goes when so many more effects of failover were carried out. */
  void losesPowerIn(int effects) {
    effectsLeft = effects;
  }

  /** Whether the power goes before an effect. */
  boolean losesPower() {
    if (effectsLeft > 0 && --effectsLeft == 0) {
      crash();
      if (!away) {
        world.after(random.nextLong(100, 30_000), this::boot);
      }
    }
    return !isOn();
  }

  /** Does not come back by itself. */
  void stayAway(boolean stays) {
    away = stays;
  }

  /** Switches it on, unless it is; one that stops, as soon as it has stopped. */
  void boot() {
    if (isOn() || away) {
      bootsAgain = stopping;
      return;
    }
    world.note(name() + " boots");
    engine =
        new EngineRounds(
            setup.lanes(),
            QUEUE,
            counters,
            new EngineRounds.Ground(
                setup.clock(),
                () -> world.millis() * 1_000_000,
                () -> world.random(name() + " lane " + life),
                this::finish,
                () -> null));
    roundPlanned = false;
    try {
      engine.load(store, regime(), PairServer::policy);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    int thisLife = life;
    world.after(random.nextInt(300), () -> inLife(thisLife, this::govern));
    tick(thisLife);
  }

  private void govern() {
    failover = new SimFailover(this, world, random);
    engine.govern(Map.of(RELATIONSHIP, failover));
  }

  private Regime regime() {
    int last = role() == Role.PRIMARY ? 1 : 2;
    Duid id = new Duid(Bytes.of(0, 3, 0, 1, 2, 0xff, 0, 0, 0, last));
    return new Regime(setup.plan(), id, List.of(), counters, setup.lanes());
  }

  private static AllocationPolicy policy(String word) {
    return StandardPolicies.named(word).orElseThrow();
  }

  /** Nothing that the lanes are asked for at a start waits for the store. */
  private void finish(CompletableFuture<?> done) {
    for (int i = 0; !done.isDone(); i++) {
      if (i > MOST_ROUNDS) {
        throw new IllegalStateException("the lanes do not come to an end");
      }
      engine.round();
    }
  }

  private void inLife(int thatLife, Runnable what) {
    if (thatLife == life && isOn()) {
      what.run();
    }
  }

  /** Its power is gone; what was not durable is lost. */
  void crash() {
    if (isOn()) {
      world.note(name() + " loses its power");
      off();
      store.crash();
    }
  }

  /** Its power is gone, and its disk. */
  void loseDisk() {
    crash();
    store.lose();
    isComplete = false;
    setup.rules().loses(this);
  }

  /** Nothing more can be written until it is restarted. */
  void failStore() {
    store.fail();
  }

  /** Stops in good order. */
  void stop() {
    if (failover != null) {
      world.note(name() + " is stopped");
      stopping = true;
      failover.stop(
          () -> {
            world.note(name() + " has stopped");
            boolean isWanted = bootsAgain;
            off();
            store.crash();
            if (isWanted) {
              boot();
            }
          });
    }
  }

  private void off() {
    life++;
    effectsLeft = 0;
    stopping = false;
    bootsAgain = false;
    engine = null;
    if (failover != null) {
      failover.off();
      failover = null;
    }
    wire.vanished(this);
  }

  /** An operator orders something. */
  void order(Order order) {
    if (failover != null) {
      failover.order(order);
    }
  }

  private void tick(int thatLife) {
    inLife(
        thatLife,
        () -> {
          planRound();
          world.after(random.nextInt(500, MOST_TICK_MILLIS), () -> tick(thatLife));
        });
  }

  /** A packet of a client, or of a relay agent. */
  void packet(String from, Bytes payload) {
    if (isOn()) {
      long arrived = setup.clock().millis() / 1000;
      boolean wasUnlimited = isIn(ServerState.PARTNER_DOWN);
      unlimitedMillis = wasUnlimited ? world.millis() : unlimitedMillis;
      int thatLife = life;
      engine.receive(
          SimPackets.isDhcp4(payload) ? Family.IPV4 : Family.IPV6,
          payload,
          SimPath.of(
              payload, address(), answer -> send(thatLife, from, answer, arrived, wasUnlimited)));
      planRound();
    }
  }

  /** By which clients of DHCPv4 know it. */
  Ipv4 address() {
    return Ipv4.ofText(role() == Role.PRIMARY ? "10.1.0.1" : "10.1.0.2");
  }

  private boolean send(
      int thatLife, String to, Bytes answer, long arrivedSeconds, boolean wasUnlimited) {
    if (thatLife != life) {
      world.fail("a reply leaves a machine that is off");
      return false;
    }
    setup
        .replies()
        .check(this, answer, arrivedSeconds, wasUnlimited || isIn(ServerState.PARTNER_DOWN));
    network.send(name(), to, answer);
    return true;
  }

  /** Lets the lanes do what there is to do, soon. */
  void planRound() {
    if (!roundPlanned && isOn()) {
      roundPlanned = true;
      int thatLife = life;
      world.after(random.nextInt(3), () -> inLife(thatLife, this::round));
    }
  }

  private void round() {
    roundPlanned = false;
    if (engine.round()) {
      planRound();
    }
  }

  @Override
  public void accepted(SimStream stream) {
    if (failover == null) {
      stream.close();
    } else {
      failover.accepted(stream);
    }
  }

  @Override
  public void message(SimStream stream, Bytes octets) {
    if (failover != null) {
      failover.message(stream, octets);
    }
  }

  @Override
  public void ended(SimStream stream, String why) {
    if (failover != null) {
      failover.ended(stream, why);
    }
  }
}

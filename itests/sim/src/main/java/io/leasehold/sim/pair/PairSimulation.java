// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.lease.LeaseKey;
import io.leasehold.testkit.sim.SimHost;
import io.leasehold.testkit.sim.SimWorld;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The life of one pair: trouble, agreement, one of them alone, agreement again. */
public final class PairSimulation {
  private static final Duration PATIENCE = Duration.ofHours(3);
  private static final Duration AGREEMENT = Duration.ofMinutes(30);

  private final SimWorld world;
  private final PairScenario scenario;
  private final SimPair pair;
  private final PairTrouble trouble;

  /**
   * How it went.
   *
   * @param events how many things happened
   * @param history digest of all of them
   * @param promises how many were made to clients
   */
  public record Outcome(long seed, long events, long history, long promises) {}

  /**
   * Prepares the life of a seed.
   *
   * @param listenerOrNull hears of everything that happens
   */
  public PairSimulation(long seed, Consumer<String> listenerOrNull) {
    this(seed, false, listenerOrNull);
  }

  /**
   * The same, perhaps with clients of DHCPv4.
   *
   * @param dhcp4 whether there are as many of them as of DHCPv6
   */
  public PairSimulation(long seed, boolean dhcp4, Consumer<String> listenerOrNull) {
    world = new SimWorld(seed);
    if (listenerOrNull != null) {
      world.listen(listenerOrNull);
    }
    PairScenario drawn = PairScenario.of(seed, world.random("scenario"));
    scenario = dhcp4 ? drawn.withDhcp4() : drawn;
    pair = new SimPair(world, scenario);
    trouble = new PairTrouble(pair, scenario);
  }

  /** Lives it; throws when a promise is broken. */
  public Outcome run(long seed) {
    world.note(scenario.toString());
    if (scenario.plot() == PairScenario.Plot.NONE) {
      trouble.begin();
      pair.boot();
      world.run(scenario.trouble());
    } else {
      PairStory story = new PairStory(pair, scenario);
      story.begin();
      pair.boot();
      world.runUntil(story::isOver, scenario.trouble());
      story.end();
    }
    trouble.end();
    agree();
    // Until everybody has asked again: nobody is about to lose anything.
    world.run(Duration.ofSeconds(scenario.plan().validSeconds() + 20));
    pair.promises.insist();
    pair.rules.insist();
    agree();
    alone();
    agree();
    mustHaveNoDefects();
    return new Outcome(seed, world.happened(), world.history(), pair.promises.made());
  }

  private void agree() {
    if (!world.runUntil(() -> pair.areBoth(ServerState.NORMAL), PATIENCE)) {
      throw world.failure("not both are in NORMAL although nothing is in the way");
    }
    if (!world.runUntil(pair::everybodyIsServed, PATIENCE)) {
      throw world.failure("somebody is not served although nothing is in the way");
    }
    if (!world.runUntil(() -> pair.difference().isEmpty(), AGREEMENT)) {
      throw world.failure("the servers do not agree: " + pair.difference());
    }
  }

  /** One of them has no power: nobody loses what it has. */
  private void alone() {
    PairServer off = pair.servers.get(world.random("alone").nextInt(2));
    Map<SimHost, Set<LeaseKey>> had = new HashMap<>();
    for (SimHost client : pair.clients) {
      Set<LeaseKey> keys = new HashSet<>(client.held().keySet());
      keys.removeIf(key -> scenario.plan().isStopgap(client.identity(), key));
      had.put(client, keys);
    }
    off.crash();
    off.stayAway(true);
    boolean isLost =
        world.runUntil(
            () -> had.entrySet().stream().anyMatch(PairSimulation::hasLost),
            Duration.ofSeconds(scenario.plan().validSeconds()));
    if (isLost) {
      throw world.failure("a client loses what it had although " + off.name() + " alone is off");
    }
    off.stayAway(false);
    off.boot();
  }

  private static boolean hasLost(Map.Entry<SimHost, Set<LeaseKey>> had) {
    return !had.getKey().held().keySet().containsAll(had.getValue());
  }

  private void mustHaveNoDefects() {
    for (PairServer server : pair.servers) {
      var counts = server.counters().snapshot();
      if (counts.containsKey("pkt6-drop-defect") || counts.containsKey("pkt4-drop-defect")) {
        throw world.failure("a request could not be answered: " + counts);
      }
    }
  }
}

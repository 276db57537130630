// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.testkit.sim.SimWorld;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Some minutes of pools: registrars, elements and users, of whom many fail and some lie. Always a
 * registrar knows nothing that only rogues have said, nobody is asked or reported more often than
 * it may be, and a client stays with its group while that lives. When trouble is over, all
 * registrars know the same with equal checksums, each element has one owner and is where it is
 * ready, and users know what registrars know; then it stays so, and a change is everywhere soon.
 */
public final class PoolSimulation {
  /** What broke may be noticed late, and a registrar that is not heard counts as gone later yet. */
  private static final Duration AFTERMATH = Duration.ofSeconds(40);

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration QUIET = Duration.ofMinutes(2);

  /** Users ask for a pool that there was not every five seconds. */
  private static final Duration SOON = Duration.ofSeconds(6);

  private final SimWorld world;
  private final PoolScene scene;
  private final PoolTrouble trouble;
  private long lookedAt;
  private boolean settled;

  /**
   * What came of it.
   *
   * @param events that happened
   * @param updates that registrars told each other
   * @param settledMillis after the end of trouble until all agreed
   * @param history a digest of all that happened
   */
  public record Outcome(long events, long updates, long settledMillis, long history) {}

  /**
   * A world in which nothing has happened yet.
   *
   * @param listenerOrNull hears of everything that happens
   */
  public PoolSimulation(long seed, Consumer<String> listenerOrNull) {
    this.world = new SimWorld(seed);
    if (listenerOrNull != null) {
      world.listen(listenerOrNull);
    }
    this.scene = new PoolScene(world);
    this.trouble = new PoolTrouble(world, scene);
  }

  /**
   * Lets it happen.
   *
   * @throws io.leasehold.testkit.sim.SimFailure if something does not hold
   */
  public Outcome run() {
    RandomGenerator random = world.random("length");
    trouble.begin();
    world.run(Duration.ofSeconds(random.nextInt(60, 360)));
    trouble.end();
    long over = world.millis();
    world.run(AFTERMATH);
    if (!world.runUntil(this::isSettled, PATIENCE)) {
      throw world.failure(
          "not settled after " + PATIENCE + ": " + scene.rules.disagreement().orElse(""));
    }
    long settled = world.millis() - over;
    long updates = scene.rules.updates();
    long downloads = scene.rules.downloads();
    world.run(QUIET);
    mustAgree("for long", downloads);
    for (SimElement each : scene.elements) {
      each.readiness(!(each.isReady() && scene.canMiss(each)), 50);
      world.run(SOON);
      mustAgree("soon after a change of " + each, downloads);
    }
    return new Outcome(world.happened(), updates, settled, world.history());
  }

  /** Looked at once in a second: it costs more than an event. */
  private boolean isSettled() {
    if (world.millis() - lookedAt >= 1000) {
      lookedAt = world.millis();
      settled = scene.rules.disagreement().isEmpty();
    }
    return settled;
  }

  /** What is told is enough: nobody needs to compare accounts. */
  private void mustAgree(String when, long downloads) {
    scene
        .rules
        .disagreement()
        .ifPresent(
            why -> {
              throw world.failure("not settled " + when + ": " + why);
            });
    if (scene.rules.downloads() != downloads) {
      throw world.failure("registrars read accounts though they agree, " + when);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.store.journal.SimFile;
import io.leasehold.store.journal.SimMedium;
import io.leasehold.testkit.sim.SimWorld;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The life of one deployment: trouble, peace, a last loss of power; or damage in the end. */
final class Simulation {
  private static final Pattern REFUSAL =
      Pattern.compile("damaged: (journal|checkpoint)-[0-9a-f]{16}\\.(seg|tab) at octet [0-9]+: .*");
  private static final Duration PATIENCE = Duration.ofHours(3);

  private final SimWorld world;
  private final Scenario scenario;
  private final Deployment deployment;
  private final Trouble trouble;

  /**
   * How it went.
   *
   * @param events how many things happened
   * @param history digest of all of them
   * @param batches how many batches were acknowledged
   */
  record Outcome(long seed, long events, long history, long batches) {}

  /**
   * Prepares the life of a seed.
   *
   * @param listenerOrNull hears of everything that happens
   */
  Simulation(long seed, Consumer<String> listenerOrNull) {
    world = new SimWorld(seed);
    if (listenerOrNull != null) {
      world.listen(listenerOrNull);
    }
    scenario = Scenario.of(world.random("scenario"));
    deployment = new Deployment(world, scenario);
    trouble = new Trouble(deployment, scenario);
  }

  /** Lives it; throws when a promise is broken. */
  Outcome run(long seed) {
    world.note(scenario.toString());
    if (!scenario.has(Scenario.Kind.DAMAGE)) {
      world.checkAlways("a journal that nobody damaged opens", this::isNotDamaged);
    }
    trouble.begin();
    world.run(scenario.trouble());
    trouble.end();
    if (scenario.has(Scenario.Kind.DAMAGE)) {
      damage();
    } else {
      peace();
      deployment.server.crash(SimFile.Loss.ALL, 1000);
      peace();
    }
    mustHaveNoDefects();
    return new Outcome(seed, world.happened(), world.history(), deployment.chronicle.batches());
  }

  private void isNotDamaged() {
    if (deployment.server.refusal().contains("damaged")) {
      throw new AssertionError(deployment.server.refusal());
    }
  }

  private void peace() {
    if (!world.runUntil(this::isWell, PATIENCE)) {
      throw world.failure("somebody is not served although nothing is in the way");
    }
    world.run(Duration.ofSeconds(Plans.VALID_SECONDS + 30));
    if (!isWell()) {
      throw world.failure("somebody has lost what it had although nothing is in the way");
    }
    deployment.tablesMustEqualJournal();
  }

  private boolean isWell() {
    return deployment.server.serves()
        && (scenario.has(Scenario.Kind.SCARCITY) || deployment.everybodyIsServed());
  }

  /** A bit that was durable changes while the server is off: it is refused, or does not matter. */
  private void damage() {
    world.runUntil(deployment.server::serves, PATIENCE);
    boolean[] changed = new boolean[1];
    deployment.server.restart(
        1000,
        () -> {
          changeBit();
          changed[0] = true;
        });
    boolean said =
        world.runUntil(
            () ->
                changed[0]
                    && (deployment.server.serves()
                        || REFUSAL.matcher(deployment.server.refusal()).matches()),
            Duration.ofMinutes(10));
    if (!said) {
      throw world.failure("damage is refused so: " + deployment.server.refusal());
    }
  }

  private void changeBit() {
    RandomGenerator random = world.random("damage");
    SimMedium medium = deployment.server.drive().medium();
    List<String> files =
        medium.files().stream().filter(file -> medium.file(file).size() > 0).toList();
    String name = files.get(random.nextInt(files.size()));
    int at = random.nextInt(medium.file(name).size());
    world.note("a bit changes in " + name + " at " + at);
    medium.file(name).damage(at, 1 << random.nextInt(8));
  }

  private void mustHaveNoDefects() {
    var counters = deployment.server.counters().snapshot();
    if (counters.containsKey("pkt6-drop-defect") || counters.containsKey("pkt4-drop-defect")) {
      throw world.failure("a request could not be answered: " + counters);
    }
  }
}

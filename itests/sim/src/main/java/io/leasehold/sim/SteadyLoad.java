// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.testkit.sim.Faults;
import io.leasehold.testkit.sim.SimWorld;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Hours of a deployment in which nothing goes wrong but clients come and go: nothing may grow once
 * it has found its size.
 */
final class SteadyLoad {
  private static final int CLIENTS = 100;
  private static final int ADDRESSES = 400;
  private static final Duration SAMPLE = Duration.ofMinutes(15);

  /** Longer than anything is remembered: leases, probation, memory of clients. */
  private static final int SETTLING_SAMPLES = 4;

  /** Sizes swing with clients that come and go, and with checkpoints. */
  private static final double SWING = 1.25;

  private final SimWorld world;
  private final Deployment deployment;
  private final Map<String, Long> mostAtFirst = new TreeMap<>();
  private final Map<String, Long> mostLater = new TreeMap<>();

  SteadyLoad(long seed) {
    world = new SimWorld(seed);
    Plans.Sizes sizes = new Plans.Sizes("flq", ADDRESSES, 200);
    deployment = new Deployment(world, new Scenario(CLIENTS, 2, sizes, Duration.ZERO, Set.of()));
    deployment.network.faults(new Faults(0, 20, 1, 1));
  }

  /**
   * Lets hours pass.
   *
   * @param report gets a line for every hour
   * @throws AssertionError if something grows
   */
  void run(int hours, Consumer<String> report) {
    int perHour = (int) (Duration.ofHours(1).toMillis() / SAMPLE.toMillis());
    for (int sample = 0; sample < hours * perHour; sample++) {
      world.run(SAMPLE);
      Map<String, Long> sizes = sizes();
      if (sample >= SETTLING_SAMPLES) {
        boolean first = sample < SETTLING_SAMPLES + (hours * perHour - SETTLING_SAMPLES) / 2;
        sizes.forEach(
            (name, size) -> (first ? mostAtFirst : mostLater).merge(name, size, Math::max));
      }
      if ((sample + 1) % perHour == 0) {
        report.accept(
            "hour %d: %d durable batches, %s"
                .formatted((sample + 1) / perHour, deployment.chronicle.batches(), sizes));
      }
    }
    deployment.tablesMustEqualJournal();
    nothingMayGrow();
  }

  private Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    sizes.put("disk-octets", deployment.server.drive().medium().used());
    sizes.put("files", (long) deployment.server.drive().medium().files().size());
    sizes.put("leases", (long) deployment.chronicle.newest().size());
    sizes.put("requests-waiting", (long) deployment.server.queued());
    sizes.put("counters", (long) deployment.server.counters().snapshot().size());
    sizes.put("promises", (long) deployment.promises.size());
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    sizes.put("heap-kib", (runtime.totalMemory() - runtime.freeMemory()) >> 10);
    return sizes;
  }

  private void nothingMayGrow() {
    mostLater.forEach(
        (name, size) -> {
          if (size > mostAtFirst.get(name) * SWING + 1) {
            throw world.failure(
                "%s grows: at most %d in the first half, %d in the second"
                    .formatted(name, mostAtFirst.get(name), size));
          }
        });
  }
}

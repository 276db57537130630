// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Prefix;
import io.leasehold.store.journal.SimFile;
import io.leasehold.testkit.sim.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Lets things go wrong, one after the other and together, until {@link #end}. */
final class Trouble {
  private final Deployment deployment;
  private final Scenario scenario;
  private final RandomGenerator random;
  private final List<Runnable> strikes = new ArrayList<>();
  private int generation;
  private boolean ended;

  Trouble(Deployment deployment, Scenario scenario) {
    this.deployment = deployment;
    this.scenario = scenario;
    this.random = deployment.world.random("trouble");
    SimServer server = deployment.server;
    SimDrive drive = server.drive();
    strikes.addAll(
        List.of(
            () -> server.crash(anyLoss(), random.nextLong(100, 20_000)),
            () -> drive.crashIn(random.nextLong(1, 60)),
            () -> drive.crashIn(random.nextLong(1, 12)),
            () -> drive.failIn(random.nextLong(1, 40)),
            () -> server.restart(random.nextLong(100, 5000)),
            () -> forAWhile(() -> drive.stalls(40), () -> drive.stalls(3)),
            () -> forAWhile(() -> drive.medium().full(true), () -> drive.medium().full(false)),
            () ->
                forAWhile(
                    () -> drive.medium().failSyncs(true), () -> drive.medium().failSyncs(false)),
            () -> cutOff(SimServer.NODE),
            () -> cutOff(deployment.clients.get(random.nextInt(deployment.clients.size())).name()),
            server::compact,
            server::reload));
    if (scenario.has(Scenario.Kind.PLANS)) {
      strikes.add(this::changePlan);
      strikes.add(this::changePlan);
    }
    if (scenario.has(Scenario.Kind.CLOCK)) {
      strikes.add(this::setClock);
    }
    if (scenario.has(Scenario.Kind.OPERATOR)) {
      strikes.add(this::takeAway);
    }
  }

  private SimFile.Loss anyLoss() {
    return SimFile.Loss.values()[random.nextInt(SimFile.Loss.values().length)];
  }

  /** Begins. */
  void begin() {
    deployment.network.faults(Faults.BAD);
    deployment.server.drive().stalls(3);
    plan();
  }

  /** Ends all trouble. */
  void end() {
    ended = true;
    deployment.heal();
    deployment.server.use(Plans.of(scenario.sizes(), lastGeneration()));
  }

  private int lastGeneration() {
    return scenario.has(Scenario.Kind.PLANS) ? Plans.GENERATIONS - 1 : 0;
  }

  private void plan() {
    deployment.world.after(
        random.nextLong(500, 40_000),
        () -> {
          if (!ended) {
            strikes.get(random.nextInt(strikes.size())).run();
            plan();
          }
        });
  }

  private void forAWhile(Runnable begin, Runnable end) {
    begin.run();
    deployment.world.after(
        random.nextLong(100, 30_000),
        () -> {
          if (!ended) {
            end.run();
          }
        });
  }

  private void cutOff(String node) {
    deployment.network.isolate(node);
    deployment.world.after(random.nextLong(100, 100_000), () -> deployment.network.rejoin(node));
  }

  private void changePlan() {
    if (generation < lastGeneration()) {
      generation++;
      deployment.server.use(Plans.of(scenario.sizes(), generation));
    }
  }

  private void setClock() {
    long by = random.nextLong(-400_000, 400_000);
    deployment.world.note("the server's clock is set by " + by + " ms");
    deployment.clock.jump(by);
    deployment.promises.clockWasSet();
    deployment.chronicle.clockWasSet();
  }

  /** All of a network, or one lease that somebody has. */
  private void takeAway() {
    List<LeaseKey> keys = deployment.chronicle.newest().keySet().stream().sorted().toList();
    if (keys.isEmpty()) {
      return;
    }
    LeaseKey key = keys.get(random.nextInt(keys.size()));
    int mapped = key.kind() == LeaseKind.IPV4 ? 96 : 0;
    int length = random.nextInt(3) == 0 ? mapped + 16 : Math.min(128, key.prefixLength());
    deployment.server.takeAway(Prefix.masked(key.address(), length), random.nextBoolean());
  }
}

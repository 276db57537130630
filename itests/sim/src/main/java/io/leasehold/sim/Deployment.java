// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.server.plan.ServerPlan;
import io.leasehold.store.journal.SimMedium;
import io.leasehold.testkit.sim.Script;
import io.leasehold.testkit.sim.SimClient;
import io.leasehold.testkit.sim.SimDhcp4Client;
import io.leasehold.testkit.sim.SimHost;
import io.leasehold.testkit.sim.SimNetwork;
import io.leasehold.testkit.sim.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A server, its disk, its clients, half of them behind a relay agent, and those who watch over what
 * is promised.
 */
final class Deployment {
  /** Longer than a late copy of a message may be on its way, stalls of the disk included. */
  private static final long QUIET_MILLIS = 90_000;

  final SimWorld world;
  final SimNetwork network;
  final ServerClock clock;
  final Promises promises;
  final Chronicle chronicle;
  final SimServer server;
  final List<SimHost> clients = new ArrayList<>();

  /** Builds what a scenario wants and switches it on. */
  Deployment(SimWorld world, Scenario scenario) {
    this.world = world;
    network = new SimNetwork(world);
    clock = new ServerClock(world);
    promises = new Promises(world, clock);
    chronicle = new Chronicle(world, clock, promises);
    ReplyCheck replies = new ReplyCheck(world, clock, promises, chronicle);
    RandomGenerator random = world.random("deployment");
    SimMedium medium = new SimMedium(random.nextLong());
    server =
        new SimServer(
            world,
            network,
            medium,
            new SimServer.Setup(clock, promises, chronicle, scenario.lanes(), replies));
    server.use(Plans.of(scenario.sizes(), 0));
    if (scenario.has(Scenario.Kind.PLANS)) {
      ServerPlan last = Plans.of(scenario.sizes(), Plans.GENERATIONS - 1);
      promises.watchOnly(key -> Plans.has(last, key));
    }
    for (int i = 0; i < scenario.clients(); i++) {
      start(new SimClient(world, network, i, SimServer.NODE, script(i, random)), random);
      start(new SimDhcp4Client(world, network, i, SimServer.NODE, script(i, random)), random);
    }
    server.boot();
  }

  private static Script script(int number, RandomGenerator random) {
    return new Script(
        1 + random.nextInt(2),
        random.nextInt(2),
        random.nextInt(3) == 0,
        number % 2 == 1,
        12,
        8,
        12,
        12,
        QUIET_MILLIS);
  }

  private void start(SimHost client, RandomGenerator random) {
    clients.add(client);
    client.tell(promises);
    client.lasting(key -> promises.isMadeTo(client, key));
    client.start(random.nextLong(20_000));
  }

  /** Nothing goes wrong any more, and nobody leaves. */
  void heal() {
    world.note("everything is well from now on");
    network.heal();
    server.drive().heal();
    clients.forEach(SimHost::rest);
  }

  /** Whether every client has all it wants. */
  boolean everybodyIsServed() {
    return clients.stream().allMatch(client -> client.held().size() >= client.wants());
  }

  /** The lanes must have what the journal has, as soon as nothing is on its way. */
  void tablesMustEqualJournal() {
    Boolean[] equal = new Boolean[1];
    boolean said =
        world.runUntil(
            () -> {
              equal[0] = server.tablesEqualJournal();
              return equal[0] != null;
            },
            Duration.ofMinutes(10));
    if (!said || !equal[0]) {
      throw world.failure(said ? "tables and journal differ" : "the server never comes to rest");
    }
  }
}

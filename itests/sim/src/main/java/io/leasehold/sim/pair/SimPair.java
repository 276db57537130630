// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.Role;
import io.leasehold.failover.pool.AddressHalves;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.sim.ServerClock;
import io.leasehold.testkit.sim.Script;
import io.leasehold.testkit.sim.SimClient;
import io.leasehold.testkit.sim.SimDhcp4Client;
import io.leasehold.testkit.sim.SimHost;
import io.leasehold.testkit.sim.SimNetwork;
import io.leasehold.testkit.sim.SimWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Two servers, what lies between them, and their clients, half of them behind a relay agent.
 * Messages of clients go to both servers, or to one of them.
 */
final class SimPair {
  /** What clients take for their server: whoever hears their link. */
  private static final String LINK = "link";

  /** Longer than a late copy of a message may be on its way. */
  private static final long QUIET_MILLIS = 15_000;

  private static final long LONG_QUIET_MILLIS = 60_000;

  final SimWorld world;
  final SimNetwork network;
  final SimWire wire;
  final PairPromises promises;
  final PairReplies replies;
  final List<PairServer> servers = new ArrayList<>();
  final PairRules rules;
  final List<SimHost> clients = new ArrayList<>();
  final List<SimHost> crowd = new ArrayList<>();

  /** Clients that stay, by the addresses of which they get one. */
  private final Map<String, List<SimHost>> neighbours = new HashMap<>();

  private final Map<String, PairServer> only = new HashMap<>();
  private final Set<PairServer> unheard = new HashSet<>();
  private final RandomGenerator random;
  private final boolean isScarce;
  private final boolean hasPlot;
  private int onlyOnePercent;
  private long splitMillis;

  /** Builds what a scenario wants; nothing is switched on. */
  SimPair(SimWorld world, PairScenario scenario) {
    this.world = world;
    this.random = world.random("pair");
    network = new SimNetwork(world);
    wire = new SimWire(world);
    promises = new PairPromises(world, scenario.plan());
    rules = new PairRules(world, scenario.plan());
    replies = new PairReplies(world, scenario.plan().mcltSeconds(), rules);
    isScarce = scenario.isScarce();
    hasPlot = scenario.plot() != PairScenario.Plot.NONE;
    for (Role role : Role.values()) {
      servers.add(
          new PairServer(
              world,
              network,
              wire,
              new PairServer.Setup(
                  scenario.plan().settings(role),
                  new ServerClock(world),
                  scenario.plan().plan(),
                  scenario.lanes(),
                  replies,
                  rules)));
    }
    wire.attach(servers.get(0), servers.get(1));
    promises.watch(servers);
    rules.watch(servers);
    network.attach(LINK, this::packet);
    for (int i = 0; i < scenario.clients() + scenario.crowd(); i++) {
      boolean stays = i < scenario.clients();
      add(told(new SimClient(world, network, i, LINK, script(i, random))), "v6-" + i % 2, stays);
    }
    if (scenario.plan().dhcp4()) {
      addDhcp4(scenario);
    }
  }

  /** Of what these draw nobody else depends: other lives stay as they are. */
  private void addDhcp4(PairScenario scenario) {
    RandomGenerator own = world.random("dhcp4");
    for (PairServer server : servers) {
      network.attach(
          server.name(),
          (from, payload) -> {
            if (hears(server, onlyHeard(from, own))) {
              server.packet(from, payload);
            }
          });
    }
    for (int i = 0; i < scenario.clients() + scenario.crowd(); i++) {
      boolean stays = i < scenario.clients();
      SimHost client =
          new SimDhcp4Client(world, network, i, LINK, script(i, own)).knowing(this::node);
      add(told(client), "v4-" + i % 2, stays);
    }
  }

  private void add(SimHost client, String pool, boolean stays) {
    (stays ? clients : crowd).add(client);
    if (stays) {
      neighbours.computeIfAbsent(pool, name -> new ArrayList<>()).add(client);
    }
  }

  private SimHost told(SimHost client) {
    client.tell(promises);
    client.lasting(key -> promises.isMadeTo(client, key));
    return client;
  }

  private String node(Ipv4 server) {
    return servers.stream()
        .filter(each -> each.address().equals(server))
        .map(PairServer::name)
        .findFirst()
        .orElse(LINK);
  }

  private Script script(int number, RandomGenerator from) {
    int mood = 1 + from.nextInt(3);
    return new Script(
        isScarce ? 1 : 1 + from.nextInt(2),
        from.nextInt(2),
        from.nextInt(3) == 0,
        number % 2 == 1,
        6 * mood,
        3 * mood,
        10,
        10 * mood,
        from.nextBoolean() ? QUIET_MILLIS : LONG_QUIET_MILLIS);
  }

  void boot() {
    servers.forEach(PairServer::boot);
    clients.forEach(client -> client.start(random.nextLong(20_000)));
    if (!hasPlot) {
      crowd.forEach(client -> client.start(random.nextLong(200_000)));
    }
  }

  private void packet(String from, Bytes payload) {
    PairServer heardBy = onlyHeard(from, random);
    for (PairServer server : servers) {
      if (hears(server, heardBy)) {
        world.after(random.nextInt(3), () -> server.packet(from, payload));
      }
    }
  }

  private boolean hears(PairServer server, PairServer onlyOrNull) {
    return !unheard.contains(server) && (onlyOrNull == null || onlyOrNull == server);
  }

  private PairServer onlyHeard(String client, RandomGenerator from) {
    if (splitMillis > world.millis() && only.containsKey(client)) {
      return only.get(client);
    }
    return from.nextInt(100) < onlyOnePercent ? servers.get(from.nextInt(2)) : null;
  }

  /** For a while most clients are heard by one server only, some by one, some by the other. */
  void split(long millis) {
    world.note("clients are heard by one server only for " + millis + " ms");
    splitMillis = world.millis() + millis;
    only.clear();
    for (List<SimHost> some : List.of(clients, crowd)) {
      for (SimHost client : some) {
        if (random.nextInt(5) > 0) {
          only.put(client.name(), servers.get(random.nextInt(2)));
        }
      }
    }
  }

  /** From now on, until it is said otherwise, one server alone hears a client. */
  void onlyHears(PairServer server, SimHost client) {
    splitMillis = Long.MAX_VALUE;
    only.put(client.name(), server);
  }

  /** How many of a hundred messages of clients come to one server only. */
  void onlyOne(int percent) {
    onlyOnePercent = percent;
  }

  /** Clients and a server do not hear each other for a while. */
  void isolate(PairServer server, long millis) {
    network.isolate(server.name());
    unheard.add(server);
    world.after(
        millis,
        () -> {
          network.rejoin(server.name());
          unheard.remove(server);
        });
  }

  /** Nothing goes wrong any more, and nobody leaves. */
  void heal() {
    world.note("everything is well from now on");
    network.heal();
    unheard.clear();
    wire.heal();
    onlyOnePercent = 0;
    splitMillis = 0;
    clients.forEach(SimHost::rest);
    crowd.forEach(SimHost::leave);
    for (PairServer server : servers) {
      server.losesPowerIn(0);
      server.losesHints(0);
      server.store().stalls(0);
      server.stayAway(false);
      server.boot();
    }
  }

  boolean areBoth(ServerState state) {
    return servers.stream().allMatch(server -> server.isIn(state));
  }

  /**
   * Whether every client has all it wants; where prefixes are scarce, at least an address: one that
   * renews with the secondary gets no prefix if only the primary has any. Nor is there an address
   * for as many as others have more than one: a client that got another one from each server while
   * they were apart keeps both, since all leases of an association are extended (RFC 8415 section
   * 18.3.4).
   */
  boolean everybodyIsServed() {
    return isScarce
        ? neighbours.values().stream().allMatch(SimPair::haveAnAddress)
        : clients.stream().allMatch(client -> client.held().size() >= client.wants());
  }

  private static boolean haveAnAddress(List<SimHost> neighbours) {
    long lacking = 0;
    long spare = 0;
    for (SimHost client : neighbours) {
      long had =
          client.held().keySet().stream().filter(key -> key.kind() != LeaseKind.IA_PD).count();
      lacking += had == 0 ? 1 : 0;
      spare += Math.max(had - 1, 0);
    }
    return lacking <= spare;
  }

  /** The first lease about which the servers do not agree; empty if they do. */
  String difference() {
    var first = servers.get(0).store().durable();
    var second = servers.get(1).store().durable();
    Set<LeaseKey> keys = new HashSet<>(first.keySet());
    keys.addAll(second.keySet());
    for (LeaseKey key : keys) {
      String one = content(first.get(key));
      String other = content(second.get(key));
      if (!one.equals(other)) {
        return key + ": " + first.get(key) + " and " + second.get(key);
      }
    }
    return "";
  }

  /** Who has it, and until when; what is nobody's may be forgotten by one of them. */
  private static String content(Lease lease) {
    if (lease == null || isFree(lease)) {
      return "free";
    }
    return lease.state() == LeaseState.ACTIVE
        ? lease.client() + "/" + lease.iaid() + " until " + lease.times().expires()
        : lease.state().word();
  }

  /** Only of what is shared by counting it matters whose it is. */
  private static boolean isFree(Lease lease) {
    return lease.state() == LeaseState.FREE
        || lease.state() == LeaseState.FREE_BACKUP && AddressHalves.isHalved(lease.key().kind());
  }
}

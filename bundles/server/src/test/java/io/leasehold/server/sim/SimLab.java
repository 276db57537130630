// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.sim;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.testkit.sim.Faults;
import io.leasehold.testkit.sim.Script;
import io.leasehold.testkit.sim.ServerAnswer;
import io.leasehold.testkit.sim.SimClient;
import io.leasehold.testkit.sim.SimDhcp4Client;
import io.leasehold.testkit.sim.SimHost;
import io.leasehold.testkit.sim.SimNetwork;
import io.leasehold.testkit.sim.SimPackets;
import io.leasehold.testkit.sim.SimStore;
import io.leasehold.testkit.sim.SimWorld;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A server with two links, one of them behind a relay agent, and clients with scripts drawn from
 * the seed; after every event it is checked that no promise is broken.
 */
final class SimLab {
  /** Seconds from a decision to its Reply, at most. */
  private static final long SLOWEST_TURN = 12;

  /** How many plans there are; each takes away a part of what the one before has. */
  private static final int GENERATIONS = 4;

  private static final long QUIET_MILLIS = 60_000;

  final SimWorld world;
  final SimNetwork network;
  final SimStore store;
  final SimServer server;
  final List<SimHost> clients = new ArrayList<>();
  private final RandomGenerator random;
  private final Map<LeaseKey, Map<Bytes, Long>> promised = new HashMap<>();
  private final Deque<ServerPlan> plans = new ArrayDeque<>();
  private Predicate<LeaseKey> lasting = key -> true;
  private boolean troubled = true;
  private long checked = -1;

  /**
   * A lab.
   *
   * @param count how many clients of each protocol there are
   * @param addresses how many addresses each link has for each protocol
   */
  SimLab(long seed, int count, int addresses) {
    world = new SimWorld(seed);
    network = new SimNetwork(world);
    store = new SimStore(world);
    random = world.random("lab");
    String[] policies = {"iterative", "random", "flq"};
    String allocator = policies[random.nextInt(3)];
    for (int generation = 0; generation < GENERATIONS; generation++) {
      plans.add(SimPlans.plan(allocator, addresses, generation));
    }
    server = new SimServer(world, network, store, plans.remove());
    for (int i = 0; i < count; i++) {
      start(new SimClient(world, network, i, SimServer.NODE, script(i)));
      start(new SimDhcp4Client(world, network, i, SimServer.NODE, script(i)));
    }
    store.watch(this::remember);
    network.watch(this::everyReplyIsDurable);
    world.checkAlways("promises", this::check);
  }

  private void start(SimHost client) {
    clients.add(client);
    client.start(random.nextLong(20_000));
  }

  private Script script(int number) {
    return new Script(
        1 + random.nextInt(2),
        random.nextInt(2),
        random.nextInt(3) == 0,
        number % 2 == 1,
        10,
        10,
        10,
        10,
        QUIET_MILLIS);
  }

  /**
   * From now on: a bad network, a slow store, crashes, failures and partitions, until {@link
   * #heal}.
   */
  void trouble() {
    network.faults(Faults.BAD);
    store.stalls(5);
    planTrouble();
  }

  private void planTrouble() {
    world.after(
        random.nextLong(30_000, 600_000),
        () -> {
          if (troubled) {
            strike();
            planTrouble();
          }
        });
  }

  /** From now on: other plans, at any time, until there is none left. */
  void changePlans() {
    ServerPlan last = plans.peekLast();
    lasting = key -> isInPool(last, key);
    clients.forEach(client -> client.lasting(lasting));
    planChange();
  }

  private void planChange() {
    world.after(
        random.nextLong(60_000, 1_800_000),
        () -> {
          if (server.isUp()) {
            server.reload(plans.remove());
          }
          if (!plans.isEmpty()) {
            planChange();
          }
        });
  }

  /** Whether all that clients hold is of the last plan. */
  boolean onlyLastingIsHeld() {
    return clients.stream().allMatch(c -> c.held().keySet().stream().allMatch(lasting));
  }

  private static boolean isInPool(ServerPlan plan, LeaseKey key) {
    return plan.links().stream()
        .flatMap(link -> link.subnets().stream())
        .anyMatch(
            subnet ->
                key.kind() == LeaseKind.IA_PD
                    ? subnet.prefixPools().stream()
                        .anyMatch(pool -> pool.prefix().contains(key.address()))
                    : subnet.pools().stream().anyMatch(pool -> pool.contains(key.address())));
  }

  private void strike() {
    long millis = random.nextLong(100, 200_000);
    switch (random.nextInt(5)) {
      case 0 -> {
        if (server.isUp()) {
          server.crash(Math.min(millis, 60_000));
        }
      }
      case 1 -> {
        if (server.isUp()) {
          server.loseStore(Math.min(millis, 30_000));
        }
      }
      case 2 -> {
        if (server.isUp()) {
          server.reload();
        }
      }
      case 3 -> cutOff(clients.get(random.nextInt(clients.size())).name(), millis * 3);
      default -> cutOff(SimServer.NODE, millis);
    }
  }

  private void cutOff(String node, long millis) {
    network.isolate(node);
    world.after(millis, () -> network.rejoin(node));
  }

  /** Ends all trouble and all mischief of clients. */
  void heal() {
    troubled = false;
    network.heal();
    store.stalls(0);
    clients.forEach(SimHost::rest);
  }

  /** How many addresses of a kind clients hold. */
  long heldAddresses(LeaseKind kind) {
    return clients.stream()
        .flatMap(client -> client.held().keySet().stream())
        .filter(key -> key.kind() == kind)
        .count();
  }

  /** Whether every client has all it wants. */
  boolean everybodyIsServed() {
    return clients.stream().allMatch(client -> client.held().size() == client.wants());
  }

  /** Only a new binding and a change of the store can break a promise; time alone cannot. */
  private void check() {
    long state = store.sequence();
    for (SimHost client : clients) {
      state += client.bindings();
    }
    if (state != checked) {
      checked = state;
      noAddressHasTwoHolders();
      whatIsHeldIsDurable();
    }
  }

  private void noAddressHasTwoHolders() {
    Map<LeaseKey, String> holders = new HashMap<>();
    for (SimHost client : clients) {
      for (LeaseKey key : client.held().keySet()) {
        String other = holders.put(key, client.name());
        if (other != null) {
          throw new AssertionError(key + " is held by " + other + " and " + client.name());
        }
      }
    }
  }

  private void whatIsHeldIsDurable() {
    for (SimHost client : clients) {
      // Whoever has not heard that a plan took a lease away believes in it for a while.
      client
          .held()
          .forEach(
              (key, until) -> {
                if (lasting.test(key)) {
                  check(client, key, until);
                }
              });
    }
  }

  /** A lease lasts to the end of the second that it names. */
  private void check(SimHost client, LeaseKey key, long until) {
    Lease lease = store.durable().get(key);
    if (!isActive(lease, client.identity())
        || lease.iaid() != client.iaidOf(key)
        || (lease.times().expires() + 1) * 1000 < until) {
      throw new AssertionError(client.name() + " holds " + key + " until " + until + ": " + lease);
    }
  }

  private static boolean isActive(Lease lease, ClientIdentity client) {
    return lease != null && lease.state() == LeaseState.ACTIVE && lease.client().equals(client);
  }

  private void remember(LeaseChange change) {
    change
        .lease()
        .filter(lease -> lease.state() == LeaseState.ACTIVE)
        .ifPresent(
            lease ->
                promised
                    .computeIfAbsent(lease.key(), key -> new HashMap<>())
                    .merge(lease.client().value(), lease.times().expires(), Math::max));
  }

  /** RFC 8415 section 18.3.2 and after: nothing is promised that a crash could take back. */
  private void everyReplyIsDurable(String from, Bytes datagram) {
    if (!from.equals(SimServer.NODE)) {
      return;
    }
    if (SimPackets.isDhcp4(datagram)) {
      everyAckIsDurable(Dhcp4Message.decode(datagram));
      return;
    }
    ServerAnswer answer = ServerAnswer.decode(datagram);
    if (answer.type() == Dhcp6MessageType.REPLY) {
      for (ServerAnswer.Grant grant : answer.grants()) {
        durable(grant.key(), answer.client(), grant.valid());
      }
    }
  }

  private void everyAckIsDurable(Dhcp4Message answer) {
    if (answer.type() == Dhcp4MessageType.ACK) {
      Bytes client = SimDhcp4Client.identity(answer.hardware().orElseThrow()).value();
      long seconds = answer.options().first(Dhcp4Options.LEASE_TIME).orElseThrow();
      durable(SimDhcp4Client.key(answer.yourAddress()), client, seconds);
    }
  }

  private void durable(LeaseKey key, Bytes client, long seconds) {
    long until = promised.getOrDefault(key, Map.of()).getOrDefault(client, 0L);
    if (seconds > 0 && until < world.seconds() - SLOWEST_TURN + seconds) {
      throw new AssertionError("an answer promises " + key + " before it is durable");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.sim;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.Dhcp4Terms;
import io.leasehold.server.plan.FamilySettings;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.ReservationScope;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.v6.TestServer;
import io.leasehold.testkit.sim.Faults;
import io.leasehold.testkit.sim.Script;
import io.leasehold.testkit.sim.ServerAnswer;
import io.leasehold.testkit.sim.SimClient;
import io.leasehold.testkit.sim.SimNetwork;
import io.leasehold.testkit.sim.SimStore;
import io.leasehold.testkit.sim.SimWorld;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A server with two links, one of them behind a relay agent, and clients with scripts drawn from
 * the seed; after every event it is checked that no promise is broken.
 */
final class SimLab {
  private static final long VALID = 300;

  /** Seconds from a decision to its Reply, at most. */
  private static final long SLOWEST_TURN = 12;

  /** How many plans there are; each takes away a part of what the one before has. */
  private static final int GENERATIONS = 4;

  private static final long QUIET_MILLIS = 60_000;

  final SimWorld world;
  final SimNetwork network;
  final SimStore store;
  final SimServer server;
  final List<SimClient> clients = new ArrayList<>();
  private final RandomGenerator random;
  private final Map<LeaseKey, Map<Bytes, Long>> promised = new HashMap<>();
  private final Deque<ServerPlan> plans = new ArrayDeque<>();
  private Predicate<LeaseKey> lasting = key -> true;
  private boolean troubled = true;
  private long checked = -1;

  /**
   * A lab.
   *
   * @param count how many clients there are
   * @param addresses how many addresses each link has
   */
  SimLab(long seed, int count, int addresses) {
    world = new SimWorld(seed);
    network = new SimNetwork(world);
    store = new SimStore(world);
    random = world.random("lab");
    String[] policies = {"iterative", "random", "flq"};
    String allocator = policies[random.nextInt(3)];
    for (int generation = 0; generation < GENERATIONS; generation++) {
      plans.add(plan(allocator, addresses, generation));
    }
    server = new SimServer(world, network, store, plans.remove());
    for (int i = 0; i < count; i++) {
      SimClient client = new SimClient(world, network, i, SimServer.NODE, script(i));
      clients.add(client);
      client.start(random.nextLong(20_000));
    }
    store.watch(this::remember);
    network.watch(this::everyReplyIsDurable);
    world.checkAlways("promises", this::check);
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
   * A plan: the first pools go with the second generation, the prefixes are others in the third,
   * and the first link has another prefix in the fourth.
   */
  private static ServerPlan plan(String allocator, int addresses, int generation) {
    Selectors relayed =
        new Selectors(Optional.empty(), Optional.empty(), List.of(Ipv6.ofText("2001:db8:2::ffff")));
    Selectors direct = new Selectors(Optional.of("eth1"), Optional.empty(), List.of());
    return TestServer.plan(
        new FamilySettings(
            List.of(),
            Optional.empty(),
            600,
            900,
            List.of(HostIdentifier.Type.DUID),
            Set.of(),
            true),
        link(subnet(generation < 3 ? 1 : 11, direct, allocator, addresses, generation)),
        link(subnet(2, relayed, allocator, addresses, generation)));
  }

  private static Link link(Subnet subnet) {
    return new Link(
        Family.IPV6, subnet.prefix().toString(), false, Selectors.NONE, List.of(subnet));
  }

  private static Subnet subnet(
      int id, Selectors selectors, String allocator, int addresses, int generation) {
    Prefix prefix = Prefix.ofText("2001:db8:" + id + "::/64");
    Ipv6 first = prefix.first().plus(16);
    int half = addresses / 2;
    AddressPool small = new AddressPool(first, first.plus(half - 1), OptionSet.NONE);
    AddressPool large =
        new AddressPool(first.plus(1000), first.plus(999 + addresses - half), OptionSet.NONE);
    Lifetimes.Range valid = new Lifetimes.Range(VALID, VALID, VALID);
    Lifetimes.Range preferred = new Lifetimes.Range(200, 200, 200);
    return new Subnet(
        id,
        prefix,
        selectors,
        new Lifetimes(preferred, valid, OptionalLong.empty(), OptionalLong.empty(), true, 0.5, 0.8),
        true,
        generation == 0 ? List.of(small, large) : List.of(large),
        List.of(
            new PrefixPool(
                Prefix.ofText("2001:db8:" + id + (generation < 2 ? "000" : "10") + "::/44"),
                48,
                Optional.empty(),
                OptionSet.NONE)),
        OptionSet.NONE,
        Reservations.NONE,
        new ReservationScope(true, false, false),
        allocator,
        allocator,
        false,
        Dhcp4Terms.DEFAULT);
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
    clients.forEach(SimClient::rest);
  }

  /** How many addresses clients hold. */
  long heldAddresses() {
    return clients.stream()
        .flatMap(client -> client.held().keySet().stream())
        .filter(key -> key.kind() == LeaseKind.IA_NA)
        .count();
  }

  /** Whether every client has all it wants. */
  boolean everybodyIsServed() {
    return clients.stream().allMatch(client -> client.held().size() == client.wants());
  }

  /** Only a new binding and a change of the store can break a promise; time alone cannot. */
  private void check() {
    long state = store.sequence();
    for (SimClient client : clients) {
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
    for (SimClient client : clients) {
      for (LeaseKey key : client.held().keySet()) {
        String other = holders.put(key, client.name());
        if (other != null) {
          throw new AssertionError(key + " is held by " + other + " and " + client.name());
        }
      }
    }
  }

  private void whatIsHeldIsDurable() {
    for (SimClient client : clients) {
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
  private void check(SimClient client, LeaseKey key, long until) {
    Lease lease = store.durable().get(key);
    if (!isActive(lease, client.duid())
        || lease.iaid() != client.iaidOf(key)
        || (lease.times().expires() + 1) * 1000 < until) {
      throw new AssertionError(client.name() + " holds " + key + " until " + until + ": " + lease);
    }
  }

  private static boolean isActive(Lease lease, Bytes client) {
    return lease != null
        && lease.state() == LeaseState.ACTIVE
        && lease.client().equals(new ClientIdentity(ClientIdentity.Type.DUID, client));
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
    ServerAnswer answer = ServerAnswer.decode(datagram);
    if (answer.type() == Dhcp6MessageType.REPLY) {
      for (ServerAnswer.Grant grant : answer.grants()) {
        long until = promised.getOrDefault(grant.key(), Map.of()).getOrDefault(answer.client(), 0L);
        if (grant.valid() > 0 && until < world.seconds() - SLOWEST_TURN + grant.valid()) {
          throw new AssertionError("a Reply promises " + grant.key() + " before it is durable");
        }
      }
    }
  }
}

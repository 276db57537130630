// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolListener;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.user.core.Surroundings;
import io.leasehold.pool.user.core.UserDesk;
import io.leasehold.pool.user.core.UserSettings;
import io.leasehold.rserpool.hunt.HuntSettings;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.testkit.sim.SimWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A relay agent that finds servers in pools, with clients who must not change their servers. */
final class SimUser {
  private static final int CLIENTS = 8;
  private static final int MOST_PAUSE_MILLIS = 3000;

  private final SimWorld world;
  private final Machine machine;
  private final List<PoolHandle> pools;
  private final HuntSettings hunt;
  private final BiPredicate<Machine, PoolMember> answers;
  private final RandomGenerator random;
  private final List<Bytes> clients = new ArrayList<>();
  private final Map<PoolHandle, Followed> followed = new TreeMap<>();
  private Bytes document = Bytes.EMPTY;
  private UserDesk desk;
  private int boots;

  /**
   * One that is off.
   *
   * @param answers whether a member answers a machine now
   */
  SimUser(
      PoolNet net,
      Machine machine,
      List<PoolHandle> pools,
      HuntSettings hunt,
      BiPredicate<Machine, PoolMember> answers) {
    this.world = net.world();
    this.machine = machine;
    this.pools = pools;
    this.hunt = hunt;
    this.answers = answers;
    this.random = world.random(machine.name());
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Bytes.ofUtf8("client " + i));
    }
  }

  Machine machine() {
    return machine;
  }

  void boot() {
    if (!machine.isOn()) {
      followed.clear();
      int boot = ++boots;
      machine.boot(this::make);
      machine.order(now -> pools.forEach(each -> followed.put(each, new Followed(each))));
      traffic(boot);
    }
  }

  private SessionEvents make(Sessions sessions, long now) {
    UserSettings settings =
        new UserSettings(hunt, Duration.ofSeconds(2), 2, Duration.ofSeconds(30));
    Surroundings around =
        new Surroundings(
            sessions,
            world.random(machine.name() + world.millis()),
            () -> Instant.ofEpochMilli(world.millis()),
            stored -> document = stored);
    desk = new UserDesk(settings, around, this::execute, document, now);
    desk.user().start(now);
    return desk.user();
  }

  /** Never from within a call, as with a thread. */
  private boolean execute(LongConsumer command) {
    int boot = boots;
    world.after(
        0,
        () -> {
          if (boot == boots) {
            machine.order(command);
          }
        });
    return true;
  }

  private void traffic(int boot) {
    world.after(
        random.nextInt(MOST_PAUSE_MILLIS),
        () -> {
          if (machine.isOn() && boot == boots) {
            Followed pool = followed.get(pools.get(random.nextInt(pools.size())));
            pool.ask(clients.get(random.nextInt(CLIENTS)));
            traffic(boot);
          }
        });
  }

  /** What it knows of a pool. */
  PoolView view(PoolHandle pool) {
    return followed.get(pool).subscription.view();
  }

  /** Members in the order in which they serve each client. */
  List<List<PoolMember>> choices(PoolHandle pool) {
    return clients.stream().map(followed.get(pool).subscription::candidates).toList();
  }

  @Override
  public String toString() {
    return machine.name();
  }

  /** A pool, and who served which client when it was known as before. */
  private final class Followed implements PoolListener {
    private final PoolSubscription subscription;
    private final Map<Bytes, Long> groups = new TreeMap<>();
    private Set<Long> before = Set.of();

    Followed(PoolHandle handle) {
      subscription = desk.follow(handle, this);
      check(subscription.view());
    }

    @Override
    public void changed(PoolView view) {
      world.note(machine + " knows " + view.handle() + " " + view.state() + " " + view.members());
      check(view);
    }

    /** A client stays with its group while that lives, and else moves to where it may. */
    private void check(PoolView view) {
      Set<Long> present =
          view.members().stream().map(PoolMember::group).collect(Collectors.toSet());
      for (Bytes client : clients) {
        List<PoolMember> candidates = subscription.candidates(client);
        if (candidates.size() != view.members().size()) {
          world.fail(machine + " tries " + candidates + " of " + view.members());
        }
        if (candidates.isEmpty()) {
          continue;
        }
        long group = candidates.get(0).group();
        Long last = groups.put(client, group);
        boolean hasMoved = last != null && last != group;
        if (hasMoved && present.contains(last) && before.contains(group)) {
          world.fail(
              "%s moves %s from group %d, which is there, to %d"
                  .formatted(machine, client.toHex(), last, group));
        }
        mustStandByRank(candidates);
      }
      if (!present.isEmpty()) {
        before = present;
      }
    }

    private void mustStandByRank(List<PoolMember> candidates) {
      for (int i = 1; i < candidates.size(); i++) {
        PoolMember one = candidates.get(i - 1);
        PoolMember next = candidates.get(i);
        if (one.group() == next.group() && one.rank() < next.rank()) {
          world.fail(machine + " tries " + one + " before " + next + ", which has a higher rank");
        }
      }
    }

    void ask(Bytes client) {
      for (PoolMember each : subscription.candidates(client)) {
        if (answers.test(machine, each)) {
          return;
        }
        subscription.unreachable(each);
      }
    }
  }
}

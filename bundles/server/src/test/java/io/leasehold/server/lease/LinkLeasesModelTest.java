// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import static io.leasehold.server.lease.Leases.NOW;
import static io.leasehold.server.lease.Leases.having;
import static io.leasehold.server.lease.Leases.hinting;
import static io.leasehold.server.lease.Leases.identifier;
import static io.leasehold.server.lease.Leases.lease;
import static io.leasehold.server.lease.Leases.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random histories of one link against a map of leases and one of offers. */
class LinkLeasesModelTest {
  private static final int CLIENTS = 12;
  private static final int RESERVED_FOR = 3;
  private static final LeaseKey RESERVED = Leases.na("2001:db8:1::2");

  private record Held(int client, long iaid, long until) {}

  private final class World {
    final SplittableRandom random;
    final String policy;
    final LeaseTable table = new LeaseTable();
    final Map<LeaseKey, Held> active = new HashMap<>();
    final Map<LeaseKey, Long> declined = new HashMap<>();
    final Map<LeaseKey, Held> offered = new HashMap<>();
    LinkLeases leases;
    long now = NOW;

    World(long seed, String policy) {
      this.random = new SplittableRandom(seed);
      this.policy = policy;
      build();
    }

    /** As after a restart, or another plan: only the table stays. */
    void build() {
      offered.clear();
      leases =
          Leases.link(
              table,
              subnet(1, "2001:db8:1::/64")
                  .pool("2001:db8:1::1", "2001:db8:1::4")
                  .prefixPool("2001:db8:8000::/46", 48)
                  .reserve(RESERVED_FOR, "2001:db8:1::2")
                  .allocator(policy),
              subnet(2, "2001:db8:2::/64")
                  .pool("2001:db8:2::1", "2001:db8:2::3")
                  .allocator(policy));
    }

    void step() {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3, 4 -> ask();
        case 5 -> end(LeaseState.RELEASED);
        case 6 -> end(LeaseState.ABANDONED);
        case 7 -> {
          now += random.nextInt(1, 60);
          reclaim();
        }
        case 8 -> forget();
        default -> {
          if (random.nextInt(5) == 0) {
            build();
          }
        }
      }
      check();
    }

    private void ask() {
      int client = random.nextInt(CLIENTS);
      long iaid = random.nextInt(2);
      boolean prefix = random.nextInt(3) == 0;
      Wish wish = prefix ? Leases.prefix(client, iaid) : Leases.address(client, iaid);
      if (random.nextBoolean()) {
        wish =
            prefix
                ? hinting(wish, "2001:db8:8001::/48")
                : hinting(wish, "2001:db8:1::" + random.nextInt(6) + "/128");
      }
      Optional<Choice> first = leases.choose(wish, now);
      if (first.isPresent()) {
        verify(first.get().key(), client, iaid, null);
        wish = having(wish, first.get().key());
        leases.choose(wish, now).ifPresent(s -> verify(s.key(), client, iaid, first.get().key()));
        use(first.get().key(), client, iaid);
      } else {
        assertThat(nothingLeft(prefix ? LeaseKind.IA_PD : LeaseKind.IA_NA, client, iaid))
            .as("client %s got nothing", client)
            .isTrue();
      }
    }

    private void use(LeaseKey key, int client, long iaid) {
      if (random.nextBoolean()) {
        leases.offer(key, Leases.client(client), iaid, now + 30);
        if (!active.containsKey(key)) {
          offered.put(key, new Held(client, iaid, now + 30));
        }
      } else {
        long until = now + random.nextInt(1, 200);
        leases.commit(lease(key, client, iaid, LeaseState.ACTIVE, until));
        active.put(key, new Held(client, iaid, until));
        offered.remove(key);
      }
    }

    private void verify(LeaseKey key, int client, long iaid, LeaseKey already) {
      assertThat(key).isNotEqualTo(already);
      assertThat(leases.locate(key, List.of(identifier(client)))).isPresent();
      assertThat(declined).doesNotContainKey(key);
      assertThat(key.equals(RESERVED) && client != RESERVED_FOR)
          .as("reserved for another")
          .isFalse();
      Held holder = active.get(key);
      assertThat(holder == null || holder.client() == client && holder.iaid() == iaid)
          .as("%s held by %s went to %s/%s", key, holder, client, iaid)
          .isTrue();
      Held offer = offered.get(key);
      if (offer != null && offer.until() > now) {
        assertThat(offer.client() == client && offer.iaid() != iaid)
            .as("offered to its own other association")
            .isFalse();
      }
      if (offer != null && offer.until() > now && offer.client() != client) {
        assertThat(free(key.kind(), already))
            .as("an offer was taken although something was free")
            .isZero();
      }
    }

    private long free(LeaseKind kind, LeaseKey already) {
      return units(kind)
          .filter(key -> !key.equals(already))
          .filter(
              key ->
                  !active.containsKey(key) && !declined.containsKey(key) && !key.equals(RESERVED))
          .filter(key -> !offered.containsKey(key) || offered.get(key).until() <= now)
          .count();
    }

    private boolean nothingLeft(LeaseKind kind, int client, long iaid) {
      return units(kind)
          .filter(key -> !declined.containsKey(key))
          .filter(key -> !key.equals(RESERVED) || client == RESERVED_FOR)
          .filter(
              key ->
                  !active.containsKey(key)
                      || active.get(key).equals(new Held(client, iaid, active.get(key).until())))
          .allMatch(
              key ->
                  offered.containsKey(key)
                      && offered.get(key).client() == client
                      && offered.get(key).iaid() != iaid);
    }

    private Stream<LeaseKey> units(LeaseKind kind) {
      return kind == LeaseKind.IA_PD
          ? IntStream.range(0, 4).mapToObj(i -> Leases.pd("2001:db8:800" + i + "::/48"))
          : Stream.of("1::1", "1::2", "1::3", "1::4", "2::1", "2::2", "2::3")
              .map(s -> Leases.na("2001:db8:" + s));
    }

    private Optional<LeaseKey> anyActive() {
      return active.keySet().stream().sorted().skip(random.nextInt(6)).findFirst();
    }

    private void end(LeaseState state) {
      anyActive()
          .ifPresent(
              key -> {
                Lease lease = table.find(key);
                active.remove(key);
                long until = now + 40;
                leases.commit(
                    new Lease(
                        key,
                        lease.subnetId(),
                        lease.client(),
                        lease.iaid(),
                        state,
                        new LeaseTimes(now, now, until, until),
                        lease.details()));
                if (state == LeaseState.ABANDONED) {
                  declined.put(key, until);
                }
              });
    }

    private void forget() {
      anyActive()
          .ifPresent(
              key -> {
                leases.forget(key);
                active.remove(key);
              });
    }

    private void reclaim() {
      new Reclaimer(table, List.of(leases), family -> 50).reclaim(now, Integer.MAX_VALUE);
      active.values().removeIf(held -> held.until() < now);
      declined.values().removeIf(until -> until < now);
    }

    private void check() {
      for (LeaseKind kind : List.of(LeaseKind.IA_NA, LeaseKind.IA_PD)) {
        long out =
            units(kind)
                .filter(key -> !key.equals(RESERVED))
                .filter(
                    key ->
                        active.containsKey(key)
                            || declined.containsKey(key)
                            || leases.isOffered(key))
                .count();
        assertThat(leases.free(kind)).isEqualTo((kind == LeaseKind.IA_PD ? 4 : 6) - out);
      }
      long assigned = active.keySet().stream().filter(key -> key.kind() == LeaseKind.IA_PD).count();
      assertThat(leases.use().get(0).assignedPrefixes()).isEqualTo(assigned);
    }

    /** What is free now is free again after a restart. */
    void checkRebuilt() {
      LinkLeases before = leases;
      build();
      for (LeaseKind kind : List.of(LeaseKind.IA_NA, LeaseKind.IA_PD)) {
        long offers =
            units(kind).filter(before::isOffered).filter(key -> !key.equals(RESERVED)).count();
        assertThat(leases.free(kind)).isEqualTo(before.free(kind) + offers);
      }
    }
  }

  @Property(tries = 150)
  void noUnitHasTwoOwnersAndNoneIsLost(@ForAll long seed) {
    for (String policy : List.of("iterative", "random", "flq")) {
      World world = new World(seed, policy);
      for (int i = 0; i < 400; i++) {
        world.step();
      }
      world.checkRebuilt();
    }
  }
}

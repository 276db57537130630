// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Two partners with any history of their clients and connections know the same in the end. */
class ConvergenceTest {
  private static final int KEYS = 6;
  private static final int CLIENTS = 3;

  /** Of what clients do within five seconds on both servers nobody knows the order. */
  private static final int APART = 6;

  private final Side primary = new Side(Role.PRIMARY);
  private final Side secondary = new Side(Role.SECONDARY);
  private boolean isUp;

  @Property(tries = 500)
  void partnersAgreeInTheEnd(@ForAll long seed) {
    Random random = new Random(seed);
    ConvergenceTest world = new ConvergenceTest();
    for (int step = 0; step < 60; step++) {
      world.step(random);
    }
    world.agree();
    assertThat(world.known(world.primary)).isEqualTo(world.known(world.secondary));
    assertThat(nothingIsDue(world.primary, world.secondary)).isTrue();
  }

  private void step(Random random) {
    Side side = random.nextBoolean() ? primary : secondary;
    switch (random.nextInt(10)) {
      case 0 -> connect(random);
      case 1 -> disconnect();
      case 2, 3 -> pass(random.nextInt(300));
      case 4, 5, 6 -> {
        pass(APART);
        give(side, random);
      }
      case 7 -> {
        pass(APART);
        release(side, random);
      }
      default -> deliver(random.nextInt(6));
    }
  }

  private void connect(Random random) {
    if (!isUp) {
      isUp = true;
      primary.offersDhcp4 = true;
      secondary.offersDhcp4 = true;
      primary.up(1 + random.nextInt(4));
      secondary.up(1 + random.nextInt(4));
    }
  }

  private void disconnect() {
    if (isUp) {
      isUp = false;
      primary.down();
      secondary.down();
    }
  }

  private void pass(long seconds) {
    for (Side side : List.of(primary, secondary)) {
      side.at(side.now + seconds);
      for (Lease lease : List.copyOf(side.leases.values())) {
        if (lease.times().expires() <= side.now) {
          over(side, lease);
        }
      }
    }
  }

  /** As the server does with what is over. */
  private static void over(Side side, Lease lease) {
    if (lease.state() == LeaseState.ACTIVE) {
      side.write(ended(lease, LeaseState.EXPIRED, lease.times().expires(), side.now));
    } else if (lease.state() == LeaseState.EXPIRED || lease.state() == LeaseState.RELEASED) {
      LeaseTimes times = lease.times();
      side.write(
          lease.with(
              lease.state(),
              new LeaseTimes(
                  times.stateSince(),
                  times.lastTransaction(),
                  times.preferredUntil(),
                  side.now + 600)));
    } else {
      side.forget(lease.key());
    }
  }

  private static Lease ended(Lease lease, LeaseState state, long since, long now) {
    LeaseTimes times = lease.times();
    LeaseMarks marks = LeaseMarks.of(lease);
    long heard = state == LeaseState.RELEASED ? now : times.lastTransaction();
    return new LeaseMarks(
            true,
            false,
            false,
            marks.partnerLifetime(),
            marks.acked(),
            marks.ours(),
            marks.partnerHeard())
        .on(lease.ended(state, new LeaseTimes(since, heard, since, now + 600)));
  }

  /** A server gives from its half what is free, and renews what a client has. */
  private void give(Side side, Random random) {
    Family family = random.nextBoolean() ? Family.IPV4 : Family.IPV6;
    Ipv6 first = Ipv6.ofText(family == Family.IPV4 ? "::ffff:192.0.2.0" : "2001:db8::");
    LeaseKey key = LeaseKey.address(family, first.plus(1L + random.nextInt(KEYS)));
    ClientIdentity client = client(family, random.nextInt(CLIENTS));
    Lease present = side.lease(key);
    boolean isHalf = (key.address().low() & 1) == (side == primary ? 1 : 0);
    boolean isFree =
        present == null
            || present.state() == LeaseState.FREE
            || present.state() == LeaseState.FREE_BACKUP;
    boolean isOwn =
        present != null && present.isActive(side.now) && present.client().equals(client);
    if (isFree && isHalf || isOwn) {
      long desired = 60 + random.nextInt(600);
      // A copy with a later end is right by RFC 8156 until then: no lease is made shorter.
      long seconds = isOwn ? Math.max(desired, present.times().expires() - side.now) : desired;
      long since = isOwn ? present.times().stateSince() : side.now;
      LeaseMarks marks = isOwn ? LeaseMarks.of(present) : LeaseMarks.NONE;
      side.write(
          new LeaseMarks(
                  true,
                  false,
                  false,
                  side.now + seconds * 2,
                  marks.acked(),
                  marks.ours(),
                  marks.partnerHeard())
              .on(
                  Samples.lease(
                      key,
                      client,
                      LeaseState.ACTIVE,
                      new LeaseTimes(since, side.now, side.now + seconds, side.now + seconds))));
    }
  }

  private void release(Side side, Random random) {
    List<Lease> active =
        side.leases.values().stream().filter(lease -> lease.isActive(side.now)).toList();
    if (!active.isEmpty()) {
      Lease lease = active.get(random.nextInt(active.size()));
      side.write(ended(lease, LeaseState.RELEASED, side.now, side.now));
    }
  }

  private static ClientIdentity client(Family family, int number) {
    if (family == Family.IPV4) {
      return new ClientIdentity(ClientIdentity.Type.CLIENT_ID, Bytes.of(1, number));
    }
    return ClientIdentity.of(new Duid(Bytes.ofHex("00030001%012x".formatted(number))));
  }

  private void deliver(int messages) {
    for (int i = 0; isUp && i < messages; i++) {
      primary.handTo(secondary);
      secondary.handTo(primary);
    }
  }

  /**
   * Everything arrives, scans are made, and what is over is: until partners agree, at most for the
   * longest lease. Where messages have crossed, an end may be taken only when the copy is over.
   */
  private void agree() {
    connect(new Random(1));
    deliver(500);
    for (int round = 0; round < 14 && !isAgreed(); round++) {
      pass(61);
      deliver(500);
    }
  }

  private boolean isAgreed() {
    return known(primary).equals(known(secondary)) && nothingIsDue(primary, secondary);
  }

  private static boolean nothingIsDue(Side... sides) {
    return Stream.of(sides)
        .flatMap(side -> side.leases.values().stream())
        .noneMatch(lease -> LeaseMarks.of(lease).isDue());
  }

  /** What both must know: who has what until when. Free is free. */
  private TreeMap<LeaseKey, List<Object>> known(Side side) {
    TreeMap<LeaseKey, List<Object>> known = new TreeMap<>();
    for (Lease lease : side.leases.values()) {
      if (lease.state() != LeaseState.FREE && lease.state() != LeaseState.FREE_BACKUP) {
        List<Object> facts = new ArrayList<>();
        facts.add(lease.state());
        facts.add(lease.client());
        facts.add(lease.times().expires());
        known.put(lease.key(), facts);
      }
    }
    return known;
  }
}

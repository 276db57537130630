// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.pool.PoolRegistration;
import io.leasehold.pool.element.AsapEndpoint;
import io.leasehold.pool.element.ElementSettings;
import io.leasehold.pool.element.ElementTimes;
import io.leasehold.pool.element.Identifiers;
import io.leasehold.pool.element.MemberPolicy;
import io.leasehold.pool.element.Readiness;
import io.leasehold.rserpool.hunt.HuntSettings;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.testkit.sim.SimWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A server that is in pools; its identifiers are on its disk. */
final class SimElement {
  private static final int PORT = 547;

  /** Short, so that what nobody repairs is seen within a life. */
  private static final ElementTimes TIMES =
      new ElementTimes(
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));

  private final SimWorld world;
  private final Machine machine;
  private final List<PoolHandle> pools;
  private final long group;
  private final HuntSettings hunt;
  private final Disk disk;
  private AsapEndpoint core;
  private boolean ready = true;
  private long rank;

  SimElement(PoolNet net, Machine machine, List<PoolHandle> pools, long group, HuntSettings hunt) {
    this.world = net.world();
    this.machine = machine;
    this.pools = pools;
    this.group = group;
    this.hunt = hunt;
    this.disk = new Disk();
  }

  /** Identifiers that it has, and had. */
  private final class Disk implements Identifiers {
    private final RandomGenerator random = world.random(machine.name() + " identifiers");
    private final Map<PoolHandle, Long> present = new TreeMap<>();
    private final Set<ElementKey> ever = new HashSet<>();

    @Override
    public long of(PoolHandle pool) {
      return present.containsKey(pool) ? present.get(pool) : renew(pool);
    }

    @Override
    public long renew(PoolHandle pool) {
      return put(pool, Integer.toUnsignedLong(random.nextInt()));
    }

    private long put(PoolHandle pool, long identifier) {
      present.put(pool, identifier);
      ever.add(new ElementKey(pool, identifier));
      return identifier;
    }
  }

  Machine machine() {
    return machine;
  }

  List<PoolHandle> pools() {
    return pools;
  }

  boolean isOn() {
    return machine.isOn();
  }

  /** Somebody has copied the disk of another server. */
  void copyDisk(SimElement other) {
    for (PoolHandle each : pools) {
      if (other.pools.contains(each)) {
        disk.put(each, other.disk.of(each));
      }
    }
  }

  /** Whether it has or had this identifier. */
  boolean hadEver(ElementKey key) {
    return disk.ever.contains(key);
  }

  long identifier(PoolHandle pool) {
    return disk.of(pool);
  }

  void boot() {
    machine.boot(this::make);
    tell();
  }

  private SessionEvents make(Sessions sessions, long now) {
    List<ElementSettings.Place> places =
        pools.stream()
            .map(
                pool ->
                    new ElementSettings.Place(
                        pool,
                        MemberPolicy.clientHash(group, 100),
                        PortTransport.udp(machine.address(), PORT)))
            .toList();
    ElementSettings settings =
        new ElementSettings(machine.name(), places, hunt, TIMES, Duration.ofSeconds(30));
    core =
        new AsapEndpoint(
            settings,
            sessions,
            disk,
            world.random(machine.name() + world.millis()),
            text -> world.note(machine + ": " + text),
            now);
    core.start(now);
    return core;
  }

  /** How the server is from now on. */
  void readiness(boolean isReady, long nextRank) {
    ready = isReady;
    rank = nextRank;
    world.note(machine.name() + (ready ? " serves with rank " + rank : " does not serve"));
    tell();
  }

  private void tell() {
    machine.order(
        now ->
            core.readiness(
                ready ? Readiness.ready(rank, "it serves") : Readiness.absent("it rests"), now));
  }

  /** Whether users are to find it. */
  boolean isReady() {
    return ready && isOn();
  }

  /** Its registrations as it sees them. */
  List<PoolRegistration> registrations() {
    return core.registrations(machine.life().now(), Instant.ofEpochMilli(world.millis()));
  }

  /** Whether that is what it registers now. */
  boolean isAs(PoolHandle pool, PoolElement element) {
    return element.identifier() == identifier(pool)
        && element.userTransport().equals(PortTransport.udp(machine.address(), PORT))
        && element.policy().equals(MemberPolicy.clientHash(group, 100).values(rank, 0));
  }

  @Override
  public String toString() {
    return machine.name();
  }
}

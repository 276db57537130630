// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.registrar.core.PoolChanges;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.space.Handlespace;
import io.leasehold.rserpool.space.Pool;
import io.leasehold.rserpool.space.SpaceLimits;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A host with a registrar, of which the side of ASAP is played. */
final class Host implements World.End, Sessions, PoolChanges {
  static final PoolHandle POOL = PoolHandle.of("dhcp6-core");
  private static final long STEADY = 1_000_000_000_000L;
  private static final long PAUSE = Duration.ofSeconds(15).toNanos();
  private static final Duration RETURN = Duration.ofMillis(2);

  final World world;
  final Ipv6 address;
  final List<ElementKey> taken = new ArrayList<>();
  final List<ElementKey> lost = new ArrayList<>();
  final Set<ElementKey> connected = new HashSet<>();
  final List<PoolHandle> changed = new ArrayList<>();
  int closed;
  int connects;
  boolean isReady;
  Handlespace space;
  Notebook notebook;
  EnrpFederation federation;

  /** What it is told of others, and how long it waits. */
  List<Ipv6> others = List.of();

  EnrpTimers timers = EnrpTimers.DEFAULT;
  EnrpLimits limits = EnrpLimits.DEFAULT;
  boolean isSecure = true;

  /** How others see it. */
  Caller caller;

  private final Map<ElementKey, Long> disputed = new TreeMap<>();
  private final int number;

  Host(World world, int number) {
    this.world = world;
    this.number = number;
    this.address = World.address(number);
    this.caller = World.secure(address, "registrar-" + number, PeerRole.ENRP_SERVER);
    world.add(this);
  }

  Host knows(Host... hosts) {
    others = List.of(hosts).stream().map(each -> each.address).toList();
    return this;
  }

  Host start() {
    space = new Handlespace(SpaceLimits.DEFAULT, world.random);
    notebook = new Notebook(() -> Instant.EPOCH.plusNanos(world.now - STEADY), text -> {});
    isReady = false;
    connected.clear();
    federation =
        new EnrpFederation(
            new Premises(space, new RoleRights(), world.random, notebook, isSecure),
            new EnrpSettings(
                others.stream().map(World::to).toList(),
                "pools",
                false,
                List.of(PortTransport.tcp(address, World.PORT)),
                timers,
                limits),
            this,
            this);
    return this;
  }

  /** Its process ends. */
  void crash() {
    federation = null;
    world.hangUp(this);
  }

  /** Its power is off. */
  void vanish() {
    federation = null;
    world.vanish(this);
  }

  long id() {
    return federation.serverId();
  }

  /** A pool element registers here. */
  PoolElement register(long identifier) {
    return register(POOL, identifier, identifier);
  }

  PoolElement register(PoolHandle pool, long identifier, long value) {
    PoolElement element = element(identifier, id(), value);
    space.put(pool, element);
    connected.add(new ElementKey(pool, identifier));
    federation.added(pool, element, world.now);
    return element;
  }

  static PoolElement element(long identifier, long home, long value) {
    return new PoolElement(
        identifier,
        home,
        300,
        PortTransport.udp(World.address(7), 547),
        PoolPolicy.of(PolicyType.PRIORITY, value & 0xffff_ffffL),
        Optional.empty());
  }

  void deregister(long identifier) {
    ElementKey key = key(identifier);
    connected.remove(key);
    space.remove(key).ifPresent(element -> federation.removed(POOL, element, world.now));
  }

  static ElementKey key(long identifier) {
    return new ElementKey(POOL, identifier);
  }

  /** Which registrar owns what, as is known here. */
  Map<ElementKey, Long> owners() {
    Map<ElementKey, Long> owners = new TreeMap<>();
    for (Pool pool : space.pools()) {
      pool.members()
          .forEach(
              each ->
                  owners.put(
                      new ElementKey(pool.handle(), each.element().identifier()),
                      each.element().home()));
    }
    return owners;
  }

  long counted(EnrpCount what) {
    return notebook.counted(what);
  }

  @Override
  public Ipv6 address() {
    return address;
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public SessionEvents events() {
    return federation;
  }

  @Override
  public long connect(ConnectSpec to) {
    connects++;
    return world.connect(this, to);
  }

  @Override
  public boolean send(long session, Bytes message) {
    return world.send(this, session, message);
  }

  @Override
  public void close(long session, String why) {
    closed++;
    world.close(this, session);
  }

  @Override
  public void changed(PoolHandle pool, long now) {
    changed.add(pool);
  }

  @Override
  public void tookOver(List<ElementKey> keys, long now) {
    taken.addAll(keys);
  }

  @Override
  public void lost(ElementKey key, long now) {
    lost.add(key);
    EnrpFederation told = federation;
    Long before = disputed.get(key);
    if (connected.contains(key) && (before == null || now - before >= PAUSE)) {
      disputed.put(key, now);
      world.after(RETURN, () -> comeBack(key, told));
    }
  }

  /** A pool element that is told, and is still here, registers again. */
  private void comeBack(ElementKey key, EnrpFederation told) {
    if (told == federation && connected.contains(key)) {
      register(key.handle(), key.identifier(), key.identifier());
    }
  }

  @Override
  public boolean isConnected(ElementKey key) {
    return connected.contains(key);
  }

  @Override
  public void readiness(boolean ready, long now) {
    isReady = ready;
  }

  @Override
  public String toString() {
    return "registrar-" + number;
  }

  /** A peer may do what its entry says. */
  private static final class RoleRights implements PeerAuthorizer {
    @Override
    public boolean permits(AuthenticatedPeer peer, PeerRole role) {
      return peer.roles().contains(role);
    }

    @Override
    public boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress) {
      return false;
    }
  }
}

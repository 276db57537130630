// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolMember;
import io.leasehold.rserpool.hunt.HuntSettings;
import io.leasehold.rserpool.hunt.KnownRegistrar;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.sim.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Everybody in a world of pools, as many as its seed says. */
final class PoolScene {
  private static final String LIAR = "liar";
  private static final String SQUATTER = "squatter";
  private static final long TOP_RANK = 200;

  private final SimWorld world;
  private final RandomGenerator random;
  private final PoolRights rights = new PoolRights();
  final PoolNet net;
  final PoolRules rules;
  final List<PoolHandle> pools = new ArrayList<>();
  final List<SimRegistrar> registrars = new ArrayList<>();
  final List<SimElement> elements = new ArrayList<>();
  final List<SimUser> users = new ArrayList<>();

  /** Who lies and who floods; they go when trouble ends. */
  final List<Runnable> rogues = new ArrayList<>();

  private final List<Machine> rogueMachines = new ArrayList<>();
  private int machines;

  PoolScene(SimWorld world) {
    this.world = world;
    this.random = world.random("scene");
    this.net = new PoolNet(world);
    this.rules = new PoolRules(world, this);
    for (int i = random.nextInt(2); i >= 0; i--) {
      pools.add(PoolHandle.of("dhcp6-" + i));
    }
    addRegistrars(random.nextInt(4) == 0 ? 4 : 2 + random.nextInt(2));
    addElements(1 + random.nextInt(3));
    addUsers(1 + random.nextInt(2));
    addRogues();
    net.watch(rules);
  }

  private Machine machine(String name, Optional<AuthenticatedPeer> identity) {
    return new Machine(net, name, Ipv6.ofText("2001:db8::" + ++machines), identity);
  }

  private void addRegistrars(int count) {
    for (int i = 0; i < count; i++) {
      String name = "registrar" + i;
      Machine machine = machine(name, Optional.of(PoolRights.peer(name, PeerRole.ENRP_SERVER)));
      SimRegistrar[] self = new SimRegistrar[1];
      self[0] = new SimRegistrar(net, machine, rights, core -> watched(core, self[0]));
      machine.afterwards(() -> rules.check(self[0]));
      registrars.add(self[0]);
    }
    registrars.forEach(each -> each.meet(registrars));
  }

  private SessionEvents watched(SessionEvents core, SimRegistrar registrar) {
    return new RogueWatch(
        world,
        core,
        registrar::content,
        Set.of(LIAR, SQUATTER),
        this::nameOfServer,
        session -> registrar.machine().life().isOpen(session));
  }

  private String nameOfServer(long id) {
    return registrars.stream()
        .filter(each -> each.isOn() && each.serverId() == id)
        .map(SimRegistrar::toString)
        .findFirst()
        .orElse(null);
  }

  private HuntSettings hunt() {
    List<KnownRegistrar> places =
        registrars.stream()
            .map(
                each ->
                    new KnownRegistrar(
                        each.toString(),
                        new ConnectSpec(
                            Application.ASAP,
                            each.machine().address(),
                            Application.ASAP.streamPort(),
                            SimRegistrar.CHANNEL,
                            PeerSelector.only(each.toString(), PeerRole.ENRP_SERVER),
                            false)))
            .toList();
    return HuntSettings.of(places, Duration.ofSeconds(3));
  }

  private void addElements(int groups) {
    for (int group = 1; group <= groups; group++) {
      for (int i = random.nextInt(3) == 0 ? 1 : 2; i > 0; i--) {
        String name = "element" + elements.size();
        List<PoolHandle> joined =
            pools.size() > 1 && random.nextBoolean() ? pools : List.of(pools.get(0));
        joined.forEach(pool -> rights.permit(name, pool.octets()));
        Machine machine = machine(name, Optional.of(PoolRights.peer(name, PeerRole.POOL_ELEMENT)));
        SimElement element = new SimElement(net, machine, joined, group, hunt());
        element.readiness(true, TOP_RANK - i);
        elements.add(element);
      }
    }
    if (elements.size() > 1 && random.nextInt(4) == 0) {
      elements.get(1).copyDisk(elements.get(0));
    }
  }

  private void addUsers(int count) {
    for (int i = 0; i < count; i++) {
      String name = "user" + i;
      Machine machine = machine(name, Optional.of(PoolRights.peer(name, PeerRole.POOL_USER)));
      users.add(new SimUser(net, machine, handles(), hunt(), this::answers));
    }
  }

  private List<io.leasehold.pool.PoolHandle> handles() {
    return pools.stream().map(each -> new io.leasehold.pool.PoolHandle(each.octets())).toList();
  }

  /** Whether the server at an address is on, and a message goes there and back. */
  private boolean answers(Machine from, PoolMember member) {
    return elements.stream()
        .filter(each -> each.machine().address().equals(member.address()))
        .anyMatch(
            each ->
                each.isOn()
                    && net.blockedUntil(from, each.machine()) <= world.millis()
                    && net.blockedUntil(each.machine(), from) <= world.millis());
  }

  /** Whether its pools have other members: users keep one that has become empty for a while. */
  boolean canMiss(SimElement element) {
    return element.pools().stream()
        .allMatch(
            pool ->
                elements.stream()
                    .anyMatch(
                        each -> each != element && each.isReady() && each.pools().contains(pool)));
  }

  private void addRogues() {
    if (random.nextInt(3) == 0) {
      Machine machine = machine(LIAR, Optional.of(PoolRights.peer(LIAR, PeerRole.ENRP_SERVER)));
      machine.listen(Application.ENRP);
      add(
          machine,
          () ->
              machine.boot(
                  (sessions, now) ->
                      new Liar(sessions, registrars, world.random(LIAR), machine.address())));
    }
    if (random.nextInt(3) == 0) {
      Machine machine = machine("stranger", Optional.empty());
      add(machine, () -> flood(machine));
    }
    if (random.nextInt(3) == 0) {
      rights.permit(SQUATTER, Bytes.ofUtf8("elsewhere"));
      Machine machine =
          machine(SQUATTER, Optional.of(PoolRights.peer(SQUATTER, PeerRole.POOL_ELEMENT)));
      add(machine, () -> flood(machine));
    }
  }

  private void flood(Machine machine) {
    machine.boot(
        (sessions, now) ->
            new Stranger(sessions, registrars, world.random(machine.name()), machine.address()));
  }

  private void add(Machine machine, Runnable boot) {
    rogues.add(boot);
    rogueMachines.add(machine);
  }

  /** Switches everybody off who means no good. */
  void endRogues() {
    rogueMachines.forEach(Machine::crash);
  }

  /** Every machine but those of rogues. */
  List<Machine> machines() {
    List<Machine> all = new ArrayList<>();
    registrars.forEach(each -> all.add(each.machine()));
    elements.forEach(each -> all.add(each.machine()));
    users.forEach(each -> all.add(each.machine()));
    return all;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.registrar.Registrar;
import io.leasehold.registrar.asap.AsapSettings;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.registrar.core.Premises;
import io.leasehold.registrar.enrp.EnrpFederation;
import io.leasehold.registrar.enrp.EnrpLimits;
import io.leasehold.registrar.enrp.EnrpSettings;
import io.leasehold.registrar.enrp.EnrpTimers;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.space.Handlespace;
import io.leasehold.rserpool.space.Member;
import io.leasehold.rserpool.space.Pool;
import io.leasehold.rserpool.space.SpaceLimits;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.sim.SimWorld;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A registrar of a world; it forgets everything when it is off. */
final class SimRegistrar {
  static final String CHANNEL = "pools";

  private final SimWorld world;
  private final PoolRights rights;
  private final Machine machine;
  private final UnaryOperator<SessionEvents> guard;
  private List<SimRegistrar> all = List.of();
  private Handlespace space;
  private Registrar core;
  private int boots;

  /**
   * One that is off.
   *
   * @param guard put between the machine and its core
   */
  SimRegistrar(
      PoolNet net, Machine machine, PoolRights rights, UnaryOperator<SessionEvents> guard) {
    this.world = net.world();
    this.machine = machine;
    this.rights = rights;
    this.guard = guard;
    machine.listen(Application.ASAP);
    machine.listen(Application.ENRP);
  }

  /** Who there is; each is told of all, itself among them as the same file everywhere has it. */
  void meet(List<SimRegistrar> everybody) {
    all = everybody;
  }

  Machine machine() {
    return machine;
  }

  boolean isOn() {
    return machine.isOn();
  }

  void boot() {
    machine.boot(this::make);
  }

  private SessionEvents make(Sessions sessions, long now) {
    boots++;
    String life = machine.name() + " " + boots;
    space = new Handlespace(SpaceLimits.DEFAULT, world.random(life + " space"));
    Notebook notebook =
        new Notebook(
            () -> Instant.ofEpochMilli(world.millis()),
            text -> world.note(machine.name() + ": " + text));
    Premises premises = new Premises(space, rights, world.random(life), notebook, true);
    core =
        new Registrar(
            AsapSettings.DEFAULT,
            premises,
            sessions,
            (own, changes) -> new EnrpFederation(premises, settings(), own, changes));
    return guard.apply(core);
  }

  private EnrpSettings settings() {
    List<ConnectSpec> servers =
        all.stream()
            .map(
                each ->
                    new ConnectSpec(
                        Application.ENRP,
                        each.machine.address(),
                        Application.ENRP.streamPort(),
                        CHANNEL,
                        PeerSelector.only(each.machine.name(), PeerRole.ENRP_SERVER),
                        false))
            .toList();
    return new EnrpSettings(
        servers,
        CHANNEL,
        false,
        List.of(PortTransport.tcp(machine.address(), Application.ENRP.streamPort())),
        EnrpTimers.DEFAULT,
        EnrpLimits.DEFAULT);
  }

  /** Its identifier of this life. */
  long serverId() {
    return core.status().serverId();
  }

  boolean isReady() {
    return isOn() && core.status().isReady();
  }

  List<RegistrarControl.Peer> peers() {
    return core.status().peers(machine.life().now());
  }

  Handlespace space() {
    return space;
  }

  /** All that it knows. */
  Map<ElementKey, PoolElement> content() {
    Map<ElementKey, PoolElement> found = new TreeMap<>();
    for (Pool pool : space.pools()) {
      for (Member each : pool.members()) {
        found.put(new ElementKey(pool.handle(), each.element().identifier()), each.element());
      }
    }
    return found;
  }

  /** How it is, for people. */
  Optional<String> condition() {
    return isReady() ? Optional.empty() : Optional.of(isOn() ? core.status().condition() : "off");
  }

  @Override
  public String toString() {
    return machine.name();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.testkit.sim.SimWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What lies between machines: ordered connections, which are slow, stall while nothing passes in
 * one of their directions, and break.
 */
final class PoolNet {
  /** An end of a connection gives up after so long (RFC 5482). */
  static final int USER_TIMEOUT_MILLIS = 10_000;

  private static final int CONNECT_TIMEOUT_MILLIS = 3000;
  private static final int LATE_MILLIS = 20_000;

  /** Sees each message when it is sent. */
  interface Watcher {
    void sent(Machine from, Machine to, Application application, Bytes message);
  }

  private record Way(Machine from, Machine to) {}

  private final SimWorld world;
  private final RandomGenerator random;
  private final Map<Ipv6, Machine> machines = new LinkedHashMap<>();
  private final Map<Way, Long> blockedUntil = new HashMap<>();
  private final List<Cable> cables = new ArrayList<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private int mostDelayMillis = 2;
  private long numbers;

  PoolNet(SimWorld world) {
    this.world = world;
    this.random = world.random("net");
  }

  void attach(Machine machine) {
    machines.put(machine.address(), machine);
  }

  void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  void mostDelay(int millis) {
    mostDelayMillis = millis;
  }

  int delay() {
    return random.nextInt(mostDelayMillis + 1);
  }

  SimWorld world() {
    return world;
  }

  void sent(Cable.End from, Bytes message) {
    Machine to = from.other().machine();
    world.note(
        message.hashCode(),
        () ->
            "%s -> %s (%s): %s"
                .formatted(
                    from.machine(), to, from.number(), describe(from.application(), message)));
    watchers.forEach(each -> each.sent(from.machine(), to, from.application(), message));
  }

  private static String describe(Application application, Bytes message) {
    try {
      Decoded<?> decoded =
          application == Application.ASAP
              ? AsapMessage.decode(message)
              : EnrpMessage.decode(message);
      return decoded instanceof Decoded.Accepted<?> accepted
          ? String.valueOf(accepted.message())
          : "refused " + message.toHex();
    } catch (MalformedPacketException e) {
      return "malformed " + message.toHex();
    }
  }

  /** Until when nothing passes from one machine to another; some time that is over if it does. */
  long blockedUntil(Machine from, Machine to) {
    return blockedUntil.getOrDefault(new Way(from, to), 0L);
  }

  private boolean isBlocked(Machine one, Machine other) {
    return Math.max(blockedUntil(one, other), blockedUntil(other, one)) > world.millis();
  }

  /** Tries to connect; a machine whose power is off says nothing. */
  void connect(ConnectSpec spec, Machine.Life life, long number) {
    Machine from = life.machine();
    Machine to = machines.get(spec.remote());
    if (to == null || isBlocked(from, to) || !to.isOn() && random.nextBoolean()) {
      world.after(
          CONNECT_TIMEOUT_MILLIS, () -> life.ended(number, "connect-failed: nobody answers"));
      return;
    }
    world.after(delay() + 1L, () -> arrive(spec, life, number, to));
  }

  private void arrive(ConnectSpec spec, Machine.Life life, long number, Machine to) {
    Machine.Life there = to.life();
    if (!life.isWanted(number)) {
      return;
    }
    if (there == null || to.listensAt(spec.port()) != spec.application()) {
      life.ended(number, "connect-failed: refused");
      return;
    }
    boolean isExpected =
        life.machine().identity().isEmpty()
            || to.identity()
                .filter(
                    peer ->
                        spec.expected().peerId().map(peer.peerId()::equals).orElse(true)
                            && peer.roles().stream().anyMatch(spec.expected().roles()::contains))
                .isPresent();
    if (!isExpected) {
      life.ended(number, "handshake-failed: it is somebody else");
      return;
    }
    Cable cable = new Cable(this, ++numbers, spec.application());
    cables.removeIf(Cable::isOver);
    cables.add(cable);
    cable.join(life, number, there, there.accepted());
    world.note(
        numbers,
        () -> "connection " + cable + ": " + spec.application() + " " + life + " -> " + there);
    there.opened(cable.far());
    world.after(delay(), () -> life.opened(cable.near()));
  }

  /** For so long nothing passes from one machine to another. */
  void block(Machine from, Machine to, long millis) {
    long until = world.millis() + millis;
    blockedUntil.merge(new Way(from, to), until, Math::max);
    if (millis > USER_TIMEOUT_MILLIS) {
      for (Cable cable : cables) {
        if (cable.isBetween(from, to)) {
          timeOut(cable.near());
          timeOut(cable.far());
        }
      }
    }
  }

  /** Keep-alive probes are lost in either direction. */
  private void timeOut(Cable.End end) {
    long after = USER_TIMEOUT_MILLIS + random.nextInt(USER_TIMEOUT_MILLIS);
    world.after(
        after,
        () -> {
          if (isBlocked(end.machine(), end.other().machine())) {
            end.end("connection-lost: timed out");
          }
        });
  }

  /** A connection breaks, if there is one; one end may hear of it late. */
  void breakOne() {
    List<Cable> open = cables.stream().filter(each -> !each.isOver()).toList();
    if (!open.isEmpty()) {
      breakOff(open.get(random.nextInt(open.size())));
    }
  }

  private void breakOff(Cable cable) {
    world.note("connection " + cable + " breaks");
    cable.lose();
    hears(cable.near());
    hears(cable.far());
  }

  /** An end is to hear that the connection is over, perhaps late. */
  void hears(Cable.End end) {
    int late = random.nextInt(4) == 0 ? LATE_MILLIS : 100;
    world.after(random.nextInt(late), () -> end.end("connection-lost: reset"));
  }

  /** The machine at this end has no power any more, or only its process has ended. */
  void vanished(Cable.End end) {
    end.vanish();
    hears(end.other());
  }

  /** Somebody sends to an end that is closed. */
  void reset(Cable.End sender) {
    world.after(delay(), () -> sender.end("connection-lost: reset"));
  }

  /** Everything goes through from now on. */
  void heal() {
    blockedUntil.clear();
    mostDelayMillis = 2;
    for (Cable each : cables) {
      world.after(0, each.near()::deliver);
      world.after(0, each.far()::deliver);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.testkit.sim.SimWorld;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;

/** A host with one core, which lives from a boot to the next crash or stop. */
final class Machine {
  private static final long NANOS = 1_000_000;

  private final String name;
  private final Ipv6 address;
  private final Optional<AuthenticatedPeer> identity;
  private final PoolNet net;
  private final SimWorld world;
  private final Map<Integer, Application> listening = new HashMap<>();
  private Runnable afterwards = () -> {};
  private Life life;
  private int boots;

  /**
   * One that is off.
   *
   * @param identity what it proves to be; empty if it cannot prove anything
   */
  Machine(PoolNet net, String name, Ipv6 address, Optional<AuthenticatedPeer> identity) {
    this.net = net;
    this.world = net.world();
    this.name = name;
    this.address = address;
    this.identity = identity;
    net.attach(this);
  }

  void listen(Application application) {
    listening.put(application.streamPort(), application);
  }

  /** What is spoken at a port; null if nothing is. */
  Application listensAt(int port) {
    return listening.get(port);
  }

  String name() {
    return name;
  }

  Ipv6 address() {
    return address;
  }

  Optional<AuthenticatedPeer> identity() {
    return identity;
  }

  boolean isOn() {
    return life != null;
  }

  /** Null if it is off. */
  Life life() {
    return life;
  }

  /** Something to be looked at whenever its core has done something. */
  void afterwards(Runnable check) {
    afterwards = check;
  }

  /** Switches it on, if it is not. */
  void boot(BiFunction<Sessions, Long, SessionEvents> core) {
    if (life == null) {
      boots++;
      world.note(name + " starts");
      life = new Life();
      life.begin(core);
    }
  }

  /** Its process is killed or its power goes. */
  void crash() {
    if (life != null) {
      world.note(name + " is off");
      Life gone = life;
      life = null;
      gone.vanish();
    }
  }

  /** Has its core do something now, with its time; nothing if it is off. */
  void order(LongConsumer command) {
    if (life != null) {
      life.tell(command);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** From a boot to its end. */
  final class Life implements Sessions {
    private final long began = world.millis();
    private final Map<Long, Cable.End> open = new HashMap<>();
    private final Set<Long> trying = new HashSet<>();
    private final int boot = boots;
    private SessionEvents core;
    private SimWorld.Event alarm;
    private long alarmAt = SessionEvents.NEVER;
    private long numbers;

    Machine machine() {
      return Machine.this;
    }

    private void begin(BiFunction<Sessions, Long, SessionEvents> maker) {
      core = maker.apply(this, now());
      rearm();
    }

    long now() {
      return (world.millis() - began) * NANOS;
    }

    private boolean isOver() {
      return life != this;
    }

    private void tell(LongConsumer what) {
      if (!isOver()) {
        what.accept(now());
        rearm();
        afterwards.run();
      }
    }

    private void rearm() {
      long wanted = isOver() ? SessionEvents.NEVER : core.deadline();
      if (wanted == alarmAt) {
        return;
      }
      alarmAt = wanted;
      if (alarm != null) {
        alarm.cancel();
      }
      if (wanted != SessionEvents.NEVER) {
        long nanos = Math.max(0, Math.max(wanted, now()) - now());
        alarm = world.after((nanos + NANOS - 1) / NANOS, this::ring);
      }
    }

    private void ring() {
      alarmAt = SessionEvents.NEVER;
      tell(core::onTimer);
    }

    private void vanish() {
      if (alarm != null) {
        alarm.cancel();
      }
      List.copyOf(open.values()).forEach(net::vanished);
      open.clear();
    }

    @Override
    public long connect(ConnectSpec to) {
      long number = ++numbers;
      if (!isOver()) {
        trying.add(number);
        net.connect(to, this, number);
      }
      return number;
    }

    /** Whether the core has not given a try up. */
    boolean isWanted(long number) {
      return !isOver() && trying.contains(number);
    }

    /** The number of a connection that somebody else has made. */
    long accepted() {
      trying.add(++numbers);
      return numbers;
    }

    void opened(Cable.End end) {
      if (!isWanted(end.session())) {
        end.close();
        return;
      }
      if (end.isOpen()) {
        trying.remove(end.session());
        open.put(end.session(), end);
        Machine other = end.other().machine();
        boolean isProved = identity.isPresent() && other.identity.isPresent();
        Caller caller =
            new Caller(
                end.application(),
                other.address,
                isProved ? other.identity : Optional.empty(),
                isProved ? Assurance.PRIVATE : Assurance.NONE);
        tell(now -> core.opened(end.session(), caller, now));
      }
    }

    void message(Cable.End end, Bytes message) {
      if (open.containsKey(end.session())) {
        tell(now -> core.message(end.session(), message, now));
      }
    }

    void ended(long number, String why) {
      boolean isKnown = trying.remove(number);
      isKnown |= open.remove(number) != null;
      if (isKnown) {
        tell(now -> core.ended(number, why, now));
      }
    }

    boolean isOpen(long session) {
      return open.containsKey(session);
    }

    @Override
    public boolean send(long session, Bytes message) {
      Cable.End end = open.get(session);
      return end != null && end.send(message);
    }

    @Override
    public void close(long session, String why) {
      trying.remove(session);
      Cable.End end = open.remove(session);
      if (end != null) {
        end.close();
      }
    }

    @Override
    public String toString() {
      return name + "#" + boot;
    }
  }
}

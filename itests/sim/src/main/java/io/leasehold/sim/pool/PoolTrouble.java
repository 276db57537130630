// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.testkit.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What goes wrong in a world of pools, until it ends. */
final class PoolTrouble {
  private static final int LATE_MILLIS = 400;

  private final SimWorld world;
  private final PoolScene scene;
  private final RandomGenerator random;
  private final List<Runnable> strikes = new ArrayList<>();
  private boolean strikesWinner;
  private boolean ended;

  PoolTrouble(SimWorld world, PoolScene scene) {
    this.world = world;
    this.scene = scene;
    this.random = world.random("trouble");
    List<Runnable> all =
        List.of(
            this::crashRegistrar,
            this::crashElement,
            this::crashUser,
            scene.net::breakOne,
            this::block,
            this::part,
            this::change,
            this::flap,
            this::strikeWinner,
            this::restartAll,
            this::restartWithin);
    // Each world has a few kinds of trouble, so that some have one alone.
    for (Runnable each : all) {
      if (random.nextInt(3) > 0) {
        strikes.add(each);
      }
    }
    strikes.add(this::change);
    scene.net.watch(this::sent);
  }

  /** Switches everybody on, and lets trouble begin. */
  void begin() {
    scene.net.mostDelay(random.nextInt(3) == 0 ? LATE_MILLIS : random.nextInt(20));
    int spread = random.nextBoolean() ? 1 : 30_000;
    scene.registrars.forEach(each -> later(spread, each::boot));
    scene.elements.forEach(each -> later(spread, each::boot));
    scene.users.forEach(each -> later(spread, each::boot));
    scene.rogues.forEach(each -> later(60_000, each));
    plan();
  }

  /** Ends all trouble, and switches everybody on again. */
  void end() {
    ended = true;
    world.note("trouble is over");
    scene.endRogues();
    scene.net.heal();
    scene.registrars.forEach(SimRegistrar::boot);
    scene.elements.forEach(SimElement::boot);
    scene.users.forEach(SimUser::boot);
  }

  private void plan() {
    later(
        20_000,
        () -> {
          strikes.get(random.nextInt(strikes.size())).run();
          plan();
        });
  }

  private void later(int mostMillis, Runnable what) {
    world.after(
        random.nextInt(mostMillis),
        () -> {
          if (!ended) {
            what.run();
          }
        });
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private int downtime() {
    return random.nextInt(3) == 0 ? 90_000 : 5000;
  }

  private void crashRegistrar() {
    crash(any(scene.registrars));
  }

  private void crash(SimRegistrar registrar) {
    registrar.machine().crash();
    later(downtime(), registrar::boot);
  }

  private void crashElement() {
    SimElement element = any(scene.elements);
    element.machine().crash();
    later(downtime(), element::boot);
  }

  private void crashUser() {
    SimUser user = any(scene.users);
    user.machine().crash();
    later(downtime(), user::boot);
  }

  private void restartAll() {
    scene.registrars.forEach(this::crash);
  }

  /** So short that nobody misses it before it is back, with another identifier. */
  private void restartWithin() {
    SimRegistrar registrar = any(scene.registrars);
    registrar.machine().crash();
    later(200, registrar::boot);
  }

  private void flap() {
    for (int i = 0; i < 6; i++) {
      later(5000, scene.net::breakOne);
    }
  }

  /** Nothing passes between two machines, or only in one direction. */
  private void block() {
    Machine one = any(scene.machines());
    Machine other = any(scene.machines());
    long millis = random.nextLong(random.nextBoolean() ? 5000 : 90_000);
    int which = 1 + random.nextInt(3);
    world.note("blocked: " + one + " and " + other + " for " + millis + " ms, " + which);
    if ((which & 1) != 0) {
      scene.net.block(one, other, millis);
    }
    if ((which & 2) != 0) {
      scene.net.block(other, one, millis);
    }
  }

  /** The network falls into two parts. */
  private void part() {
    long millis = random.nextLong(2000, 60_000);
    List<Machine> here = new ArrayList<>();
    List<Machine> there = new ArrayList<>();
    scene.machines().forEach(each -> (random.nextBoolean() ? here : there).add(each));
    world.note("parted: " + here + " and " + there + " for " + millis + " ms");
    for (Machine one : here) {
      for (Machine other : there) {
        scene.net.block(one, other, millis);
        scene.net.block(other, one, millis);
      }
    }
  }

  /** A server is ready, is not, or has another rank. */
  private void change() {
    any(scene.elements).readiness(random.nextInt(3) > 0, random.nextInt(4) * 50L);
  }

  /** A registrar goes, and so does whoever takes it over, as soon as it says so. */
  private void strikeWinner() {
    if (scene.registrars.size() > 2) {
      strikesWinner = true;
      SimRegistrar first = any(scene.registrars);
      first.machine().crash();
      later(90_000, first::boot);
    }
  }

  private void sent(Machine from, Machine to, Application application, Bytes message) {
    boolean isWinning =
        application == Application.ENRP
            && (message.at(0) == EnrpMessage.TAKEOVER_SERVER
                || message.at(0) == EnrpMessage.INIT_TAKEOVER && random.nextBoolean());
    if (strikesWinner && isWinning && !ended) {
      scene.registrars.stream()
          .filter(each -> each.machine() == from)
          .findFirst()
          .ifPresent(
              winner -> {
                strikesWinner = false;
                later(1 + random.nextInt(50), () -> crash(winner));
              });
    }
  }
}

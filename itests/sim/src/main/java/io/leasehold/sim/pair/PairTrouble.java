// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.endpoint.Order;
import io.leasehold.testkit.sim.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Lets things go wrong with a pair, one after the other and together, until {@link #end}. */
final class PairTrouble {
  /** Clocks are set no further from the right time than that, in milliseconds. */
  private static final long MOST_OFFSET = 2000;

  /** The same of those that are wrong. */
  private static final long MOST_WRONG_OFFSET = 600_000;

  private final SimPair pair;
  private final PairScenario scenario;
  private final RandomGenerator random;
  private final List<Runnable> strikes = new ArrayList<>();
  private final List<Runnable> alone = new ArrayList<>();

  /** Whose partner was told that it is down, and which has not learned that yet; or null. */
  private PairServer declaredDown;

  /** Whether that one is on its way back: nothing must keep it from hearing its partner. */
  private boolean returning;

  private boolean ended;

  PairTrouble(SimPair pair, PairScenario scenario) {
    this.pair = pair;
    this.scenario = scenario;
    this.random = pair.world.random("trouble");
    strikes.add(() -> pair.isolate(any(), random.nextLong(1000, 100_000)));
    strikes.add(() -> pair.split(random.nextLong(1000, 200_000)));
    alone.add(() -> pair.isolate(other(declaredDown), random.nextLong(1000, 60_000)));
    alone.add(() -> startAnew(other(declaredDown)));
    add(PairScenario.Kind.WIRE, this::hold, this::cut, this::sever, this::sever, this::flap);
    add(PairScenario.Kind.POWER, this::crash, this::crashWithin, this::restart, this::crashBoth);
    add(PairScenario.Kind.DISK, this::loseDisk);
    add(PairScenario.Kind.CLOCK, this::setClock);
    add(PairScenario.Kind.WRONG_CLOCK, () -> setClock(any(), MOST_WRONG_OFFSET));
    add(PairScenario.Kind.PARTNER_DOWN, this::partnerDown);
    add(PairScenario.Kind.MISTAKE, this::mistake, this::force);
    add(PairScenario.Kind.STORE, this::failStore);
    add(PairScenario.Kind.OPERATOR, this::drain, this::learnAnew);
  }

  private void add(PairScenario.Kind kind, Runnable... more) {
    if (scenario.has(kind)) {
      strikes.addAll(List.of(more));
    }
  }

  private PairServer any() {
    return pair.servers.get(random.nextInt(2));
  }

  private PairServer other(PairServer than) {
    return pair.servers.get(than == pair.servers.get(0) ? 1 : 0);
  }

  /** Begins. */
  void begin() {
    if (scenario.has(PairScenario.Kind.CLOCK)) {
      pair.servers.forEach(server -> setClock(server, MOST_OFFSET));
    }
    pair.network.faults(random.nextInt(3) == 0 ? Faults.BAD : new Faults(0, 200, 5, 5));
    pair.onlyOne(random.nextInt(3) * 10);
    pair.wire.mostDelay(random.nextInt(3) == 0 ? 1500 : 20);
    for (PairServer server : pair.servers) {
      server.losesHints(scenario.has(PairScenario.Kind.HINTS) ? 10 : 0);
      server.store().stalls(random.nextInt(4));
    }
    plan();
  }

  /** Ends all trouble. */
  void end() {
    ended = true;
    declaredDown = null;
    pair.heal();
    for (PairServer server : pair.servers) {
      setClockTo(server, 0);
    }
  }

  private void plan() {
    pair.world.after(
        random.nextLong(500, 40_000),
        () -> {
          if (!isQuiet()) {
            strikes.get(random.nextInt(strikes.size())).run();
          } else if (!ended && !returning) {
            alone.get(random.nextInt(alone.size())).run();
          }
          if (!ended) {
            plan();
          }
        });
  }

  private void hold() {
    int which = 1 + random.nextInt(3);
    pair.wire.hold((which & 1) != 0, (which & 2) != 0, random.nextLong(1000, 20_000));
  }

  private void cut() {
    int which = 1 + random.nextInt(3);
    pair.wire.cut(
        (which & 1) != 0,
        (which & 2) != 0,
        random.nextLong(1000, random.nextInt(3) == 0 ? 300_000 : 40_000));
  }

  /** The servers do not hear each other, nor the same clients. */
  private void sever() {
    long millis = random.nextLong(20_000, 300_000);
    pair.wire.cut(true, true, millis);
    pair.split(millis + random.nextLong(20_000));
  }

  private void flap() {
    for (int i = 0; i < 5; i++) {
      pair.world.after(
          random.nextLong(20_000),
          () -> {
            if (!isQuiet()) {
              pair.wire.breakOff();
            }
          });
    }
  }

  private void crash() {
    crash(any());
  }

  private void crash(PairServer server) {
    if (server.isOn()) {
      server.crash();
      pair.world.after(anyDowntime(), server::boot);
    }
  }

  private long anyDowntime() {
    return random.nextLong(100, random.nextInt(4) == 0 ? 200_000 : 10_000);
  }

  private void crashWithin() {
    any().losesPowerIn(1 + random.nextInt(30));
  }

  private void crashBoth() {
    crash(any());
    pair.world.after(
        random.nextLong(2000),
        () -> {
          if (!isQuiet()) {
            pair.servers.forEach(this::crash);
          }
        });
  }

  private void restart() {
    PairServer server = any();
    server.stop();
    pair.world.after(2000 + anyDowntime(), server::boot);
  }

  private void loseDisk() {
    PairServer server = any();
    if (loseDisk(server)) {
      pair.world.after(anyDowntime(), server::boot);
    }
  }

  /** Nothing helps against the loss of both; so one is lost only when the other has everything. */
  private boolean loseDisk(PairServer server) {
    boolean isPossible = other(server).isComplete();
    if (isPossible) {
      pair.promises.loses(server);
      server.loseDisk();
    }
    return isPossible;
  }

  /** Nothing can be written any more, until somebody sees that and starts it anew. */
  private void failStore() {
    PairServer server = any();
    if (server.isOn()) {
      server.failStore();
      pair.world.after(random.nextLong(5000), () -> startAnew(server));
    }
  }

  /** Soon, if nothing else may go wrong meanwhile. */
  private void startAnew(PairServer server) {
    if (isQuiet() && server.isOn()) {
      server.crash();
      server.boot();
    } else {
      crash(server);
    }
  }

  private void setClock() {
    setClock(any(), MOST_OFFSET);
  }

  private void setClock(PairServer server, long most) {
    setClockTo(server, random.nextLong(-most, most));
  }

  private void setClockTo(PairServer server, long offset) {
    long by = offset - server.setup().clock().offset();
    if (by != 0) {
      pair.world.note("the clock of " + server.name() + " is set by " + by + " ms");
      server.setup().clock().jump(by);
    }
  }

  /**
   * An operator sees that a server has no power, and says so to the other: not to one that has lost
   * its disk and learned nothing yet, or waits until what it promised before has ended. It can be
   * forced to serve all the same, at the risk of two owners.
   */
  private void partnerDown() {
    PairServer down = any();
    PairServer up = other(down);
    if (!up.isStarted() || up.isIn(ServerState.RECOVER) || up.isIn(ServerState.RECOVER_WAIT)) {
      return;
    }
    down.crash();
    if (scenario.has(PairScenario.Kind.DISK) && random.nextInt(4) == 0) {
      loseDisk(down);
    }
    down.stayAway(true);
    up.losesPowerIn(0);
    declaredDown = down;
    Order order = random.nextInt(4) == 0 ? Order.FORCED_PARTNER_DOWN : Order.PARTNER_DOWN;
    pair.world.after(random.nextLong(1000, 30_000), () -> up.order(order));
    pair.world.after(random.nextLong(35_000, 400_000), () -> comeBack(down));
  }

  /**
   * It must hear from its partner before it may serve, since that one has taken over what was its
   * own: the operator sees to it.
   */
  private void comeBack(PairServer down) {
    if (ended) {
      return;
    }
    pair.wire.heal();
    if (scenario.has(PairScenario.Kind.WRONG_CLOCK)) {
      // Partners whose clocks are minutes apart do not talk (RFC 8156 section 7.1).
      pair.servers.forEach(server -> setClockTo(server, 0));
    }
    returning = true;
    if (other(down).isStarted()) {
      down.stayAway(false);
      down.boot();
    }
    if (down.isStarted()) {
      declaredDown = null;
      returning = false;
    } else {
      pair.world.after(500, () -> comeBack(down));
    }
  }

  /** Whether nothing may go wrong that has been planned. */
  private boolean isQuiet() {
    return ended || declaredDown != null;
  }

  /**
   * The servers do not hear each other, and an operator takes that for the end of one of them, or
   * tells both that they are alone.
   */
  private void mistake() {
    excuse();
    long millis = random.nextLong(60_000, 400_000);
    pair.wire.cut(true, true, millis);
    pair.split(millis);
    int which = 1 + random.nextInt(3);
    for (int i = 0; i < pair.servers.size(); i++) {
      PairServer server = pair.servers.get(i);
      if ((which & 1 << i) != 0) {
        pair.world.after(random.nextLong(12_000, 60_000), () -> order(server, Order.PARTNER_DOWN));
      }
    }
  }

  /** One has lost its disk and is forced to serve before it could learn from the other. */
  private void force() {
    PairServer server = any();
    PairServer away = other(server);
    if (loseDisk(server)) {
      excuse();
      away.crash();
      server.boot();
      pair.world.after(
          random.nextLong(25_000, 50_000), () -> order(server, Order.FORCED_PARTNER_DOWN));
      pair.world.after(random.nextLong(30_000, 150_000), away::boot);
    }
  }

  private void excuse() {
    pair.promises.excuse();
    pair.rules.excuse();
  }

  private void order(PairServer server, Order order) {
    if (!ended) {
      server.order(order);
    }
  }

  private void drain() {
    PairServer server = any();
    server.order(Order.DRAIN);
    pair.world.after(random.nextLong(40_000, 120_000), () -> renew(server));
  }

  /** A drained server serves again when it has been restarted. */
  private void renew(PairServer server) {
    if (declaredDown == null) {
      server.crash();
      server.boot();
    } else {
      pair.world.after(5000, () -> renew(server));
    }
  }

  private void learnAnew() {
    any().order(Order.FORCE_RECOVER);
  }
}

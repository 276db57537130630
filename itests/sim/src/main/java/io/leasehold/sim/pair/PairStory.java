// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.endpoint.Order;
import io.leasehold.testkit.sim.Faults;
import io.leasehold.testkit.sim.SimHost;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A history in which two clients get one lease if a certain rule is not kept, and that chance would
 * hardly ever draw. Only its times are left to chance, and so is who has what.
 */
final class PairStory {
  /** A second, of the world. */
  private static final long SECOND = 1000;

  private final SimPair pair;
  private final PairScenario scenario;
  private final RandomGenerator random;

  /** What serves while nobody hears of it. */
  private final PairServer loner;

  private final PairServer partner;

  /** How long a lease lasts of which the partner has not heard. */
  private final long firstMillis;

  private boolean over;

  PairStory(SimPair pair, PairScenario scenario) {
    this.pair = pair;
    this.scenario = scenario;
    this.random = pair.world.random("story");
    int which = random.nextInt(2);
    this.loner = pair.servers.get(which);
    this.partner = pair.servers.get(1 - which);
    this.firstMillis =
        SECOND * Math.min(scenario.plan().validSeconds(), scenario.plan().mcltSeconds());
  }

  /** Begins, as soon as both servers have come together, and clients have what it is about. */
  void begin() {
    pair.network.faults(new Faults(0, 200, 5, 5));
    pair.wire.mostDelay(20);
    pair.servers.forEach(server -> server.store().stalls(random.nextInt(4)));
    whenTogether(random.nextLong(30 * SECOND));
  }

  /** Whether it has been told. */
  boolean isOver() {
    return over;
  }

  private void whenTogether(long delayMillis) {
    boolean isServed = scenario.plot() != PairScenario.Plot.ECHO || pair.everybodyIsServed();
    if (!isServed || !pair.areBoth(ServerState.NORMAL)) {
      after(SECOND, () -> whenTogether(delayMillis));
      return;
    }
    after(
        delayMillis,
        () -> {
          switch (scenario.plot()) {
            case TAKEOVER -> takeover();
            case AMNESIA -> amnesia();
            case ECHO -> echo();
            case NONE -> end();
          }
        });
  }

  /** Nothing of it happens any more. */
  void end() {
    over = true;
  }

  private void after(long delayMillis, Runnable what) {
    pair.world.after(
        delayMillis,
        () -> {
          if (!over) {
            what.run();
          }
        });
  }

  /**
   * The loner extends leases of its partner's half; it dies, and its partner is told to take over,
   * and asked for more than is free. Nobody may get what clients have by the loner's word: that
   * goes beyond what the partner has acknowledged, and by up to the MCLT.
   */
  private void takeover() {
    onlyHears(loner, pair.clients);
    onlyHears(partner, pair.crowd);
    long cut = random.nextLong(firstMillis * 6 / 10);
    long death = cut + random.nextLong(firstMillis / 6, firstMillis * 6 / 10);
    long order = death + random.nextLong(SECOND, 6 * SECOND);
    long end = order + scenario.plan().validSeconds() * 12 / 10 * SECOND;
    after(cut, () -> pair.wire.cut(true, true, end));
    after(
        death,
        () -> {
          loner.crash();
          loner.stayAway(true);
        });
    after(order, this::takeOver);
    pair.crowd.forEach(client -> client.start(order + random.nextLong(end - order)));
    after(end, this::end);
  }

  private void takeOver() {
    boolean hasNoticed = partner.isIn(ServerState.COMMUNICATIONS_INTERRUPTED);
    partner.order(hasNoticed ? Order.PARTNER_DOWN : Order.FORCED_PARTNER_DOWN);
  }

  /**
   * The loner gives leases of which nobody hears, loses its disk, and learns from its partner at
   * once. It must give nothing until they have ended.
   */
  private void amnesia() {
    long loss = random.nextLong(6 * SECOND, 25 * SECOND);
    pair.wire.cut(true, true, loss);
    onlyHears(partner, pair.clients);
    onlyHears(loner, pair.crowd);
    int early = (pair.crowd.size() + 1) / 2;
    List<SimHost> before = pair.crowd.subList(0, early);
    before.forEach(client -> client.start(random.nextLong(loss)));
    after(
        loss,
        () -> {
          pair.promises.loses(loner);
          loner.loseDisk();
          onlyHears(partner, before);
          after(random.nextLong(2 * SECOND), loner::boot);
        });
    pair.crowd
        .subList(early, pair.crowd.size())
        .forEach(client -> client.start(loss + random.nextLong(firstMillis / 2)));
    after(loss + firstMillis, this::end);
  }

  /**
   * Clients give back what is the partner's to give; it takes that, and gives it to others, but
   * does not come through with its word. The loner must not take it for its own.
   */
  private void echo() {
    onlyHears(loner, pair.clients);
    onlyHears(partner, pair.crowd);
    long cut = random.nextLong(firstMillis * 6 / 10, firstMillis * 12 / 10);
    long end = cut + random.nextLong(90 * SECOND, 150 * SECOND);
    boolean isFirst = partner == pair.servers.get(0);
    after(cut, () -> pair.wire.hold(isFirst, !isFirst, end - cut));
    pair.clients.forEach(client -> after(cut + random.nextLong(8 * SECOND), client::giveBack));
    pair.crowd.forEach(client -> client.start(cut + random.nextLong(30 * SECOND)));
    after(end, this::end);
  }

  private void onlyHears(PairServer server, List<SimHost> some) {
    some.forEach(client -> pair.onlyHears(server, client));
  }
}

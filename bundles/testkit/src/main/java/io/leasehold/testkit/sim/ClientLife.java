// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a simulated client is about: its open question, its plans, and its moods.
 *
 * @param <Q> its questions
 */
final class ClientLife<Q> {
  final SimWorld world;
  final RandomGenerator random;
  private final Consumer<SimExchange<Q>> sender;
  private final List<SimWorld.Event> plans = new ArrayList<>();
  private SimExchange<Q> exchange;
  private boolean resting;

  ClientLife(SimWorld world, RandomGenerator random, Consumer<SimExchange<Q>> sender) {
    this.world = world;
    this.random = random;
    this.sender = sender;
  }

  /** The open question; null if there is none. */
  SimExchange<Q> exchange() {
    return exchange;
  }

  /** Does something after a while, unless plans change. */
  void plan(long delayMillis, Runnable action) {
    plans.add(world.after(delayMillis, action));
  }

  /** Forgets the open question and all plans. */
  void dropPlans() {
    plans.forEach(SimWorld.Event::cancel);
    plans.clear();
    if (exchange != null) {
      exchange.end();
      exchange = null;
    }
  }

  /** Asks a question, and nothing else any more. */
  void begin(Q question, Patience patience) {
    dropPlans();
    exchange = new SimExchange<>(world, random, question, patience, sender);
    exchange.transmit();
  }

  /** From now on there is no mischief. */
  void rest() {
    resting = true;
  }

  boolean mischief(int percent) {
    return !resting && random.nextInt(100) < percent;
  }

  void unlessResting(Runnable action) {
    if (!resting) {
      action.run();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One question of a client, repeated until it is answered or given up (RFC 8415 section 15).
 *
 * @param <Q> its questions
 */
final class SimExchange<Q> {
  private final SimWorld world;
  private final RandomGenerator random;
  private final Q question;
  private final Patience patience;
  private final Consumer<SimExchange<Q>> sender;
  private final long started;
  private SimWorld.Event timer;
  private int transmissions;
  private long wait;

  SimExchange(
      SimWorld world,
      RandomGenerator random,
      Q question,
      Patience patience,
      Consumer<SimExchange<Q>> sender) {
    this.world = world;
    this.random = random;
    this.question = question;
    this.patience = patience;
    this.sender = sender;
    this.started = world.millis();
  }

  Q question() {
    return question;
  }

  /** When it was sent first. */
  long started() {
    return started;
  }

  /** Sends the question, now and until {@link #end} or the end of patience. */
  void transmit() {
    transmissions++;
    Retransmission pattern = patience.pattern();
    wait = transmissions == 1 ? pattern.first(random) : pattern.next(wait, random);
    boolean last = pattern.count() != 0 && transmissions >= pattern.count();
    long left = patience.deadlineMillis() - world.millis();
    timer =
        left <= wait
            ? world.after(left, patience.whenOver())
            : world.after(wait, last ? patience.whenOver() : this::transmit);
    sender.accept(this);
  }

  void end() {
    timer.cancel();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Records what the partner has acknowledged, all of one turn together. One edit is on its way at a
 * time; what comes meanwhile is the next one. It outlives the connection: the partner has said so.
 */
final class AckWriter {
  private final Outbox outbox;
  private final Way way;
  private final BiConsumer<List<Ack>, Moment> written;
  private List<Ack> waiting = new ArrayList<>();
  private boolean isWriting;
  private boolean hasFailed;

  /** How leases are changed. */
  interface Way {
    void change(List<Edit> edits, Completion<List<Outcome>> next);
  }

  /**
   * What an answer means for a lease.
   *
   * @param edit what becomes of it
   * @param connection on which it was answered
   */
  record Ack(Edit edit, long connection) {}

  /**
   * A writer.
   *
   * @param way by which it is recorded
   * @param written hears of what was tried, whether or not it is recorded
   */
  AckWriter(Outbox outbox, Way way, BiConsumer<List<Ack>, Moment> written) {
    this.outbox = outbox;
    this.way = way;
    this.written = written;
  }

  void add(Ack ack) {
    waiting.add(ack);
  }

  /** Whether something could not be recorded since this was asked last: it is said again. */
  boolean hasFailed() {
    boolean had = hasFailed;
    hasFailed = false;
    return had;
  }

  /** Writes what waits. */
  void write() {
    if (isWriting || waiting.isEmpty()) {
      return;
    }
    List<Ack> round = waiting;
    waiting = new ArrayList<>();
    isWriting = true;
    way.change(
        round.stream().map(Ack::edit).toList(),
        new Completion<>() {
          @Override
          public void done(List<Outcome> outcomes, Moment now) {
            over(round, now);
          }

          @Override
          public void failed(String why, Moment now) {
            hasFailed = true;
            outbox.warn("answers of the partner cannot be recorded: " + why);
            over(round, now);
          }
        });
  }

  private void over(List<Ack> round, Moment now) {
    isWriting = false;
    write();
    written.accept(round, now);
  }
}

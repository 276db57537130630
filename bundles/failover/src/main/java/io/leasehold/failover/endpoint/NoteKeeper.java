// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.UnaryOperator;

/**
 * The stored record of an endpoint. One change is under way at a time, each made of what is durable
 * then, so that a change that failed is in nothing that follows it. Owner: the endpoint's thread.
 */
final class NoteKeeper {
  private record Change(UnaryOperator<EndpointRecord> how, Completion<Void> next) {}

  private final Outbox outbox;
  private final UnaryOperator<EndpointRecord> latest;
  private final Queue<Change> waiting = new ArrayDeque<>();
  private EndpointRecord durable;
  private boolean isWriting;
  private boolean isTouched;
  private Optional<String> trouble = Optional.empty();
  private long failures;

  /**
   * Begins with what is stored, or with what counts where nothing is.
   *
   * @param latest adds what is only worth keeping, whenever something is written
   */
  NoteKeeper(EndpointRecord stored, UnaryOperator<EndpointRecord> latest, Outbox outbox) {
    this.durable = stored;
    this.latest = latest;
    this.outbox = outbox;
  }

  /** What is stored. */
  EndpointRecord durable() {
    return durable;
  }

  /** Why nothing can be stored, as long as that is so. */
  Optional<String> trouble() {
    return trouble;
  }

  /** How many writes have failed. */
  long failures() {
    return failures;
  }

  /** Stores a change; what follows it is told when it is durable, or that it is not. */
  void change(UnaryOperator<EndpointRecord> how, Completion<Void> next) {
    waiting.add(new Change(how, next));
    write();
  }

  /** Stores what is only worth keeping; nothing waits for it, and the next write has it, too. */
  void touch() {
    isTouched = true;
    write();
  }

  private void write() {
    if (isWriting || waiting.isEmpty() && !isTouched) {
      return;
    }
    isWriting = true;
    isTouched = false;
    Change change = waiting.poll();
    EndpointRecord changed = change == null ? durable : change.how.apply(durable);
    EndpointRecord written = latest.apply(changed);
    outbox.persist(
        written.encode(),
        new Completion<>() {
          @Override
          public void done(Void result, Moment now) {
            isWriting = false;
            durable = written;
            trouble = Optional.empty();
            if (change != null) {
              change.next.done(null, now);
            }
            write();
          }

          @Override
          public void failed(String why, Moment now) {
            isWriting = false;
            failures++;
            trouble = Optional.of(why);
            if (change != null) {
              change.next.failed(why, now);
            }
            write();
          }
        });
  }
}

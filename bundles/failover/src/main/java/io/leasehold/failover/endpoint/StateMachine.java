// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;

/**
 * The state of an endpoint (RFC 8156 section 8, figure 6; {@link StateTable} has its arrows). What
 * would change it is looked at anew whenever something has happened, and after each change: not an
 * event decides but how things stand, so that none is lost while a change is under way. A state is
 * entered when it is durable; while nothing can be stored, none is. Owner: the endpoint's thread.
 */
final class StateMachine {
  /** Pause after a state could not be stored. */
  static final long RETRY_SECONDS = 5;

  /** Who knows why a state would end, and what follows. */
  interface Guide {
    /** The change that is due now. */
    Optional<Step> next(ServerState state, Moment now);

    /** A state is about to be stored. */
    void entering(Step step, Moment now);

    /** A state is durable, and is the state from now on. */
    void entered(ServerState former, Step step, Moment now);

    /** A state could not be stored. */
    void failed(Step step, String why, Moment now);

    /** No change is due; comes again after everything that happens. */
    void settled(Moment now);
  }

  private final NoteKeeper notes;
  private final Guide guide;
  private ServerState state = ServerState.STARTUP;
  private boolean isMoving;
  private long retry = Moment.NEVER;
  private long transitions;

  StateMachine(NoteKeeper notes, Guide guide) {
    this.notes = notes;
    this.guide = guide;
  }

  /** The state; STARTUP in the beginning. */
  ServerState state() {
    return state;
  }

  /** Whether a state is being stored. */
  boolean isMoving() {
    return isMoving;
  }

  /** How many states were entered. */
  long transitions() {
    return transitions;
  }

  /** When it is to be tried again, steady nanoseconds. */
  long deadline() {
    return retry;
  }

  /** Something happened: takes the next step if one is due. */
  void settle(Moment now) {
    if (isMoving || retry != Moment.NEVER && !now.isAt(retry)) {
      return;
    }
    retry = Moment.NEVER;
    Optional<Step> step = guide.next(state, now);
    if (step.isPresent()) {
      enter(step.get(), now);
    } else {
      guide.settled(now);
    }
  }

  private void enter(Step step, Moment now) {
    if (!StateTable.canFollow(state, step.to())) {
      throw new IllegalStateException(state + " -> " + step.to() + ": " + step.why());
    }
    isMoving = true;
    guide.entering(step, now);
    notes.change(
        step::on,
        new Completion<>() {
          @Override
          public void done(Void result, Moment at) {
            isMoving = false;
            ServerState former = state;
            state = step.to();
            transitions++;
            guide.entered(former, step, at);
            settle(at);
          }

          @Override
          public void failed(String why, Moment at) {
            isMoving = false;
            retry = at.deadline(RETRY_SECONDS);
            guide.failed(step, why, at);
          }
        });
  }
}

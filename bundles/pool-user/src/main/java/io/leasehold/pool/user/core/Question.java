// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.rserpool.session.SessionEvents;

/**
 * When a registrar is asked of one pool (RFC 5352 sections 3.3 and 3.7.2). Only the home is asked,
 * so that nothing is due while there is none. One thread.
 */
final class Question {
  private final UserSettings settings;
  private boolean waiting;
  private int asked;
  private long due = SessionEvents.NEVER;

  /** What is to be done. */
  enum Step {
    /** Nothing yet. */
    NOTHING,
    /** To ask. */
    ASK,
    /** To ask again, because T1 has expired, and to look for another registrar meanwhile. */
    ASK_AGAIN,
    /** To tell that there was no answer. */
    GIVE_UP
  }

  Question(UserSettings settings) {
    this.settings = settings;
  }

  /** There is a registrar that was not asked yet. */
  void begin(long now) {
    waiting = false;
    asked = 0;
    due = now;
  }

  /** There is no registrar to be asked, or nobody wants to know. */
  void end() {
    waiting = false;
    asked = 0;
    due = SessionEvents.NEVER;
  }

  /** The answer is good for that long, or will not be another one before. */
  void rest(long nanos, long now) {
    waiting = false;
    asked = 0;
    due = now + nanos;
  }

  boolean isWaiting() {
    return waiting;
  }

  /**
   * What is to be done now. After {@link Step#NOTHING} only it is not to be called again at once.
   */
  Step step(long now) {
    if (!Times.isDue(due, now)) {
      return Step.NOTHING;
    }
    if (waiting && asked > settings.retransmits()) {
      rest(UserSettings.DENIAL_NANOS, now);
      return Step.GIVE_UP;
    }
    Step step = waiting ? Step.ASK_AGAIN : Step.ASK;
    waiting = true;
    asked++;
    due = now + settings.request().toNanos();
    return step;
  }

  long deadline() {
    return due;
  }
}

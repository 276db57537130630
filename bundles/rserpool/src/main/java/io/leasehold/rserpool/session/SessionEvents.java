// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.session;

import io.leasehold.net.Bytes;

/**
 * What a core hears. On one thread; must not block. Times are of a steady clock, in nanoseconds;
 * differences have a meaning, values have not.
 */
public interface SessionEvents {
  /** For {@link #deadline}: never. */
  long NEVER = Long.MAX_VALUE;

  /**
   * A connection is open, one that was asked for or one that was accepted.
   *
   * @param session number of the connection, as {@link Sessions#connect} gave it or a new one
   */
  void opened(long session, Caller caller, long now);

  /** A whole message came; it need not be well-formed. */
  void message(long session, Bytes message, long now);

  /**
   * What protects a connection that was asked for is made in another way now: it ends in time, and
   * a new one may be opened before.
   */
  default void outdated(long session, long now) {
    // It will be heard that it has ended.
  }

  /**
   * A connection is over, or could not be opened. Not heard of those that the core closed.
   *
   * @param why for people
   */
  void ended(long session, String why, long now);

  /** The time of {@link #deadline} may have come. */
  void onTimer(long now);

  /**
   * When {@link #onTimer} is to be called, though nothing happens; {@link #NEVER} if not at all.
   */
  long deadline();
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.server.protocol.Precedence;

/**
 * Decides which requests a lane takes in. More conversations than the lane can end in time must not
 * begin: what they cost is lost to those that could have been ended. So few beginnings wait that
 * each of them is answered soon, and none begins while requests that go first have to queue.
 *
 * <p>How long something will wait is told by how much waits and how fast the lane has been lately:
 * that is known at once, while a measured wait tells of the past. A burst may wait longer than a
 * queue that stands; it stands as long as something had to be dropped in the last second.
 *
 * <p>Times are nanoseconds of a clock that never goes back. Asked by any thread; {@link #takes} and
 * {@link #turned} are called by whoever works for the lane.
 */
public final class Admission {
  /** Requests of each kind that a lane takes in one turn if it is slow. */
  static final int FEWEST_PER_TURN = 512;

  /** Beginnings in one turn: few, so that what goes first does not wait long for its end. */
  static final int MOST_BEGINNINGS_PER_TURN = 128;

  private static final int MOST_PER_TURN = 4096;

  private static final long MILLI = 1_000_000;
  private static final long BURST_NANOS = 600 * MILLI;
  private static final long STANDING_NANOS = 50 * MILLI;

  /** How long requests that go first may queue until nobody may begin. */
  private static final long FIRST_NANOS = 100 * MILLI;

  /** How long one turn may take. */
  private static final long TURN_NANOS = 40 * MILLI;

  private static final long CALM_NANOS = 1000 * MILLI;

  /**
   * A little less than the time after which clients ask again: SOL_TIMEOUT and INF_TIMEOUT of RFC
   * 9915 section 7.6 are 1 s, RFC 2131 section 4.1 says 4 s. The answer must reach them before.
   */
  private static final long PATIENCE_NANOS = 900 * MILLI;

  private static final long NEVER = Long.MIN_VALUE;
  private static final int NONE_WANTED = -1;

  private final int capacity;
  private final ServiceRate beginnings = new ServiceRate();
  private final ServiceRate first = new ServiceRate();
  private final ServiceRate decided = new ServiceRate();
  private volatile boolean shed;
  private volatile long lastShed;
  private long busySince = NEVER;
  private int turn;
  private int servedFirst = NONE_WANTED;
  private int servedBeginnings = NONE_WANTED;

  /**
   * Admits to a queue.
   *
   * @param capacity how many requests may wait
   */
  public Admission(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Whether one more request may wait. What is not admitted must be dropped.
   *
   * @param waiting how many requests wait that do not begin anything
   * @param beginning how many wait that do
   */
  public boolean admits(Precedence precedence, int waiting, int beginning, long now) {
    int all = waiting + beginning;
    return switch (precedence) {
      case KEEPS -> all < capacity;
      case COMPLETES -> all < capacity - capacity / 8;
      case BEGINS -> admitsBeginning(waiting, beginning, now);
    };
  }

  private boolean admitsBeginning(int waiting, int beginning, long now) {
    int most = capacity - capacity / 4;
    long nanos = isShedding(now) ? STANDING_NANOS : BURST_NANOS;
    boolean admits =
        waiting + beginning < most
            && beginning < Math.max(MOST_BEGINNINGS_PER_TURN, beginnings.within(nanos, most))
            && waiting <= Math.max(mostPerTurn(), first.within(FIRST_NANOS, most));
    if (!admits) {
      lastShed = now;
      shed = true;
    }
    return admits;
  }

  /**
   * Requests of each kind that a lane takes in one turn; more of them are a queue. While a slow
   * disk syncs, many gather, and only what one turn takes shares the next sync.
   */
  int mostPerTurn() {
    int inTime = decided.within(TURN_NANOS, FEWEST_PER_TURN);
    return Math.max(FEWEST_PER_TURN, Math.min(MOST_PER_TURN, inTime));
  }

  /** Whether beginnings were dropped lately. */
  public boolean isShedding(long now) {
    return shed && now - lastShed < CALM_NANOS;
  }

  /** Whether nobody waits for the answer to a request any more. */
  public boolean isStale(Precedence precedence, long waitedNanos) {
    return precedence == Precedence.BEGINS && waitedNanos > PATIENCE_NANOS;
  }

  /**
   * The lane takes requests out.
   *
   * @param taken how many it takes that do not begin anything
   * @param takenBeginning how many it takes that do
   * @param waiting how many are left of the former
   * @param beginning how many are left of the latter
   */
  void takes(int taken, int takenBeginning, int waiting, int beginning, long now) {
    settle(now);
    busySince = now;
    turn = taken + takenBeginning;
    servedFirst = taken > 0 || waiting > 0 ? taken : NONE_WANTED;
    servedBeginnings = takenBeginning > 0 || beginning > 0 ? takenBeginning : NONE_WANTED;
  }

  /**
   * The lane has decided what it took out. If nothing waits it rests, and that time tells nothing
   * of how fast it is.
   *
   * @param waiting how many wait that do not begin anything
   * @param beginning how many wait that do
   */
  void turned(int waiting, int beginning, long now) {
    if (turn > 0) {
      decided.add(turn, now - busySince);
    }
    takes(0, 0, waiting, beginning, now);
    if (waiting + beginning == 0) {
      busySince = NEVER;
    }
  }

  private void settle(long now) {
    if (busySince != NEVER) {
      if (servedFirst >= 0) {
        first.add(servedFirst, now - busySince);
      }
      if (servedBeginnings >= 0) {
        beginnings.add(servedBeginnings, now - busySince);
      }
    }
  }
}

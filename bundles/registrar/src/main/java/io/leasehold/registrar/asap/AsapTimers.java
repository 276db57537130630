// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import java.time.Duration;

/**
 * Times of a registrar, in nanoseconds.
 *
 * @param keepAlive between two questions to a pool element whether it is alive, on average; each is
 *     asked between half of it and one and a half
 * @param answer in which it has to answer
 * @param gap between two questions to it at least (RFC 5352 section 3.5)
 * @param lost after the end of its connection, until it counts as one that could not be sent to
 * @param reports for how long it is remembered who reported it
 * @param update between two accounts of one pool to its subscribers
 * @param takeover between questions to pool elements that were another registrar's
 * @param returning in which these have to answer, or register here; and between two times that one
 *     is told that another registrar owns it
 * @param lifeUnit of a registration life on the wire: a second (RFC 5354 section 3.10), or a
 *     millisecond, as rsplib has it
 */
public record AsapTimers(
    long keepAlive,
    long answer,
    long gap,
    long lost,
    long reports,
    long update,
    long takeover,
    long returning,
    long lifeUnit) {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

  /** For a registrar that nobody has configured. */
  public static final AsapTimers DEFAULT =
      new AsapTimers(
          5 * SECOND,
          5 * SECOND,
          SECOND,
          2 * SECOND,
          60 * SECOND,
          100 * MILLISECOND,
          50 * MILLISECOND,
          15 * SECOND,
          SECOND);

  /** The same with other keep-alives. */
  public AsapTimers withKeepAlive(Duration between, Duration answerIn) {
    return new AsapTimers(
        between.toNanos(),
        answerIn.toNanos(),
        gap,
        lost,
        reports,
        update,
        takeover,
        returning,
        lifeUnit);
  }

  /** The same with registration lives in milliseconds. */
  public AsapTimers withLifeInMilliseconds() {
    return new AsapTimers(
        keepAlive, answer, gap, lost, reports, update, takeover, returning, MILLISECOND);
  }
}

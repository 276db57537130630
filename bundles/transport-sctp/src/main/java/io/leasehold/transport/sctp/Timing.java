// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.hop.HopLimits;
import java.time.Duration;

/** When an association has taken too long. Steady nanoseconds; one thread. */
final class Timing {
  /** For the peer to end, too, after what was sent last. */
  static final Duration LINGER = Duration.ofSeconds(1);

  /** For a peer to take anything while messages wait for it. */
  static final Duration STALL = Duration.ofSeconds(30);

  /** Why an association ends that is protected, or rather not, in an old way. */
  static final String CHANGED = "its channel is made in another way now";

  private final HopLimits limits;
  private final Duration connect;
  private final long bornNanos;
  private long messageNanos;
  private long partialNanos;
  private long sentNanos;
  private long outdatedEndNanos;
  private long endedNanos;
  private boolean partial;
  private boolean outdated;

  /** What has to end, and why. */
  record Overdue(Ending ending, String detail) {}

  Timing(HopLimits limits, Duration connect, long nanos) {
    this.limits = limits;
    this.connect = connect;
    this.bornNanos = nanos;
    this.messageNanos = nanos;
    this.sentNanos = nanos;
  }

  void message(long nanos) {
    messageNanos = nanos;
  }

  /** No part of a message is there any more. */
  void whole() {
    partial = false;
  }

  /** A part of a message is there. */
  void partial(long nanos) {
    if (!partial) {
      partial = true;
      partialNanos = nanos;
    }
  }

  /** It is read again: what it had sent is not late. */
  void resumed(long nanos) {
    partialNanos = nanos;
    messageNanos = nanos;
  }

  void sent(long nanos) {
    sentNanos = nanos;
  }

  void ended(long nanos) {
    endedNanos = nanos;
  }

  /** It may live until then, and no longer. */
  void outdated(long endNanos) {
    outdatedEndNanos = outdated ? Math.min(outdatedEndNanos, endNanos) : endNanos;
    outdated = true;
  }

  boolean isOutdated() {
    return outdated;
  }

  boolean isLingerOver(long nanos) {
    return isOver(endedNanos, LINGER, nanos);
  }

  private static boolean isOver(long from, Duration time, long nanos) {
    return nanos - from >= time.toNanos();
  }

  /** Of one that is not there yet; null if it may still come. */
  Overdue dueOfConnecting(long nanos) {
    return isOver(bornNanos, connect, nanos)
        ? new Overdue(Ending.CONNECT_FAILED, "cannot connect: no answer in time")
        : null;
  }

  /** Of one whose peer has said nothing; null if there is time. */
  Overdue dueOfSilent(long nanos) {
    return isOver(bornNanos, limits.handshake(), nanos)
        ? new Overdue(Ending.SILENT, "the peer said nothing in time")
        : null;
  }

  /**
   * Of one whose messages pass; null if all is well.
   *
   * @param paused whether it is not read
   * @param waiting whether messages wait because the peer takes none
   */
  Overdue dueOfMessages(long nanos, boolean paused, boolean waiting) {
    if (partial && !paused && isOver(partialNanos, limits.frame(), nanos)) {
      return new Overdue(Ending.MESSAGE_TIMEOUT, "a message was not whole in time");
    }
    if (outdated && nanos - outdatedEndNanos >= 0) {
      return new Overdue(Ending.DRAINED, CHANGED);
    }
    if (waiting && isOver(sentNanos, STALL, nanos)) {
      return new Overdue(Ending.STALLED, "the peer takes nothing");
    }
    boolean idle = !limits.idle().isZero() && !paused;
    return idle && isOver(messageNanos, limits.idle(), nanos)
        ? new Overdue(Ending.IDLE, "no message came for " + limits.idle().toSeconds() + " s")
        : null;
  }
}

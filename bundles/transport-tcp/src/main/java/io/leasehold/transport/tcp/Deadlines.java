// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.HopLimits;
import io.leasehold.security.HandshakeRole;
import java.time.Duration;

/** What must not take too long on a connection, and what has. One thread; time is given. */
final class Deadlines {
  /** Says that something took too long. */
  record Overdue(Ending ending, String detail) {}

  /** Why what was made before a change of its channel does not stay. */
  static final String CHANGED = "the channel has changed";

  /** How much later than the peer a listener replaces a connection for its age. */
  private static final Duration AGE_PATIENCE = Duration.ofMinutes(5);

  private final HopSpec spec;
  private long bornNanos;
  private boolean asked;
  private boolean established;
  private long establishedNanos;
  private boolean partial;
  private long partialNanos;
  private boolean paused;
  private long messageNanos;
  private boolean draining;
  private long drainNanos;
  private boolean outdated;
  private long outdatedEndNanos;
  private boolean succeeded;
  private long sentNanos;
  private int unanswered;
  private long unansweredNanos;
  private long endedNanos;

  Deadlines(HopSpec spec) {
    this.spec = spec;
  }

  void connected(long nanos) {
    bornNanos = nanos;
  }

  /** TLS was asked for, as soon as the connection was there. */
  void asked() {
    asked = true;
  }

  /** The channel has begun. */
  void begun() {
    asked = false;
  }

  void established(long nanos) {
    established = true;
    establishedNanos = nanos;
    messageNanos = nanos;
    sentNanos = nanos;
  }

  /** After octets were looked at: whether a message is not whole, and whether others were. */
  void partial(boolean now, boolean others, long nanos) {
    if (now && (!partial || others)) {
      partialNanos = nanos;
    }
    partial = now;
  }

  /** Whether nothing is read because we do not want it; the peer is not to blame for that. */
  void paused(boolean now, long nanos) {
    paused = now;
    partialNanos = nanos;
  }

  void message(long nanos) {
    messageNanos = nanos;
    unanswered = 0;
  }

  void sent(long nanos) {
    sentNanos = nanos;
    if (unanswered++ == 0) {
      unansweredNanos = nanos;
    }
  }

  void draining(long nanos) {
    if (!draining) {
      draining = true;
      drainNanos = nanos;
      messageNanos = nanos;
    }
  }

  /** It was made in a way that holds no more, and has to end in time. */
  void outdated(long endNanos) {
    if (!outdated || endNanos - outdatedEndNanos < 0) {
      outdated = true;
      outdatedEndNanos = endNanos;
    }
  }

  /** The peer has made another one since; if this one is outdated it ends when it is quiet. */
  void succeeded(long nanos) {
    if (outdated && !succeeded) {
      succeeded = true;
      messageNanos = nanos;
    }
  }

  void ended(long nanos) {
    endedNanos = nanos;
  }

  boolean isLingerOver(long nanos) {
    return isOver(endedNanos, TcpTimes.LINGER, nanos);
  }

  private static boolean isOver(long from, Duration time, long nanos) {
    return nanos - from >= time.toNanos();
  }

  /**
   * What has taken too long; null if nothing has.
   *
   * @param waiting whether messages wait because the peer takes none
   */
  Overdue due(long nanos, boolean waiting) {
    return established ? dueOfMessages(nanos, waiting) : dueOfBeginning(nanos);
  }

  private Overdue dueOfBeginning(long nanos) {
    if (asked && isOver(bornNanos, TcpTimes.STARTTLS, nanos)) {
      return new Overdue(Ending.STARTTLS_UNANSWERED, "the peer does not answer STARTTLS");
    }
    return isOver(bornNanos, spec.limits().handshake(), nanos)
        ? new Overdue(Ending.HANDSHAKE_TIMEOUT, "the peer was not known in time")
        : null;
  }

  private Overdue dueOfMessages(long nanos, boolean waiting) {
    HopLimits limits = spec.limits();
    if (partial && !paused && isOver(partialNanos, limits.frame(), nanos)) {
      return new Overdue(Ending.FRAME_TIMEOUT, "a message was not whole in time");
    }
    if (draining
        && (isOver(messageNanos, TcpTimes.QUIET, nanos)
            || isOver(drainNanos, TcpTimes.DRAIN, nanos))) {
      return new Overdue(Ending.DRAINED, "another connection has taken its place");
    }
    if (outdated
        && (nanos - outdatedEndNanos >= 0
            || succeeded && isOver(messageNanos, TcpTimes.QUIET, nanos))) {
      return new Overdue(Ending.DRAINED, CHANGED);
    }
    if (waiting && isOver(sentNanos, TcpTimes.STALL, nanos)) {
      return new Overdue(Ending.STALLED, "the peer takes nothing");
    }
    if (isSet(limits.idle()) && isOver(messageNanos, limits.idle(), nanos)) {
      return new Overdue(Ending.IDLE, "no message came for " + limits.idle().toSeconds() + " s");
    }
    if (spec.sessions()) {
      return null; // keepalive and renewal are the protocol's
    }
    return spec.role() == HandshakeRole.CLIENT ? dueOfClient(nanos) : dueOfServer(nanos);
  }

  private static boolean isSet(Duration time) {
    return !time.isZero();
  }

  private Overdue dueOfClient(long nanos) {
    boolean silent =
        unanswered >= spec.settings().silentMessages()
            && isOver(unansweredNanos, spec.settings().times().silence(), nanos);
    return silent
        ? new Overdue(Ending.PEER_SILENT, "the peer answers none of " + unanswered + " messages")
        : null;
  }

  /** Usually the peer has begun anew before: then nothing is lost. */
  private Overdue dueOfServer(long nanos) {
    Duration age = spec.limits().age();
    return isSet(age) && isOver(establishedNanos, age.plus(AGE_PATIENCE), nanos)
        ? new Overdue(Ending.DRAINED, "it was older than " + age.toHours() + " h")
        : null;
  }
}

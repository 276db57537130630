// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.failover.effect.Moment;
import io.leasehold.lease.Lease;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BNDUPDs that the partner has not answered, never more than it takes (RFC 8156 section 6.1.1), and
 * since when nothing was answered.
 */
final class UpdateWindow {
  private final long stallSeconds;
  private final Map<Integer, Sent> unanswered = new HashMap<>();
  private long most;
  private long deadline = Moment.NEVER;

  /**
   * A BNDUPD on its way.
   *
   * @param leases as they were told
   * @param at when, in seconds since 1970
   */
  record Sent(List<Lease> leases, long at) {
    Sent {
      leases = List.copyOf(leases);
    }
  }

  UpdateWindow(long stallSeconds) {
    this.stallSeconds = stallSeconds;
  }

  /** Begins anew with a partner that takes so many. */
  void open(long maxUnacked) {
    close();
    most = Math.max(maxUnacked, 1);
  }

  /** There is no partner to send to. */
  void close() {
    unanswered.clear();
    most = 0;
    deadline = Moment.NEVER;
  }

  /** How many may be sent now. */
  long room() {
    return most - unanswered.size();
  }

  int unanswered() {
    return unanswered.size();
  }

  void sent(int id, List<Lease> leases, Moment now) {
    if (unanswered.isEmpty()) {
      deadline = now.deadline(stallSeconds);
    }
    unanswered.put(id, new Sent(leases, now.wallSeconds()));
  }

  /** What an answer is about; null if nothing of that id was waited for. */
  Sent answered(int id, Moment now) {
    Sent sent = unanswered.remove(id);
    if (sent != null) {
      deadline = unanswered.isEmpty() ? Moment.NEVER : now.deadline(stallSeconds);
    }
    return sent;
  }

  /** When the partner has kept us waiting for too long. */
  long deadline() {
    return deadline;
  }
}

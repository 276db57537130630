// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.connection.Session;
import io.leasehold.failover.effect.Moment;
import java.util.HashSet;
import java.util.Set;

/**
 * What this server asks its partner for (RFC 8156 sections 5.3.5 to 5.3.7). A later request stands
 * for an earlier one.
 */
final class FullUpdate {
  private static final int NONE = -1;

  private final long stallSeconds;
  private final Set<Integer> replaced = new HashSet<>();
  private int id = NONE;
  private boolean isOfAll;
  private boolean isAnswered;
  private long deadline = Moment.NEVER;

  FullUpdate(long stallSeconds) {
    this.stallSeconds = stallSeconds;
  }

  void request(Session session, boolean all, Moment now) {
    if (id != NONE && !isAnswered) {
      replaced.add(id);
    }
    int type = all ? Dhcp6MessageType.UPDREQALL : Dhcp6MessageType.UPDREQ;
    id = session.send(type, Options.EMPTY, now);
    isOfAll = all;
    isAnswered = false;
    deadline = now.deadline(stallSeconds);
  }

  /** The connection is gone, and the request with it. */
  void forget() {
    replaced.clear();
    over();
  }

  /** An update came: something goes on. */
  void progress(Moment now) {
    if (deadline != Moment.NEVER) {
      deadline = now.deadline(stallSeconds);
    }
  }

  /** An UPDDONE; one with another id answers nothing. */
  void onDone(Session session, int answered, Moment now) {
    if (answered == id || replaced.remove(answered)) {
      session.settled(answered);
    }
    if (answered == id) {
      isAnswered = true;
      progress(now);
    }
  }

  /** Whether everything was asked for, and may not have come. */
  boolean isForAll() {
    return id != NONE && isOfAll;
  }

  /** Whether everything has come that was asked for. */
  boolean isAnswered() {
    return isAnswered;
  }

  /** All that came was taken care of. */
  void over() {
    id = NONE;
    isAnswered = false;
    deadline = Moment.NEVER;
  }

  /** When nothing has gone on for too long. */
  long deadline() {
    return deadline;
  }
}

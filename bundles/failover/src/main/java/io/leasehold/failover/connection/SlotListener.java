// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.StateReport;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;

/**
 * Hears what happens on the connection of a relationship. It may use the slot and the session while
 * it is told. The {@code now} of what a message says is when the message arrived.
 */
public interface SlotListener {
  /**
   * The primary works with this maximum client lead time; the secondary's only. CONNECT is answered
   * when it is adopted, and refused if it cannot be (RFC 8156 section 6.1.2).
   */
  void onMclt(long seconds, Completion<Void> adopted);

  /**
   * CONNECT was accepted: STATE is to be sent at once. Communications are OK when the partner's
   * STATE has come.
   */
  void onUp(Session session, Moment now);

  /** What was up has ended; nothing can be sent any more. */
  void onDown(String why, Moment now);

  /** STATE. */
  void onState(StateReport report, Moment now);

  /** BNDUPD. */
  void onUpdate(FailoverMessage bndupd, Moment now);

  /** BNDREPLY. */
  void onReply(FailoverMessage bndreply, Moment now);

  /** UPDREQ, or UPDREQALL. */
  void onUpdateRequest(int id, boolean all, Moment now);

  /** UPDDONE. */
  void onUpdateDone(int id, Moment now);

  /** POOLREQ; the primary's only. */
  void onPoolRequest(int id, Moment now);

  /** POOLRESP; the secondary's only. */
  void onPoolResponse(int id, Moment now);

  /** DISCONNECT, with what it says; {@link #onDown} follows. */
  void onDisconnect(Optional<StatusCode> status, Moment now);
}

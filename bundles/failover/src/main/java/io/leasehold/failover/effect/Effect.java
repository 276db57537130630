// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.effect;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.allocation.GovernorView;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What a relationship wants done. Effects are carried out in their order; those with a token are
 * answered by {@link Outbox#done} or {@link Outbox#failed}, once.
 */
public sealed interface Effect {

  /** Try once to connect to the partner; the primary's. A connection or an end is heard of. */
  record Open() implements Effect {}

  /**
   * Send on a connection, or nowhere if it has ended. A {@code FailoverMessage} gets its time of
   * sending when it is written.
   */
  record Send(long connection, FailoverFrame frame) implements Effect {}

  /**
   * End a connection after what was sent on it. Nothing more is heard of it.
   *
   * @param why a sentence for the log
   */
  record Close(long connection, String why) implements Effect {}

  /** Write the relationship's note. */
  record Persist(long token, Bytes note) implements Effect {}

  /** Change leases. */
  record Edit(long token, List<GovernedLeases.Edit> edits) implements Effect {}

  /** Change leases in what need not be durable at once, see {@link GovernedLeases#amend}. */
  record Amend(long token, List<GovernedLeases.Edit> edits) implements Effect {}

  /** Look at leases, see {@link GovernedLeases#page}. */
  record Scan(long token, Optional<LeaseKey> after, int limit) implements Effect {}

  /** Answer clients by this view from now on. */
  record Publish(GovernorView view) implements Effect {}

  /**
   * Tell operators.
   *
   * @param isWarning whether somebody should look
   * @param what a sentence
   */
  record Report(boolean isWarning, String what) implements Effect {}
}

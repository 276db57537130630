// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;

/** A connection on which CONNECT was said and not yet answered. */
sealed interface Setup permits PrimarySetup, SecondarySetup {
  /** Seconds until it is given up (RFC 8156 section 10 asks for a limit and names none). */
  long SECONDS = 30;

  /** What can be sent on it. */
  Line line();

  /** When it is given up. */
  long deadline();

  /** Why it is given up after a message came, as a sentence; empty if that accepts CONNECT. */
  Optional<String> refusal(FailoverFrame frame, Moment arrived);

  /** Ends it. */
  void giveUp(String why, Moment now);
}

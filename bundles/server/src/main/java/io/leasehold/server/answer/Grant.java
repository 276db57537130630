// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.server.lease.Choice;

/**
 * An address or prefix that a client gets.
 *
 * @param choice what and from where
 * @param previousOrNull the lease if the client has it already
 * @param preferredSeconds preferred lifetime from now on
 * @param validSeconds valid lifetime from now on
 * @param desiredSeconds what the plan wants, of which the valid lifetime may be a part for now
 */
public record Grant(
    Choice choice,
    Lease previousOrNull,
    long preferredSeconds,
    long validSeconds,
    long desiredSeconds) {
  /** Whether the client gets less than the plan wants. */
  public boolean isCut() {
    return validSeconds < desiredSeconds;
  }

  /** What is granted. */
  public LeaseKey key() {
    return choice.key();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.server.lease.Choice;

/**
 * An address or prefix that an identity association gets.
 *
 * @param choice what and from where
 * @param previousOrNull the lease if the association has it already
 * @param preferredSeconds preferred lifetime from now on
 * @param validSeconds valid lifetime from now on
 */
record Grant(Choice choice, Lease previousOrNull, long preferredSeconds, long validSeconds) {
  /** What is granted. */
  LeaseKey key() {
    return choice.key();
  }
}

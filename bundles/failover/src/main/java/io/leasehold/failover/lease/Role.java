// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.lease;

/** Which of the two servers this is (RFC 8156 section 3). */
public enum Role {
  /** Connects, and has what is delegable at first. */
  PRIMARY,
  /** Listens. */
  SECONDARY;

  /** The partner's. */
  public Role other() {
    return this == PRIMARY ? SECONDARY : PRIMARY;
  }
}

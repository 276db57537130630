// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import java.util.Optional;

/** How a lease stands between partners (RFC 8156 sections 5.5.1 and 7.2). */
public enum BindingStatus {
  /** A client has it. */
  ACTIVE(1),
  /** The client's time is over. */
  EXPIRED(2),
  /** The client gave it back. */
  RELEASED(3),
  /** Both know that it has ended; never sent, for it is left at once. */
  PENDING_FREE(4),
  /** The primary may give it. */
  FREE(5),
  /** The secondary may give it. */
  FREE_BACKUP(6),
  /** Somebody uses it without a lease. */
  ABANDONED(7),
  /** It was abandoned, and is to be used again. */
  RESET(8);

  private static final BindingStatus[] VALUES = values();

  private final int code;

  BindingStatus(int code) {
    this.code = code;
  }

  /** The number in the option. */
  public int code() {
    return code;
  }

  /** The status of a number, if it has one. */
  public static Optional<BindingStatus> of(int code) {
    return code > 0 && code <= VALUES.length ? Optional.of(VALUES[code - 1]) : Optional.empty();
  }
}

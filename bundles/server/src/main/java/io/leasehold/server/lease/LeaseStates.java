// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseState;

/** Lease states by their stored codes, without a search. */
final class LeaseStates {
  private static final LeaseState[] BY_CODE = new LeaseState[16];

  static {
    for (LeaseState state : LeaseState.values()) {
      BY_CODE[state.code()] = state;
    }
  }

  private LeaseStates() {}

  /** The state with a code that was checked when it came in. */
  static LeaseState of(int code) {
    return BY_CODE[code];
  }

  /** Whether there is a state with this code. */
  static boolean has(int code) {
    return code >= 0 && code < BY_CODE.length && BY_CODE[code] != null;
  }

  /**
   * Whether a lease in this state keeps others from its address or prefix where nobody governs.
   * What was a failover partner's, or waited for it, is free when there is none any more.
   */
  static boolean blocks(LeaseState state) {
    return switch (state) {
      case ACTIVE, ABANDONED, RESET -> true;
      case EXPIRED, RELEASED, PENDING_FREE, FREE, FREE_BACKUP -> false;
    };
  }

  /** Whether a failover partner may give what is in this state, or may just have given it. */
  static boolean mayBePartners(LeaseState state) {
    return state == LeaseState.PENDING_FREE || state == LeaseState.FREE_BACKUP;
  }

  /**
   * Whether a lease in this state leaves it when its time is over. Units that wait for a failover
   * partner or belong to it leave by its word.
   */
  static boolean ends(LeaseState state) {
    return !mayBePartners(state);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.Role;

/** Whom a server answers in each state (RFC 8156 section 8). */
public final class ServiceRules {
  private ServiceRules() {}

  /** Whom to answer. */
  public static Service of(Role role, ServerState state) {
    return switch (state) {
      case STARTUP, RECOVER, RECOVER_WAIT, POTENTIAL_CONFLICT -> Service.NONE;
      case RECOVER_DONE -> Service.RECORDED;
      case NORMAL -> role == Role.PRIMARY ? Service.ALL : Service.OWN;
      // The secondary is never in CONFLICT-DONE; should it be, it keeps to its part in NORMAL.
      case CONFLICT_DONE -> role == Role.PRIMARY ? Service.ALL : Service.OWN;
      case COMMUNICATIONS_INTERRUPTED, PARTNER_DOWN, RESOLUTION_INTERRUPTED -> Service.ALL;
    };
  }

  /**
   * Whether the partner may have given leases of which this server has not heard, so that nothing
   * is said of what is not on record: in every state but NORMAL.
   */
  public static boolean mayHaveMissed(ServerState state) {
    return state != ServerState.NORMAL;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.lease.Role;

/**
 * POTENTIAL-CONFLICT (RFC 8156 section 8.10): the primary learns first and serves again, then the
 * secondary learns.
 */
final class Conflict {
  private final Role role;

  Conflict(Role role) {
    this.role = role;
  }

  /** Whether it is this server's turn to ask for updates. */
  boolean isOurTurn(PartnerView partner) {
    return role == Role.PRIMARY ? partner.isInContact() : partner.isIn(ServerState.CONFLICT_DONE);
  }

  /** What follows when the partner has sent what was asked for. */
  Step learned(Moment now) {
    ServerState next = role == Role.PRIMARY ? ServerState.CONFLICT_DONE : ServerState.NORMAL;
    return new Step(
        next,
        now.wallSeconds(),
        past -> past.learning(false),
        "The partner has sent all updates.",
        false);
  }
}

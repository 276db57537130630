// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.Role;
import java.util.Objects;

/**
 * How a relationship stands, as far as it matters for leases. Times are seconds since 1970.
 *
 * @param role of this server
 * @param state of this server, {@link ServerState#STARTUP} included
 * @param stateSince when it was entered
 * @param mcltSeconds maximum client lead time in force
 * @param largestMcltSeconds the largest in force since the last NORMAL, not less than {@code
 *     mcltSeconds}: leases may have been given by it
 * @param partnerDownSince when this server entered PARTNER-DOWN; 0 if it is not in that state
 * @param isConnected whether communications are OK: the partner has said its state on the
 *     connection in use
 * @param isAwaited whether the partner has recovered, and waits to serve with this server, which
 *     serves alone
 * @param servesDhcp4 whether clients of DHCPv4 are served where those of DHCPv6 are
 */
public record RelationshipFacts(
    Role role,
    ServerState state,
    long stateSince,
    long mcltSeconds,
    long largestMcltSeconds,
    long partnerDownSince,
    boolean isConnected,
    boolean isAwaited,
    boolean servesDhcp4) {

  /** Lets the largest MCLT not be less than the one in force. */
  public RelationshipFacts {
    Objects.requireNonNull(role);
    Objects.requireNonNull(state);
    if (mcltSeconds < 0) {
      throw new IllegalArgumentException("MCLT of " + mcltSeconds + " s");
    }
    largestMcltSeconds = Math.max(mcltSeconds, largestMcltSeconds);
  }

  /** Of a relationship that serves clients of DHCPv4, too. */
  public RelationshipFacts(
      Role role,
      ServerState state,
      long stateSince,
      long mcltSeconds,
      long largestMcltSeconds,
      long partnerDownSince,
      boolean isConnected) {
    this(
        role,
        state,
        stateSince,
        mcltSeconds,
        largestMcltSeconds,
        partnerDownSince,
        isConnected,
        false,
        true);
  }

  /** The same for the other role. */
  RelationshipFacts inPartnersRole() {
    return new RelationshipFacts(
        role.other(),
        state,
        stateSince,
        mcltSeconds,
        largestMcltSeconds,
        partnerDownSince,
        isConnected,
        isAwaited,
        servesDhcp4);
  }

  /** Whether this server has taken over for good, until the partner returns. */
  public boolean isPartnerDown() {
    return state == ServerState.PARTNER_DOWN;
  }

  /**
   * Whether this server may give what is the partner's, or what that has not agreed to be free, as
   * soon as its time is over. Not what the partner would not hear of before it serves again.
   */
  public boolean takesOver() {
    return isPartnerDown() && !isAwaited;
  }
}

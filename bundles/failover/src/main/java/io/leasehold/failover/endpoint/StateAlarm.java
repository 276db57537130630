// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerState;
import java.util.Optional;

/** What somebody should know of a state while it lasts (RFC 8156 sections 8.9 and 8.11). */
final class StateAlarm {
  private StateAlarm() {}

  /** What stands in a state; empty if all is well, or will be by itself. */
  static Optional<String> of(ServerState state, boolean isInContact) {
    return switch (state) {
      case COMMUNICATIONS_INTERRUPTED -> unless(isInContact, interrupted());
      case PARTNER_DOWN ->
          Optional.of("PARTNER-DOWN: this server serves alone. The partner must not serve.");
      case POTENTIAL_CONFLICT ->
          Optional.of("POTENTIAL-CONFLICT: clients are not answered while leases are compared.");
      case RESOLUTION_INTERRUPTED ->
          Optional.of(
              "RESOLUTION-INTERRUPTED: the partner was lost while leases were compared. Two clients"
                  + " may have one address.");
      case CONFLICT_DONE ->
          unless(
              isInContact,
              "CONFLICT-DONE without the partner: both may serve, each from its own part.");
      case RECOVER ->
          unless(isInContact, "RECOVER: clients are not answered until the partner is heard.");
      case RECOVER_DONE ->
          unless(
              isInContact,
              "RECOVER-DONE: only recorded leases are renewed until the partner is heard.");
      case STARTUP, NORMAL, RECOVER_WAIT -> Optional.empty();
    };
  }

  /** Of the state to which the loss of the partner leads. */
  static String interrupted() {
    return "COMMUNICATIONS-INTERRUPTED: both partners may serve, each from its own part.";
  }

  private static Optional<String> unless(boolean isInContact, String what) {
    return isInContact ? Optional.empty() : Optional.of(what);
  }
}

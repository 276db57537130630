// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.lease.LeaseKey;
import java.util.Optional;

/**
 * Tells operators that the partner does not take what it is told, once for a connection. That its
 * own news are newer, or that another client has an address, is part of the protocol and not told.
 */
final class Refusals {
  private final Outbox outbox;
  private boolean isTold;

  Refusals(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Another connection. */
  void onUp() {
    isTold = false;
  }

  /** A lease was refused. */
  void refused(LeaseKey key, Optional<StatusCode> why) {
    boolean isUsual =
        why.filter(
                status ->
                    status.code() == Dhcp6StatusCode.OUTDATED_BINDING_INFORMATION
                        || status.code() == Dhcp6StatusCode.ADDRESS_IN_USE)
            .isPresent();
    if (!isUsual && !isTold) {
      isTold = true;
      outbox.warn(
          "the partner does not take what it is told of "
              + key
              + why.map(status -> ": " + status + " " + status.text()).orElse(""));
    }
  }
}

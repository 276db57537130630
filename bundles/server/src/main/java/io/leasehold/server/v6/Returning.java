// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.v6.PdExclude;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Prefix;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.v6.intake.IdentityAssociation;
import io.leasehold.server.v6.intake.WantedLease;
import java.util.List;
import java.util.Optional;

/** Answers the associations of Release and Decline (RFC 8415 sections 18.3.7 and 18.3.8). */
final class Returning {
  private final Exchange exchange;

  Returning(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Releases what is named; leases that the association does not have are ignored. */
  AssociationAnswer release(IdentityAssociation association) {
    AssociationAnswer answer = new AssociationAnswer(association);
    List<Lease> bindings = exchange.bindings(association);
    // RFC 6603 section 6.2: an excluded prefix that was never given is as no binding.
    if (bindings.isEmpty() || excludesAnew(association)) {
      return answer.status(Statuses.NO_BINDING);
    }
    for (Lease lease : bindings) {
      if (association.named(lease.key()) != null) {
        exchange.release(lease);
      }
    }
    return answer;
  }

  /** Puts the named addresses out of use; prefixes cannot be declined. */
  AssociationAnswer decline(IdentityAssociation association) {
    AssociationAnswer answer = new AssociationAnswer(association);
    List<Lease> bindings = exchange.bindings(association);
    if (bindings.isEmpty()) {
      return answer.status(Statuses.NO_BINDING);
    }
    for (Lease lease : bindings) {
      if (!association.isForPrefixes() && association.named(lease.key()) != null) {
        exchange.abandon(lease);
      }
    }
    return answer;
  }

  private boolean excludesAnew(IdentityAssociation association) {
    for (WantedLease one : association.wanted()) {
      if (one.excludedOrNull() != null
          && !one.excludedOrNull().equals(excluded(association, one))) {
        return true;
      }
    }
    return false;
  }

  /** What is excluded from a prefix by the plan; null if nothing is. */
  private PdExclude excluded(IdentityAssociation association, WantedLease one) {
    LeaseKey key = association.key(one.prefix());
    Choice choice = exchange.locate(key);
    Optional<Prefix> excluded = choice == null ? Optional.empty() : choice.excluded();
    return excluded.map(prefix -> PdExclude.of(key.asPrefix(), prefix)).orElse(null);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.option.Option;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Prefix;
import io.leasehold.server.answer.Grant;
import io.leasehold.server.v6.intake.IdentityAssociation;
import java.util.ArrayList;
import java.util.List;

/** What becomes of one identity association. Belongs to one {@link Exchange}. */
final class AssociationAnswer {
  private final IdentityAssociation association;
  private final List<Grant> grants = new ArrayList<>(1);
  private List<Lease> retired = List.of();
  private List<Prefix> invalid = List.of();
  private Option statusOrNull;

  AssociationAnswer(IdentityAssociation association) {
    this.association = association;
  }

  IdentityAssociation association() {
    return association;
  }

  /** What the client may use from now on. */
  List<Grant> grants() {
    return grants;
  }

  /** Leases of this association that end now. */
  List<Lease> retired() {
    return retired;
  }

  /** What the client is told to stop using: lifetimes of 0 (RFC 8415 section 18.3.4). */
  List<Prefix> invalid() {
    return invalid;
  }

  /** A Status Code option, if there is one to send. */
  Option statusOrNull() {
    return statusOrNull;
  }

  /** Sets the status. */
  AssociationAnswer status(Option status) {
    statusOrNull = status;
    return this;
  }

  /** Whether there is nothing to tell the client. */
  boolean isEmpty() {
    return grants.isEmpty() && invalid.isEmpty() && statusOrNull == null;
  }

  /** Grants an address or prefix. */
  void grant(Grant grant) {
    grants.add(grant);
  }

  /** Grants another address or prefix in place of a granted one, whose lease ends. */
  void replace(int index, Grant grant) {
    Lease previous = grants.get(index).previousOrNull();
    if (previous != null) {
      retire(previous);
    }
    grants.set(index, grant);
  }

  /** Ends a lease. */
  void retire(Lease lease) {
    if (retired.isEmpty()) {
      retired = new ArrayList<>(2);
    }
    retired.add(lease);
  }

  /** Tells the client to stop using an address or prefix. */
  void invalidate(Prefix prefix) {
    if (invalid.isEmpty()) {
      invalid = new ArrayList<>(2);
    }
    if (!invalid.contains(prefix)) {
      invalid.add(prefix);
    }
  }

  /** Whether an address or prefix is granted. */
  boolean grants(LeaseKey key) {
    for (Grant grant : grants) {
      if (grant.key().equals(key)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of the granted ones was named by the client. */
  boolean grantsSomethingNamed() {
    for (Grant grant : grants) {
      if (association.named(grant.key()) != null) {
        return true;
      }
    }
    return false;
  }
}

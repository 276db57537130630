// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Prefix;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.plan.Link;
import io.leasehold.server.v6.intake.IdentityAssociation;
import io.leasehold.server.v6.intake.LinkFinder;
import io.leasehold.server.v6.intake.WantedLease;

/**
 * Answers the associations of Renew and Rebind (RFC 8415 sections 18.3.4 and 18.3.5).
 *
 * <p>A Renew is for this server alone, so an association without a lease gets one, and what the
 * client names without having it gets lifetimes of 0. A Rebind may concern leases of another
 * server: only what the plan decides is answered.
 */
final class Extending {
  private final Exchange exchange;
  private final LinkFinder links;
  private final Assignment assignment;
  private final boolean rebind;

  Extending(Exchange exchange, LinkFinder links) {
    this.exchange = exchange;
    this.links = links;
    this.assignment = new Assignment(exchange);
    this.rebind = exchange.request().type() == Dhcp6MessageType.REBIND;
  }

  AssociationAnswer answer(IdentityAssociation association) {
    AssociationAnswer answer = new AssociationAnswer(association);
    assignment.keep(answer);
    boolean known = !answer.grants().isEmpty() || !answer.retired().isEmpty();
    if (!known && isSilentOn(association)) {
      return answer;
    }
    if (known) {
      assignment.preferReserved(answer);
      assignment.fill(answer, 1);
    } else if (!rebind) {
      assignment.fill(answer, assignment.wantedCount(association));
    } else {
      adopt(answer);
    }
    answer.retired().forEach(lease -> answer.invalidate(lease.key().asPrefix()));
    invalidateNamed(answer);
    boolean promised = known || !rebind || createsOnRebind();
    return answer.grants().isEmpty() && promised
        ? answer.status(Statuses.nothingFor(association))
        : answer;
  }

  /** Whether the client names what the failover partner may have given it. */
  private boolean isSilentOn(IdentityAssociation association) {
    for (WantedLease one : association.wanted()) {
      if (one.isSpecific() && exchange.isSilentOn(association.key(one.prefix()))) {
        return true;
      }
    }
    return exchange.renewsOnly();
  }

  /** Takes over what nobody holds of what the client says it has. */
  private void adopt(AssociationAnswer answer) {
    IdentityAssociation association = answer.association();
    for (WantedLease one : association.wanted()) {
      LeaseKey key = association.key(one.prefix());
      boolean room =
          answer.grants().size() < Assignment.MAX_IN_ASSOCIATION
              && exchange.takenCount() < Assignment.MAX_IN_MESSAGE;
      if (room && one.isSpecific() && exchange.locate(key) != null) {
        Choice choice = exchange.choose(association, one.prefix(), one.prefix().length());
        if (choice != null && choice.key().equals(key)) {
          answer.grant(exchange.grant(association, choice, null));
          exchange.take(key);
        }
      }
    }
    if (createsOnRebind()) {
      assignment.fill(answer, 1);
    }
  }

  /** RFC 8415 section 18.3.5: new bindings only where Rapid Commit is answered too. */
  private boolean createsOnRebind() {
    return exchange.request().placeOrNull().subnet().rapidCommit();
  }

  /** Lifetimes of 0 for what the client names and does not get. */
  private void invalidateNamed(AssociationAnswer answer) {
    IdentityAssociation association = answer.association();
    for (WantedLease one : association.wanted()) {
      LeaseKey key = association.key(one.prefix());
      if (one.isSpecific()
          && !answer.grants(key)
          && (!rebind || isDecidedHere(association, one))
          && !exchange.isSilentOn(key)) {
        answer.invalidate(one.prefix());
      }
    }
  }

  /** Whether the plan says that the client cannot have an address or prefix here. */
  private boolean isDecidedHere(IdentityAssociation association, WantedLease one) {
    Prefix prefix = one.prefix();
    if (exchange.locate(association.key(prefix)) != null) {
      return true;
    }
    if (!association.isForPrefixes()) {
      return !exchange.link().contains(prefix.address());
    }
    Link delegating = links.delegating(prefix);
    return delegating != null && delegating != exchange.link();
  }
}

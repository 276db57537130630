// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Prefix;
import io.leasehold.server.answer.Grant;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.v6.intake.IdentityAssociation;
import io.leasehold.server.v6.intake.WantedLease;
import java.util.List;

/** Answers the associations of Solicit and Request (RFC 8415 sections 18.3.1, 18.3.2, 18.3.9). */
final class Granting {
  private final Exchange exchange;
  private final Assignment assignment;

  Granting(Exchange exchange) {
    this.exchange = exchange;
    this.assignment = new Assignment(exchange);
  }

  AssociationAnswer answer(IdentityAssociation association) {
    AssociationAnswer answer = new AssociationAnswer(association);
    // RFC 8415 section 18.3.2: one address of another link spoils the association.
    if (exchange.request().type() == Dhcp6MessageType.REQUEST
        && !association.isForPrefixes()
        && !OnLink.containsAll(exchange.link(), association.wanted())) {
      return answer.status(Statuses.NOT_ON_LINK);
    }
    assignment.keep(answer);
    assignment.preferReserved(answer);
    if (association.isForPrefixes() && !answer.grants().isEmpty()) {
      preferAsked(answer);
    }
    assignment.fill(answer, assignment.wantedCount(association));
    return answer.grants().isEmpty() ? answer.status(Statuses.nothingFor(association)) : answer;
  }

  /**
   * RFC 8168 section 3.2: a client that asks for a length gets it if it can be had, whatever it had
   * before; its Request then names the prefix that was advertised.
   */
  private void preferAsked(AssociationAnswer answer) {
    IdentityAssociation association = answer.association();
    if (exchange.reserved().contains(answer.grants().get(0).key())) {
      return;
    }
    if (association.namedCount() > 0) {
      preferNamed(answer, association.wanted());
      return;
    }
    int length = association.lengthHint();
    if (length != 0 && !hasLength(answer, length)) {
      Choice choice = exchange.choose(association, null, length);
      if (choice != null && choice.key().prefixLength() == length) {
        assignment.replace(answer, 0, choice);
      }
    }
  }

  private void preferNamed(AssociationAnswer answer, List<WantedLease> wanted) {
    for (WantedLease one : wanted) {
      Prefix prefix = one.prefix();
      if (!one.isSpecific()
          || answer.grantsSomethingNamed()
          || hasLength(answer, prefix.length())) {
        continue;
      }
      Choice choice = exchange.choose(answer.association(), prefix, prefix.length());
      if (choice != null && choice.key().asPrefix().equals(prefix)) {
        assignment.replace(answer, 0, choice);
        return;
      }
    }
  }

  private static boolean hasLength(AssociationAnswer answer, int length) {
    for (Grant grant : answer.grants()) {
      if (grant.key().prefixLength() == length) {
        return true;
      }
    }
    return false;
  }
}

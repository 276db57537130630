// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.lease.Lease;
import io.leasehold.net.Prefix;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.v6.intake.IdentityAssociation;
import io.leasehold.server.v6.intake.WantedLease;
import java.util.List;

/** What addresses and prefixes an association keeps and gets. Part of an {@link Exchange}. */
final class Assignment {
  /** Addresses or prefixes that one association may get by asking for several. */
  static final int MAX_IN_ASSOCIATION = 8;

  /** Leases that one message may touch. */
  static final int MAX_IN_MESSAGE = 64;

  private final Exchange exchange;

  Assignment(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Grants what the association has; a lease that the plan has taken away ends. */
  void keep(AssociationAnswer answer) {
    List<Lease> bindings = exchange.bindings(answer.association());
    for (int i = 0; i < bindings.size(); i++) {
      Lease lease = bindings.get(i);
      Choice choice = exchange.locate(lease.key());
      if (choice == null || exchange.isReservedForOther(lease.key())) {
        answer.retire(lease);
      } else {
        answer.grant(exchange.grant(answer.association(), choice, lease));
      }
      exchange.take(lease.key());
    }
  }

  /** Puts what the plan reserves for the client in place of what it has. */
  void preferReserved(AssociationAnswer answer) {
    if (exchange.reserved().isEmpty()) {
      return;
    }
    for (int i = 0; i < answer.grants().size(); i++) {
      if (!exchange.reserved().contains(answer.grants().get(i).key())) {
        Choice choice = exchange.choose(answer.association(), null, 0);
        if (choice != null && exchange.reserved().contains(choice.key())) {
          replace(answer, i, choice);
        }
      }
    }
  }

  /** Puts another address or prefix in the place of a granted one. */
  void replace(AssociationAnswer answer, int index, Choice choice) {
    answer.replace(index, exchange.grant(answer.association(), choice, null));
    exchange.take(choice.key());
  }

  /** Grants more, until there are {@code count} or nothing is left. */
  void fill(AssociationAnswer answer, int count) {
    IdentityAssociation association = answer.association();
    int next = 0;
    while (answer.grants().size() < count && exchange.takenCount() < MAX_IN_MESSAGE) {
      next = nextNamed(answer, next);
      Prefix hint =
          next < association.wanted().size() ? association.wanted().get(next).prefix() : null;
      next++;
      Choice choice = exchange.choose(association, hint, lengthHint(association, hint));
      if (choice == null) {
        return;
      }
      answer.grant(exchange.grant(association, choice, null));
      exchange.take(choice.key());
    }
  }

  /** RFC 8168 section 3.2: a prefix that cannot be had is still a wish for its length. */
  private static int lengthHint(IdentityAssociation association, Prefix hint) {
    int length = association.lengthHint();
    return length == 0 && hint != null && association.isForPrefixes() ? hint.length() : length;
  }

  private static int nextNamed(AssociationAnswer answer, int from) {
    IdentityAssociation association = answer.association();
    int next = from;
    while (next < association.wanted().size()) {
      WantedLease one = association.wanted().get(next);
      if (one.isSpecific() && !answer.grants(association.key(one.prefix()))) {
        break;
      }
      next++;
    }
    return next;
  }

  /** How many addresses or prefixes a client asks for that names some, or asks for some. */
  int wantedCount(IdentityAssociation association) {
    int named = 0;
    int hints = 0;
    for (WantedLease one : association.wanted()) {
      if (!one.isSpecific()) {
        hints++;
      } else if (isAppropriate(association, one)) {
        named++;
      }
    }
    // RFC 8168 section 3.1: a length beside a prefix is for when that cannot be had.
    int count = association.isForPrefixes() && named > 0 ? named : named + hints;
    return Math.max(1, Math.min(count, MAX_IN_ASSOCIATION));
  }

  private boolean isAppropriate(IdentityAssociation association, WantedLease one) {
    return association.isForPrefixes()
        ? exchange.locate(association.key(one.prefix())) != null
        : exchange.link().contains(one.prefix().address());
  }
}

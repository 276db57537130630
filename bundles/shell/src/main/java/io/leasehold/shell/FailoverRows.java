// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.failover.FailoverStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Failover relationships as rows. */
final class FailoverRows {
  private FailoverRows() {}

  /** The one of that name. */
  static <T> T named(String name, List<T> all, Function<T, String> nameOf) throws CommandFailure {
    for (T each : all) {
      if (nameOf.apply(each).equals(name)) {
        return each;
      }
    }
    throw new CommandFailure(
        "there is no relationship '" + name + "'; dhcp:failover-list shows all");
  }

  static Rows of(List<FailoverStatus> relationships) throws CommandFailure {
    Rows rows =
        new Rows("relationship", "role", "state", "since", "partner", "connected", "unsent");
    for (FailoverStatus each : relationships) {
      Attempt.of(() -> add(rows, each));
    }
    return rows;
  }

  private static Void add(Rows rows, FailoverStatus each) {
    FailoverStatus.Updates updates = each.updates();
    rows.add(
        each.name(),
        role(each),
        each.standing().state(),
        each.standing().since(),
        partner(each),
        each.contact().up(),
        updates.waiting() + updates.unanswered());
    return null;
  }

  static String role(FailoverStatus relationship) {
    return relationship.isPrimary() ? "primary" : "secondary";
  }

  static Optional<String> partner(FailoverStatus relationship) {
    return relationship.partner().map(FailoverStatus.Standing::state);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** One line that says how much is in a plan. */
final class PlanSummary {
  private PlanSummary() {}

  /** The families of a plan, in order. */
  static String of(Map<Dialect, FamilyPlan> families) {
    List<String> parts = new ArrayList<>();
    families.forEach((dialect, plan) -> parts.add(dialect.service() + ": " + of(dialect, plan)));
    return String.join("; ", parts);
  }

  private static String of(Dialect dialect, FamilyPlan plan) {
    List<String> counts = new ArrayList<>();
    counts.add(counted(plan.links().stream().filter(Link::shared).count(), "shared network"));
    counts.add(counted(sum(plan, subnet -> 1), "subnet"));
    counts.add(counted(sum(plan, subnet -> subnet.pools().size()), "pool"));
    if (dialect == Dialect.V6) {
      counts.add(counted(sum(plan, subnet -> subnet.prefixPools().size()), "pd-pool"));
    }
    long reservations = sum(plan, subnet -> subnet.reservations().all().size());
    counts.add(counted(reservations + plan.globalReservations().all().size(), "reservation"));
    if (!plan.classes().defined().isEmpty()) {
      counts.add(counted(plan.classes().defined().size(), "class", "classes"));
    }
    return String.join(", ", counts);
  }

  private static long sum(FamilyPlan plan, ToLongFunction<Subnet> count) {
    return plan.links().stream().flatMap(link -> link.subnets().stream()).mapToLong(count).sum();
  }

  private static String counted(long count, String what) {
    return counted(count, what, what + "s");
  }

  private static String counted(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.Sanitizer;
import io.leasehold.server.PlanChange;
import io.leasehold.server.PlanDifference;
import io.leasehold.server.PlanReport;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a plan differs from the one in force, for people and for programs. */
final class PlanDiffText {
  /** More changes than these are only counted for people. */
  private static final int SHOWN = 100;

  private static final int WIDEST = 160;

  private PlanDiffText() {}

  /** Lines for people: what was found, each change, and what becomes of leases. */
  static void print(PrintStream out, PlanDifference difference) {
    difference.report().findings().stream()
        .filter(finding -> finding.error() || !difference.changes().isEmpty())
        .forEach(out::println);
    if (!difference.report().accepted()) {
      return;
    }
    List<PlanChange> changes = difference.changes();
    changes.stream().limit(SHOWN).map(PlanDiffText::line).forEach(out::println);
    if (changes.size() > SHOWN) {
      out.println("and " + (changes.size() - SHOWN) + " more; --json shows all");
    }
    out.println(
        changes.isEmpty()
            ? "The documents say what the plan in force says."
            : changes.size() == 1 ? "1 change." : changes.size() + " changes.");
    if (difference.orphans() > 0) {
      out.println(
          Words.leases(difference.orphans())
              + " would be in no pool and of no reservation any more:");
      difference
          .examples()
          .forEach(lease -> out.println("  " + lease.key() + " of " + lease.client()));
      if (difference.orphans() > difference.examples().size()) {
        out.println("  and " + (difference.orphans() - difference.examples().size()) + " more");
      }
    }
  }

  private static String line(PlanChange change) {
    String what = Sanitizer.line(change.what());
    return switch (change.kind()) {
      case ADDED -> "+ " + what + ": " + shown(change.after());
      case REMOVED -> "- " + what + ": " + shown(change.before());
      case CHANGED ->
          "~ "
              + what
              + ": "
              + (change.before().isEmpty() ? "none" : shown(change.before()))
              + " -> "
              + (change.after().isEmpty() ? "none" : shown(change.after()));
    };
  }

  private static String shown(String value) {
    String line = Sanitizer.line(value);
    return line.length() > WIDEST ? line.substring(0, WIDEST) + "..." : line;
  }

  /** Facts for programs. */
  static Map<String, Object> facts(PlanDifference difference) {
    Map<String, Object> facts = new LinkedHashMap<>();
    PlanReport report = difference.report();
    facts.put("accepted", report.accepted());
    facts.put("summary", report.summary());
    facts.put("digest", difference.digest());
    facts.put("findings", PlanText.findings(report));
    facts.put("changes", difference.changes().stream().map(PlanDiffText::facts).toList());
    facts.put("orphans", difference.orphans());
    facts.put("examples", difference.examples().stream().map(LeaseText::json).toList());
    return facts;
  }

  private static Map<String, Object> facts(PlanChange change) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", change.kind().name().toLowerCase(Locale.ROOT));
    facts.put("what", change.what());
    facts.put("before", change.before().isEmpty() ? null : change.before());
    facts.put("after", change.after().isEmpty() ? null : change.after());
    facts.put("place", change.place());
    return facts;
  }
}

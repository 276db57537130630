// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.PlanReport;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What reading a plan found, for people and for programs. */
final class PlanText {
  private PlanText() {}

  /**
   * Prints it.
   *
   * @throws CommandFailure if the plan was refused
   */
  static void print(PrintStream out, boolean json, PlanReport report, String refusal)
      throws CommandFailure {
    if (json) {
      out.println(Json.of(facts(report)));
    } else {
      report.findings().forEach(out::println);
      if (report.accepted()) {
        out.println(report.summary());
      }
    }
    if (!report.accepted()) {
      long errors = report.findings().stream().filter(PlanReport.Finding::error).count();
      throw new CommandFailure(refusal + ": " + errors + (errors == 1 ? " error" : " errors"));
    }
  }

  private static Map<String, Object> facts(PlanReport report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("accepted", report.accepted());
    facts.put("summary", report.summary());
    facts.put("findings", findings(report));
    return facts;
  }

  /** Everything that was found, for programs. */
  static List<Map<String, Object>> findings(PlanReport report) {
    return report.findings().stream().map(PlanText::finding).toList();
  }

  private static Map<String, Object> finding(PlanReport.Finding finding) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("severity", finding.error() ? "error" : "warning");
    facts.put("place", finding.place());
    facts.put("text", finding.text());
    return facts;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.PlanReport;
import io.leasehold.server.PlanReport.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan on disk that cannot be used, in words for its operator.
 *
 * @param directory where it is
 * @param report what is wrong with it
 */
record PlanRefusal(Path directory, PlanReport report) {
  /** More mistakes than these are only counted. */
  private static final int SHOWN = 10;

  /** One line with the first mistake. */
  String alarm() {
    List<Finding> errors = errors();
    return "the plan in %s is refused: %s%s"
        .formatted(
            directory,
            errors.isEmpty() ? "it has no document" : errors.get(0),
            errors.size() < 2
                ? ""
                : " (and %d more; leasehold check %s shows all)"
                    .formatted(errors.size() - 1, directory));
  }

  /** What to do, and the first mistakes, a line each; all true before a start as well as after. */
  List<String> obstacles() {
    List<Finding> errors = errors();
    List<String> lines = new ArrayList<>();
    lines.add(
        "the plan in %s is refused: %d %s; mend it until leasehold check %s accepts it, then start, or "
                .formatted(
                    directory, errors.size(), errors.size() == 1 ? "error" : "errors", directory)
            + "dhcp:plan-reload if the server runs");
    errors.stream().limit(SHOWN).forEach(error -> lines.add(error.toString()));
    if (errors.size() > SHOWN) {
      lines.add("and %d more".formatted(errors.size() - SHOWN));
    }
    return lines;
  }

  private List<Finding> errors() {
    return report.findings().stream().filter(Finding::error).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.check;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.server.PlanReport;
import io.leasehold.server.plan.json.PlanCompiler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks plan documents without a server: {@code PlanCheck FILE...}. Errors go to the error output,
 * warnings and a summary to the output. Needs only the codec, api and server jars.
 */
public final class PlanCheck {
  /** The documents make a plan. */
  static final int ACCEPTED = 0;

  /** The documents are refused. */
  static final int REFUSED = 1;

  /** The documents could not be read, or the arguments are wrong. */
  static final int UNREADABLE = 2;

  private final PrintStream out;
  private final PrintStream err;

  PlanCheck(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Exits with 0 if the documents make a plan, 1 if they are refused, 2 if they cannot be read. */
  public static void main(String[] arguments) {
    System.exit(new PlanCheck(System.out, System.err).run(arguments));
  }

  int run(String... arguments) {
    if (arguments.length == 0 || Arrays.asList(arguments).contains("--help")) {
      err.println("usage: PlanCheck FILE...   (a directory stands for its *.json)");
      return UNREADABLE;
    }
    PlanReport report;
    try {
      List<Path> paths = new ArrayList<>();
      for (String argument : arguments) {
        paths.add(Path.of(argument));
      }
      report =
          new PlanCompiler(StandardOptions.CATALOGUE, PlanDocuments.INCLUDES)
              .compile(PlanDocuments.readAll(paths), List.of())
              .report();
    } catch (IOException | InvalidPathException e) {
      err.println(e.getMessage());
      return UNREADABLE;
    }
    return print(report);
  }

  private int print(PlanReport report) {
    for (PlanReport.Finding finding : report.findings()) {
      (finding.error() ? err : out).println(finding);
    }
    if (report.accepted()) {
      out.println("accepted: " + report.summary());
      return ACCEPTED;
    }
    long errors = report.findings().stream().filter(PlanReport.Finding::error).count();
    err.println("refused: " + errors + (errors == 1 ? " error" : " errors"));
    return REFUSED;
  }
}

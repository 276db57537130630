// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.server.PlanReport;
import io.leasehold.server.PlanReport.Finding;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents and the distribution show to operators is true. */
class ConfigureGuideTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
  private static final Path EXAMPLES =
      ROOT.resolve("karaf-assembly/src/main/resources/etc/leasehold/plan.d");

  private static PlanReport check(String name, String text) {
    return new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
        .compile(List.of(new Document(name, text)), List.of())
        .report();
  }

  @Test
  void theShippedExampleIsAcceptedWithoutAWord() throws IOException {
    PlanReport report = check("example", Files.readString(EXAMPLES.resolve("example.json.txt")));

    assertThat(report.findings()).isEmpty();
    assertThat(report.accepted()).isTrue();
  }

  @Test
  void theShippedPlanIsAcceptedWithoutAWord() throws IOException {
    PlanReport report = check("plan", Files.readString(EXAMPLES.resolve("plan.json")));

    assertThat(report.findings()).isEmpty();
    assertThat(report.accepted()).isTrue();
  }

  /** The first plan for a protocol behind a headline. */
  private static String example(String guide, String headline, String object) {
    Matcher plan =
        Pattern.compile("(?ms)^```json\n(\\{ \"" + object + "\".*?)^```$").matcher(guide);
    assertThat(plan.find(guide.indexOf("\n" + headline + "\n"))).isTrue();
    return plan.group(1);
  }

  @Test
  void thePlanOfDhcp4IsAcceptedWithoutAWord() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/configure.md"));
    PlanReport report = check("site4.json", example(guide, "### DHCPv4", "Dhcp4"));

    assertThat(report.findings()).isEmpty();
    assertThat(report.summary())
        .isEqualTo("DHCPv4: 0 shared networks, 2 subnets, 2 pools, 2 reservations");
  }

  @Test
  void thePlanWithClassesIsAcceptedWithoutAWord() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/configure.md"));
    PlanReport report = check("site4.json", example(guide, "### Client classes", "Dhcp4"));

    assertThat(report.findings()).isEmpty();
    assertThat(report.summary())
        .isEqualTo("DHCPv4: 0 shared networks, 1 subnet, 3 pools, 1 reservation, 3 classes");
  }

  @Test
  void theErrorsShownAreThoseGiven() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/configure.md"));
    PlanReport report = check("site.json", example(guide, "### What is checked", "Dhcp6"));
    StringBuilder output = new StringBuilder();
    report.findings().forEach(finding -> output.append(finding).append('\n'));
    output
        .append("refused: ")
        .append(report.findings().stream().filter(Finding::error).count())
        .append(" errors\n");

    assertThat(guide).contains("$ bin/leasehold check site.json\n" + output + "```");
  }
}

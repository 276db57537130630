// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.PlanReport;
import io.leasehold.server.PlanReport.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanRefusalTest {
  private static final Path DIRECTORY = Path.of("/srv/dhcp/plan.d");

  private static PlanRefusal with(int errors) {
    List<Finding> findings =
        IntStream.rangeClosed(0, errors)
            .mapToObj(line -> new Finding(line < errors, "a.json:" + line + ":1", "is wrong"))
            .toList();
    return new PlanRefusal(DIRECTORY, new PlanReport(false, findings, ""));
  }

  @Test
  void everyMistakeIsALine() {
    assertThat(with(2).obstacles())
        .containsExactly(
            "the plan in /srv/dhcp/plan.d is refused: 2 errors; mend it until leasehold check"
                + " /srv/dhcp/plan.d accepts it, then start, or dhcp:plan-reload if the server runs",
            "a.json:0:1: error: is wrong",
            "a.json:1:1: error: is wrong");
  }

  @Test
  void tooManyMistakesAreCounted() {
    assertThat(with(10).obstacles()).hasSize(11).noneMatch(line -> line.contains("more"));
    assertThat(with(13).obstacles()).hasSize(12).last().isEqualTo("and 3 more");
  }

  @Test
  void theAlarmIsOneLine() {
    assertThat(with(1).alarm())
        .isEqualTo("the plan in /srv/dhcp/plan.d is refused: a.json:0:1: error: is wrong");
    assertThat(with(3).alarm())
        .endsWith("is wrong (and 2 more; leasehold check /srv/dhcp/plan.d shows all)");
  }
}

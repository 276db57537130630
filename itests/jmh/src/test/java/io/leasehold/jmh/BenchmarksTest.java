// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Whether the benchmarks run; what they measure here means nothing. */
class BenchmarksTest {
  private static final int BENCHMARKS = 71;

  /** It measures nothing, so it need not be the only one on the machine. */
  @BeforeAll
  static void besideOthers() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void everyBenchmarkRunsOnce() throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(".*")
            .param("leases", "100")
            .param("clients", "10")
            .param("classes", "3")
            .param("trace", "other")
            .param("subnets", "10")
            .param("batch", "16")
            .param("sync", "NONE")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(5))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    assertThat(results).hasSizeGreaterThanOrEqualTo(BENCHMARKS);
    assertThat(results)
        .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
    assertThat(Table.of(results).lines())
        .hasSize(results.size() + 3)
        .anyMatch(
            row -> row.startsWith("| LaneBenchmark.renew6 | classes 3, clients 10, trace other |"));
  }
}

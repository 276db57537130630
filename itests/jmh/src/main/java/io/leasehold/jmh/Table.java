// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks briefly and prints their results as a Markdown table. Arguments are those of JMH:
 * patterns, and options such as {@code -i 10 -f 3} for a longer run.
 */
public final class Table {
  private static final int WARM_UPS = 3;
  private static final int ITERATIONS = 5;

  private Table() {}

  /** Runs what the arguments ask for. */
  public static void main(String... arguments) throws RunnerException, CommandLineOptionException {
    CommandLineOptions asked = new CommandLineOptions(arguments);
    ChainedOptionsBuilder options = new OptionsBuilder().parent(asked).shouldFailOnError(true);
    if (!asked.getForkCount().hasValue()) {
      options.forks(1);
    }
    if (!asked.getWarmupIterations().hasValue()) {
      options.warmupIterations(WARM_UPS);
    }
    if (!asked.getMeasurementIterations().hasValue()) {
      options.measurementIterations(ITERATIONS);
    }
    if (!asked.getWarmupTime().hasValue()) {
      options.warmupTime(TimeValue.seconds(1));
    }
    if (!asked.getMeasurementTime().hasValue()) {
      options.measurementTime(TimeValue.seconds(1));
    }
    System.out.print(of(new Runner(options.build()).run()));
  }

  /** A row for each result, with octets allocated where the allocation profiler ran. */
  static String of(Collection<RunResult> results) {
    StringBuilder table =
        new StringBuilder("\n| benchmark | | time | +/- (99.9 %) | unit | B allocated |\n")
            .append("| --- | --- | ---: | ---: | --- | ---: |\n");
    for (RunResult result : results) {
      Result<?> primary = result.getPrimaryResult();
      Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s | %s |%n",
              name(result.getParams()),
              parameters(result.getParams()),
              number(primary.getScore()),
              number(primary.getScoreError()),
              primary.getScoreUnit(),
              allocated == null ? "-" : String.format(Locale.ROOT, "%,.0f", allocated.getScore())));
    }
    return table.toString();
  }

  private static String name(BenchmarkParams parameters) {
    String[] parts = parameters.getBenchmark().split("\\.");
    return parts[parts.length - 2] + "." + parts[parts.length - 1];
  }

  private static String parameters(BenchmarkParams parameters) {
    return parameters.getParamsKeys().stream()
        .map(key -> key + " " + parameters.getParam(key))
        .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }
}

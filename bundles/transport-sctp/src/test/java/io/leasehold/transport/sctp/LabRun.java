// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs the tests of this bundle where there is nothing but Java, as in itests/lab/sctp-vm.sh: a
 * line for each, and a status of 0 if all passed and none was skipped.
 */
public final class LabRun {
  private LabRun() {}

  /** Runs them; arguments are not looked at. */
  public static void main(String[] arguments) {
    LauncherDiscoveryRequest all =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(LabRun.class.getPackageName()))
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(all, summary, new Lines());
    summary.getSummary().printFailuresTo(new PrintWriter(System.out, true), 30);
    long failed = summary.getSummary().getTotalFailureCount();
    long skipped =
        summary.getSummary().getTestsSkippedCount()
            + summary.getSummary().getContainersSkippedCount();
    System.out.printf(
        "%d passed, %d failed, %d skipped%n",
        summary.getSummary().getTestsSucceededCount(), failed, skipped);
    System.exit(failed + skipped == 0 ? 0 : 1);
  }

  private static final class Lines implements TestExecutionListener {
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan begun) {
      plan = begun;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest()) {
        System.out.println(result.getStatus() + " " + name(test));
      }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      System.out.println("SKIPPED " + name(test) + ": " + reason);
    }

    private String name(TestIdentifier test) {
      return plan.getParent(test).map(each -> each.getDisplayName() + " ").orElse("")
          + test.getDisplayName();
    }
  }
}

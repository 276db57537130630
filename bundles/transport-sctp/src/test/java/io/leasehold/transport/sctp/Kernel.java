// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that need SCTP of the kernel; elsewhere they are skipped, saying what is missing. */
final class Kernel implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> absence = new KernelSockets().absence();
    return absence
        .map(
            why ->
                ConditionEvaluationResult.disabled(
                    "itests/lab/sctp-vm.sh runs this in a virtual machine; here " + why))
        .orElseGet(() -> ConditionEvaluationResult.enabled("the kernel has SCTP"));
  }
}

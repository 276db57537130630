// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.PlanReport;
import io.leasehold.server.plan.ServerPlan;
import java.util.Optional;

/**
 * The outcome of compiling.
 *
 * @param plan the plan, unless there is an error
 * @param report everything that was found
 */
public record PlanCompilation(Optional<ServerPlan> plan, PlanReport report) {}

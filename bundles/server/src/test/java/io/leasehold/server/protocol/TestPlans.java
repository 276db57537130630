// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompilation;
import io.leasehold.server.plan.json.PlanCompiler;
import java.util.List;

/** Plans as operators write them. */
public final class TestPlans {
  private TestPlans() {}

  /** The plan in a document. */
  public static ServerPlan of(String text) {
    PlanCompilation compilation =
        new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
            .compile(List.of(new Document("plan", text)), List.of());
    return compilation
        .plan()
        .orElseThrow(() -> new AssertionError(compilation.report().findings().toString()));
  }
}

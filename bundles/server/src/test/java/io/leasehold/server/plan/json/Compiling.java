// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.server.plan.ServerPlan;
import java.util.List;

/** Compiles one document with all options there are. */
final class Compiling {
  private Compiling() {}

  static PlanCompilation compile(String text) {
    return new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
        .compile(List.of(new Document("plan.json", text)), List.of());
  }

  /** The plan of a document of which there is nothing to say. */
  static ServerPlan plan(String text) {
    PlanCompilation compilation = compile(text);
    assertThat(compilation.report().findings()).isEmpty();
    return compilation.plan().orElseThrow();
  }
}

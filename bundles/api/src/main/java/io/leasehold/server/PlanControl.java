// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.codec.option.OptionCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The address plan in force. Methods may be called from any thread. */
@ProviderType
public interface PlanControl {
  /**
   * Reads documents without using them; a directory stands for its {@code *.json}. An empty list
   * means the server's own. Blocks on files.
   */
  PlanReport check(List<Path> documents);

  /**
   * Reads the server's documents and, if there is no error, uses them from the next packet on. All
   * or nothing: a refused plan leaves the running one in force. Completes when the new plan serves.
   */
  CompletionStage<PlanReport> reload();

  /** The report of the plan in force. */
  PlanReport current();

  /** Option definitions of the plan in force, the standard ones and those of bundles included. */
  OptionCatalogue catalogue();
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes of the address plan, and the plans that were. Methods may be called from any thread but
 * the server's own. What cannot be done fails a stage with an {@link IllegalStateException}, or an
 * {@link IllegalArgumentException} if what was asked for is not there; the message is a sentence.
 */
@ProviderType
public interface PlanLifecycle {
  /** Compares the server's documents with the plan in force. Blocks on files. */
  CompletionStage<PlanDifference> difference();

  /**
   * Compares documents that were kept with the plan in force. Blocks on files.
   *
   * @param number of the version
   */
  CompletionStage<PlanDifference> difference(long number);

  /**
   * Uses the server's documents if they still make the plan with this digest.
   *
   * @param remark goes into the history
   */
  CompletionStage<PlanReport> apply(String digest, String remark);

  /**
   * What has been kept, the latest first.
   *
   * @throws IOException if it cannot be read
   */
  List<PlanVersion> history() throws IOException;

  /**
   * Puts documents that were kept back in place of the server's, all or nothing, and uses them.
   * What was there is kept first, whether it makes a plan or not.
   *
   * @param remark goes into the history
   */
  CompletionStage<PlanReport> rollback(long number, String remark);

  /**
   * Changes a document and uses the plan. Everything else in it stays as it is, comments and order
   * included. Nothing is changed if the result would be refused, or if the documents differ from
   * the plan in force.
   *
   * @param remark goes into the history
   */
  CompletionStage<PlanPatch> edit(PlanEdit edit, PlanEdit.Mode mode, String remark);
}

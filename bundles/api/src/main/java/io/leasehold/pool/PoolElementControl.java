// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A pool element as operators see and order it. Methods may be called from any thread. A stage
 * completes with a sentence for the operator when it is done, and fails with {@link
 * IllegalStateException}, whose message says why, if it is refused.
 */
@ProviderType
public interface PoolElementControl {
  /** Name of the instance. */
  String name();

  /** Every registration, by handle. */
  List<PoolRegistration> registrations();

  /** Where registrars are asked, in the order in which they are tried. */
  List<RegistrarContact> registrars();

  /**
   * Takes the server out of a pool before maintenance: it deregisters, and answers whoever asks as
   * long as pool users may not have heard of it.
   */
  CompletionStage<String> drain(PoolHandle pool);

  /** Ends a drain: the server joins the pool again when it is ready. */
  CompletionStage<String> rejoin(PoolHandle pool);

  /** Counters by name in kebab case. */
  Map<String, Long> counters();

  /** What wants attention, a sentence each. */
  List<String> alarms();
}

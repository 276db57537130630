// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What operators order of a failover relationship. Methods may be called from any thread. A stage
 * completes with a sentence for the operator when it is done and durable, and fails with {@link
 * IllegalStateException}, whose message says why, if it is refused.
 */
@ProviderType
public interface FailoverControl {
  /** Name of the relationship. */
  String name();

  /**
   * The partner is known not to serve, and will not by itself. Said of a partner that does serve,
   * two clients may get one address.
   *
   * @param force also in states from which RFC 8156 has no such way
   */
  CompletionStage<String> partnerDown(boolean force);

  /** Tells the partner what it has to hear, and then that this server shuts down. */
  CompletionStage<String> drain();

  /** Forgets how it stood, and learns everything from the partner (RECOVER). */
  CompletionStage<String> forceRecover();
}

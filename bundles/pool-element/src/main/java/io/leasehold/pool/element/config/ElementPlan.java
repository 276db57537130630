// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.config;

import io.leasehold.pool.element.ElementSettings;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file says.
 *
 * @param settings of the pool element
 * @param failover relationship whose state is the rank; empty if the server has no partner
 * @param rank of a server without a partner
 */
public record ElementPlan(ElementSettings settings, Optional<String> failover, long rank) {
  /** Rejects null. */
  public ElementPlan {
    Objects.requireNonNull(settings);
    Objects.requireNonNull(failover);
  }
}

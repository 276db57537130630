// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.util.Map;

/**
 * How a store is.
 *
 * @param condition whether it takes changes
 * @param epoch grows each time the store was opened anew after a failure; a table loaded in an
 *     earlier epoch is stale
 * @param cause why it is not open, or why it is only degraded; empty when all is well
 * @param facts further facts for operators, by name in Kebab case ("queue-depth", "journal-octets",
 *     "last-sync-micros")
 */
public record StoreStatus(
    Condition condition, long epoch, String cause, Map<String, String> facts) {
  /** Whether changes are taken. */
  public enum Condition {
    /** Takes changes and makes them durable. */
    OPEN,
    /** Takes changes, with something to mend. */
    DEGRADED,
    /** Refuses every change. */
    STOPPED
  }

  /** Copies the map. */
  public StoreStatus {
    facts = Map.copyOf(facts);
  }

  /** Whether changes are taken. */
  public boolean takesChanges() {
    return condition != Condition.STOPPED;
  }
}

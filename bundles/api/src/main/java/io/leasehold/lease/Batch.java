// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.util.List;

/**
 * Changes that become durable together or not at all.
 *
 * @param leases at most one change of each key
 * @param notes at most one change of each name
 */
public record Batch(List<LeaseChange> leases, List<NoteChange> notes) {
  /** Copies the lists. */
  public Batch {
    leases = List.copyOf(leases);
    notes = List.copyOf(notes);
  }

  /** A batch of leases alone. */
  public static Batch of(List<LeaseChange> leases) {
    return new Batch(leases, List.of());
  }
}

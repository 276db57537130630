// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import io.leasehold.net.Bytes;

/**
 * A small named value kept beside the leases (server DUID, failover state).
 *
 * @param name 1 to 255 characters
 * @param value at most 1 MiB; empty forgets the note
 */
public record NoteChange(String name, Bytes value) {
  /** Rejects what cannot be stored. */
  public NoteChange {
    if (name.isEmpty() || name.length() > 255 || value.length() > 1 << 20) {
      throw new IllegalArgumentException("note '" + name + "' of " + value.length() + " octets");
    }
  }
}

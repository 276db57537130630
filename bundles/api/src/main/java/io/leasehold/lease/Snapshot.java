// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** The content of a store at one moment. Used by one thread; all methods may block on a medium. */
@ConsumerType
public interface Snapshot extends Closeable {
  /** The moment: everything up to here shows, and nothing later. */
  Position position();

  /**
   * The next lease in the order of keys; empty when there is none left.
   *
   * @throws IOException if reading fails, or what is read is damaged
   */
  Optional<Lease> nextLease() throws IOException;

  /**
   * The next note in the order of names, after all leases; empty when there is none left.
   *
   * @throws IOException if reading fails, or what is read is damaged
   */
  Optional<NoteChange> nextNote() throws IOException;

  /** Gives back what the snapshot holds. */
  @Override
  void close() throws IOException;
}

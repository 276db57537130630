// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes in what a store gives back. Calls for one key come in order and one at a time; calls for
 * different keys may come from several threads at once. A later call for a key replaces an earlier
 * one.
 */
@ProviderType
public interface LeaseSink {
  /** A lease of the store. */
  void put(Lease lease);

  /**
   * A lease of the store as {@link LeaseFormat} has it, from the buffer's position to its limit, in
   * network order. A store that keeps leases in that form gives them so; a sink that keeps them so
   * too need not make objects of them.
   *
   * @param encoded nothing of it may be kept or changed after the call; its position may be moved
   * @throws LeaseFormatException if there is no lease of a known version
   */
  default void putEncoded(ByteBuffer encoded) {
    put(LeaseFormat.decode(encoded));
  }

  /** A lease that was given before and is forgotten. */
  void remove(LeaseKey key);
}

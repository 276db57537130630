// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.nio.ByteBuffer;
import java.util.Iterator;
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

  /**
   * Leases of the store, one after the other as by {@link #putEncoded}. A sink that has to lock
   * something need not do so for each.
   *
   * @param encoded all of it is taken; each buffer changes when the next one is asked for
   * @throws LeaseFormatException if one is no lease of a known version
   */
  default void putAllEncoded(Iterator<ByteBuffer> encoded) {
    encoded.forEachRemaining(this::putEncoded);
  }

  /** A lease that was given before and is forgotten. */
  void remove(LeaseKey key);
}

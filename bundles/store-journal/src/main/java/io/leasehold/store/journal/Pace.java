// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;

/**
 * Holds up background work, so that commits do not wait behind it, neither for the disk nor for a
 * processor. Called by the working threads, often.
 */
@FunctionalInterface
public interface Pace {
  /** Holds nothing up. */
  Pace AT_ONCE = octets -> {};

  /**
   * Octets were written, or none and work went on; may block for a while, or end the work by
   * throwing.
   */
  void wrote(int octets) throws IOException;
}

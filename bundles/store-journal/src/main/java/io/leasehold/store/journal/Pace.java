// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;

/**
 * Holds up background writing, so that commits do not wait behind it. Called by the writing
 * threads.
 */
@FunctionalInterface
public interface Pace {
  /** Octets were written; may block for a while, or end the work by throwing. */
  void wrote(int octets) throws IOException;
}

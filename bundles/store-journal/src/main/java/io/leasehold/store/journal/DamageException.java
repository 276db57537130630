// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;

/** Stored data that was once durable is missing or changed. The store refuses to guess. */
final class DamageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the file, the place in it and what is wrong. */
  DamageException(String file, long offset, String reason) {
    super("damaged: " + file + " at octet " + offset + ": " + reason);
  }
}

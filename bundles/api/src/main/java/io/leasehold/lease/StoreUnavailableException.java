// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.io.IOException;

/** The store cannot make changes durable now. The message says why and what helps. */
public final class StoreUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the reason. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Names the reason. */
  public StoreUnavailableException(String message) {
    super(message);
  }
}

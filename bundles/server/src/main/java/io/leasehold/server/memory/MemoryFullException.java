// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.memory;

/** There is no room for what was to be kept. Nothing was changed by the call that threw it. */
public final class MemoryFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence that says what is full. */
  public MemoryFullException(String message) {
    super(message);
  }

  MemoryFullException(String message, Throwable cause) {
    super(message, cause);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

/** Ends the reading of a message of which nothing may have an effect. Stays in this package. */
final class DiscardedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Decoded.Reason reason;
  private final transient ErrorCause cause;

  /** With what is to be reported; null for nothing. */
  DiscardedException(Decoded.Reason reason, ErrorCause cause) {
    super(reason.word(), null, false, false);
    this.reason = reason;
    this.cause = cause;
  }

  Decoded.Reason reason() {
    return reason;
  }

  ErrorCause cause() {
    return cause;
  }
}

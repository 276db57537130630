// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

/** A credential cannot be used; the message says place and remedy, and never a secret. */
public final class CredentialFault extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether it may heal by itself, as a file does that is being written. */
  private final boolean passing;

  CredentialFault(String message) {
    this(message, false);
  }

  private CredentialFault(String message, boolean passing) {
    super(message, null, false, false);
    this.passing = passing;
  }

  /** What a file holds is wrong: while it is written anew that is so for a moment. */
  static CredentialFault inContent(String message) {
    return new CredentialFault(message, true);
  }

  boolean passing() {
    return passing;
  }
}

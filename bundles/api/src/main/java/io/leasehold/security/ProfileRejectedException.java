// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

/** A profile cannot be used as it is; the message says place, value and remedy. */
public class ProfileRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public ProfileRejectedException(String message) {
    super(message);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

/** What the IKE daemon sent is not VICI, or more of it than is accepted. */
public final class ViciFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  ViciFormatException(String message) {
    super(message);
  }
}

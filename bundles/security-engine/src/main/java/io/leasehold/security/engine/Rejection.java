// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

/** A certificate is not accepted: an alert for the peer, a line for people here. */
final class Rejection extends Exception {
  private static final long serialVersionUID = 1L;

  private final short alert;

  Rejection(short alert, String line) {
    super(line, null, false, false);
    this.alert = alert;
  }

  short alert() {
    return alert;
  }
}

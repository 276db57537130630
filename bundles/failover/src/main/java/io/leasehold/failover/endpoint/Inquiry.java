// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

/** What a state has asked of the partner on the connection that there is. */
final class Inquiry {
  private boolean isAsked;
  private boolean isAnswered;

  /** Another state, or another connection: whatever was asked before counts no more. */
  void forget() {
    isAsked = false;
    isAnswered = false;
  }

  void asked() {
    isAsked = true;
  }

  /** The partner has sent everything, and it is durable. */
  void answered() {
    isAnswered = isAsked;
  }

  boolean isAsked() {
    return isAsked;
  }

  boolean isAnswered() {
    return isAnswered;
  }
}

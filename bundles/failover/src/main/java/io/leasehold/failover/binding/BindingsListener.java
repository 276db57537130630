// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.failover.effect.Moment;

/** Hears how the exchange of leases goes. On the thread of the relationship. */
public interface BindingsListener {
  /** All that was asked for with {@link Bindings#request} has come, and is durable. */
  void onRequestDone(Moment now);

  /**
   * Nothing goes on that should: the connection is to be made anew.
   *
   * @param why a sentence
   */
  void onStalled(String why, Moment now);

  /**
   * Since updates go by themselves, everything that was due has been sent and answered; said once
   * each time (RFC 8156 section 8.8).
   */
  void onCaughtUp(Moment now);
}

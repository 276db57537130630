// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Bytes;
import io.leasehold.server.lease.LinkLeases;

/**
 * One protocol under one plan: what comes in, and what is said to it. Keeps nothing between calls;
 * any thread, and several at once.
 *
 * @param <R> its requests
 */
public interface Protocol<R extends Request> {
  /** The request in a datagram; null if it was dropped, which is counted. Never throws. */
  R accept(Bytes datagram, Arrival arrival);

  /**
   * Answers a request and changes leases accordingly. Called by the thread that owns the leases.
   * Never throws; after an error in this program no lease has changed.
   *
   * @param leasesOrNull the leases of the client's link; null if the plan does not know the link
   * @param now seconds since 1970
   */
  Outcome answer(R request, LinkLeases leasesOrNull, long now);
}

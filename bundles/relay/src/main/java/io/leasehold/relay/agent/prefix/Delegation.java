// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;

/**
 * A prefix that a client has.
 *
 * @param nextHop link-local address of the client
 * @param interfaceName where the client is
 * @param client octets of its DUID
 * @param iaid of its association
 * @param validUntilMillis end of the valid lifetime, milliseconds since the epoch; {@link
 *     #FOR_EVER} if it has none
 */
record Delegation(
    Prefix prefix,
    Ipv6 nextHop,
    String interfaceName,
    Bytes client,
    long iaid,
    long validUntilMillis) {
  /** A lifetime without end (RFC 8415 section 7.7). */
  static final long FOR_EVER = Long.MAX_VALUE;

  /** Whether that client on that interface has it; the same DUID may be elsewhere too (G-4). */
  boolean isOf(Bytes candidate, String onInterface) {
    return client.equals(candidate) && interfaceName.equals(onInterface);
  }

  /** Whether its valid lifetime is over. */
  boolean isOver(long nowMillis) {
    return validUntilMillis <= nowMillis;
  }
}

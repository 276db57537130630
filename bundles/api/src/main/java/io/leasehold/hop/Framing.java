// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

/** How messages are told apart in a stream. */
public enum Framing {
  /** Two octets in network order before each message say how long it is. */
  LENGTH_BEFORE,
  /**
   * Each message has its length in its third and fourth octet, counted from its first one; zeros
   * follow up to a multiple of four octets, which the length does not count (RFC 5354 section 4).
   * Transports add them, and take them away.
   */
  LENGTH_WITHIN
}

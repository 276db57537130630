// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

/** What an operator can order of an endpoint. */
public enum Order {
  /** The partner does not serve (RFC 8156 section 8.4), where that section foresees it. */
  PARTNER_DOWN,
  /** The same in states that have no such way by the RFC. */
  FORCED_PARTNER_DOWN,
  /** Tell the partner everything, then that this server shuts down, and serve no more. */
  DRAIN,
  /** Learn everything from the partner anew (RECOVER). */
  FORCE_RECOVER
}

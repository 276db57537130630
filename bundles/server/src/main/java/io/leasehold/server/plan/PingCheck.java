// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

/**
 * Whether and how an address is probed before it is offered (RFC 2131 section 2.2).
 *
 * @param enabled whether it is
 * @param requests how often the address is asked until it counts as free
 * @param replyMillis how long each time is waited for an answer
 * @param clientSeconds a client that had the address so recently gets it without
 */
public record PingCheck(boolean enabled, int requests, long replyMillis, long clientSeconds) {
  /** Nothing is probed. */
  public static final PingCheck OFF = new PingCheck(false, 1, 100, 60);
}

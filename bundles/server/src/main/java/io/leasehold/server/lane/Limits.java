// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

/**
 * How many requests that begin a conversation are answered in a second; 0 is no limit. Requests of
 * clients that have leases are never limited.
 *
 * @param perClient of one client
 * @param perRelayPort of one port of a relay agent, as far as the relay agent names it
 * @param perLink of one link
 */
public record Limits(int perClient, int perRelayPort, int perLink) {
  /** No limits. */
  public static final Limits NONE = new Limits(0, 0, 0);
}

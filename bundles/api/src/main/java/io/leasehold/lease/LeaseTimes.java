// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

/**
 * The times of a lease, in seconds since 1970 (RFC 8156 section 7.3 names them).
 *
 * @param stateSince start-time-of-state: since when the state holds
 * @param lastTransaction client-last-transaction-time: when this server last heard the client
 * @param preferredUntil when the preferred lifetime ends, or {@link #NEVER}
 * @param expires state-expiration-time: when the state ends ({@code ACTIVE}: the valid lifetime;
 *     {@code ABANDONED}: the probation; {@code EXPIRED} and {@code RELEASED}: the memory of the
 *     client), or {@link #NEVER}
 */
public record LeaseTimes(long stateSince, long lastTransaction, long preferredUntil, long expires) {
  /** No end: lifetime 0xffffffff on the wire (RFC 8415 section 7.7). */
  public static final long NEVER = Long.MAX_VALUE;

  /** When a lifetime in seconds that starts at {@code now} ends; 0xffffffff is {@link #NEVER}. */
  public static long end(long now, long lifetimeSeconds) {
    return lifetimeSeconds == 0xffff_ffffL ? NEVER : now + lifetimeSeconds;
  }

  /**
   * What is left at {@code now}, as a lifetime for the wire: 0 when over, 0xffffffff for {@link
   * #NEVER}.
   */
  public static long remaining(long end, long now) {
    return end == NEVER ? 0xffff_ffffL : Math.min(Math.max(end - now, 0), 0xffff_fffeL);
  }
}

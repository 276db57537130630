// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

import io.leasehold.transport.datagram.SettingRange;

/**
 * How much may be taken of this host.
 *
 * @param queueMessages that may wait in a link, or in a connection that was accepted
 * @param queueOctets that these messages may have
 * @param totalOctets of messages that may wait in all links and connections together
 * @param handshakesPerSecond that one address may begin
 * @param strangersPerSecond that may begin handshakes, from all addresses that are not known
 */
public record ConnectionLimits(
    int queueMessages,
    long queueOctets,
    long totalOctets,
    int handshakesPerSecond,
    int strangersPerSecond) {
  private static final int MOST_OCTETS = 0xffff;

  /** As shipped. */
  public static final ConnectionLimits USUAL =
      new ConnectionLimits(1024, 1 << 20, 32 << 20, 8, 100);

  /** Checks all of them. */
  public void check(SettingRange range) {
    range
        .check("queue.messages", queueMessages, 1, 65_536)
        .check("queue.octets", queueOctets, MOST_OCTETS, 1L << 30)
        .check("total.octets", totalOctets, MOST_OCTETS, 1L << 40)
        .check("handshakes.per.second", handshakesPerSecond, 1, 10_000)
        .check("strangers.per.second", strangersPerSecond, 1, 100_000);
  }
}

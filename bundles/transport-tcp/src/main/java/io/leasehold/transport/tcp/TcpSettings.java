// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.transport.datagram.SettingRange;

/**
 * Configuration of the transport.
 *
 * @param threads that serve all connections; 0: one for every two processors, at most 4
 * @param queueMessages that may wait in a link, or in a connection that was accepted
 * @param handshakesPerSecond that one address may begin
 * @param silentMessages that a peer must not leave unanswered for {@link TcpTimes#silence}
 * @param times how long what may take
 */
public record TcpSettings(
    int threads, int queueMessages, int handshakesPerSecond, int silentMessages, TcpTimes times) {
  /** As shipped. */
  public static final TcpSettings USUAL = new TcpSettings(0, 256, 8, 20, TcpTimes.USUAL);

  /**
   * Checks all of them.
   *
   * @throws IllegalArgumentException naming every key that is wrong
   */
  public TcpSettings {
    new SettingRange("io.leasehold.transport.tcp")
        .check("threads", threads, 0, 64)
        .check("queue.messages", queueMessages, 1, 65_536)
        .check("handshakes.per.second", handshakesPerSecond, 1, 10_000)
        .check("silence.messages", silentMessages, 1, 1_000_000)
        .check("connect.timeout.millis", times.connect().toMillis(), 100, 120_000)
        .check("pause.least.millis", times.leastPause().toMillis(), 10, 60_000)
        .check(
            "pause.most.millis",
            times.mostPause().toMillis(),
            times.leastPause().toMillis(),
            3_600_000)
        .check("silence.seconds", times.silence().toSeconds(), 1, 3600)
        .check("age.hours", times.age().toHours(), 0, 720)
        .check("rescan.millis", times.rescan().toMillis(), 10, 60_000)
        .orThrow();
  }

  int threadsFor(int processors) {
    return threads > 0 ? threads : Math.max(1, Math.min(4, processors / 2));
  }
}

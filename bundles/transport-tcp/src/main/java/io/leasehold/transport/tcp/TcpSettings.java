// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.transport.connection.ConnectionLimits;
import io.leasehold.transport.datagram.SettingRange;

/**
 * Configuration of the transport.
 *
 * @param threads that serve all connections; 0: one for every two processors, at most 4
 * @param silentMessages that a peer must not leave unanswered for {@link TcpTimes#silence}
 * @param limits of what may be taken of this host
 * @param times how long what may take
 */
public record TcpSettings(
    int threads, int silentMessages, ConnectionLimits limits, TcpTimes times) {
  /** As shipped. */
  public static final TcpSettings USUAL =
      new TcpSettings(0, 20, ConnectionLimits.USUAL, TcpTimes.USUAL);

  /**
   * Checks all of them.
   *
   * @throws IllegalArgumentException naming every key that is wrong
   */
  public TcpSettings {
    SettingRange range =
        new SettingRange("io.leasehold.transport.tcp")
            .check("threads", threads, 0, 64)
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
            .check("rescan.millis", times.rescan().toMillis(), 10, 60_000);
    limits.check(range);
    range.orThrow();
  }

  int threadsFor(int processors) {
    return threads > 0 ? threads : Math.max(1, Math.min(4, processors / 2));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.transport.datagram.SettingRange;
import java.time.Duration;

/**
 * Times of the transport.
 *
 * @param tick between two looks at what is due
 * @param firstPause most that a link waits before it connects again for the first time
 * @param longestPause most that it waits when it has failed often
 * @param handshake after which a handshake that the provider does not end is given up
 * @param drain how long a connection that was replaced takes messages
 * @param silence how long a link waits for an answer
 * @param unanswered how many messages without an answer in that time end a connection
 */
public record DtlsSettings(
    Duration tick,
    Duration firstPause,
    Duration longestPause,
    Duration handshake,
    Duration drain,
    Duration silence,
    int unanswered) {
  /** What suits hops over a network. */
  public static final DtlsSettings USUAL =
      new DtlsSettings(
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          20);

  /**
   * Rejects what does not work, all of it at once.
   *
   * @throws IllegalArgumentException naming each key, its value and the accepted form
   */
  public DtlsSettings {
    new SettingRange("io.leasehold.transport.dtls")
        .check("pause.millis", firstPause.toMillis(), 10, 60_000)
        .check("longest.pause.millis", longestPause.toMillis(), firstPause.toMillis(), 600_000)
        .check("drain.millis", drain.toMillis(), 100, 600_000)
        .check("silence.millis", silence.toMillis(), 100, 600_000)
        .check("unanswered", unanswered, 1, 10_000)
        .orThrow();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import java.time.Duration;

/**
 * How long what may take.
 *
 * @param connect until a connection is there
 * @param leastPause before a connection is tried again for the first time
 * @param mostPause before it is tried again
 * @param silence in which a peer must answer at least one of many messages
 * @param age of a connection of ours after which another takes its place; zero: never
 * @param rescan between two looks at the interfaces and at places that could not be opened
 */
public record TcpTimes(
    Duration connect,
    Duration leastPause,
    Duration mostPause,
    Duration silence,
    Duration age,
    Duration rescan) {
  /** As shipped. */
  public static final TcpTimes USUAL =
      new TcpTimes(
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofHours(24),
          Duration.ofSeconds(1));

  /** After a question for TLS (RFC 7653 section 8.2 leaves it open). */
  static final Duration STARTTLS = Duration.ofSeconds(5);

  /** Without a message, until a connection that was replaced is ended. */
  static final Duration QUIET = Duration.ofSeconds(2);

  /** For a connection that was replaced, to be quiet. */
  static final Duration DRAIN = Duration.ofSeconds(30);

  /** For the other side to take our last octets and end too. */
  static final Duration LINGER = Duration.ofSeconds(1);

  /** For a peer to take anything while messages wait for it. */
  static final Duration STALL = Duration.ofSeconds(30);

  /** Between two looks at what is due. */
  static final Duration TICK = Duration.ofMillis(250);
}

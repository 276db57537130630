// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import java.time.Duration;

/**
 * What peers may take, before and after they are known.
 *
 * @param unauthenticated connections of unknown peers at a time
 * @param perSource connections of one address at a time
 * @param perPeer connections of one peer at a time; there is always room for these
 * @param handshake time until the peer must be known
 * @param frame time for a message to be whole after its first octet
 * @param idle time without a message after which a connection is closed; zero: for ever
 * @param age after which a connection is replaced by a new one; zero: never
 */
public record HopLimits(
    int unauthenticated,
    int perSource,
    int perPeer,
    Duration handshake,
    Duration frame,
    Duration idle,
    Duration age) {
  /** What suits a server with some hundred relay agents. */
  public static final HopLimits USUAL =
      new HopLimits(
          32,
          4,
          2,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ZERO,
          Duration.ofHours(24));
}

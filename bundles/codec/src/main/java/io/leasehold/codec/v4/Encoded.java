// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.net.Bytes;
import java.util.List;

/**
 * A message in octets, and what of it did not fit.
 *
 * @param datagram what UDP carries
 * @param leftOut codes of the options that had no room, in the order of the message
 */
public record Encoded(Bytes datagram, List<Integer> leftOut) {
  /** Copies the list. */
  public Encoded {
    leftOut = List.copyOf(leftOut);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;

/**
 * A datagram to send.
 *
 * @param family of which protocol
 * @param path the way
 * @param datagram its octets
 * @param destination where it goes
 * @param counter counted when it was sent
 */
public record Reply(
    Family family, Path path, Bytes datagram, Destination destination, String counter) {
  /** Sends it; false if it could not be sent, which the transport has counted. */
  public boolean send() {
    return path.send(datagram, destination);
  }
}

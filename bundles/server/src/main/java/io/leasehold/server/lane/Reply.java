// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.net.Bytes;
import io.leasehold.transport.Path;

/**
 * A datagram to send.
 *
 * @param path the way
 * @param datagram its octets
 * @param port the port to send to
 * @param counter counted when it was sent
 */
public record Reply(Path path, Bytes datagram, int port, String counter) {}

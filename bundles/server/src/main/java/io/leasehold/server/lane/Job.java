// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.net.Bytes;
import io.leasehold.server.v6.intake.Dhcp6Request;
import io.leasehold.transport.Path;

/**
 * A request on its way to its lane.
 *
 * @param regime under which it was accepted
 * @param request what the client wants
 * @param path the way back
 * @param datagram as it came, to accept it anew if the regime changes before its turn
 */
public record Job(Regime regime, Dhcp6Request request, Path path, Bytes datagram) {}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
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
public record Job(Regime regime, Dhcp6Request request, Path path, Bytes datagram) {
  /** Whether the answer changes leases, and so waits for the store (RFC 8415 section 18.3). */
  public boolean promises() {
    return switch (request.type()) {
      case Dhcp6MessageType.CONFIRM, Dhcp6MessageType.INFORMATION_REQUEST -> false;
      case Dhcp6MessageType.SOLICIT ->
          request.message().options().has(Dhcp6OptionCode.RAPID_COMMIT);
      default -> true;
    };
  }
}

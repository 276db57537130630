// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.net.Ipv6;
import io.leasehold.security.AuthenticatedPeer;
import java.util.Optional;

/**
 * Who registered a pool element.
 *
 * @param name of the peer, or its address if none is known
 * @param peer its entry in the directory, if it is known
 * @param remote from where
 */
record Holder(String name, Optional<String> peer, Ipv6 remote) {
  static Holder of(Visitor visitor) {
    return new Holder(
        visitor.name(),
        visitor.caller().peer().map(AuthenticatedPeer::peerId),
        visitor.caller().remote());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Optional;

/**
 * How the packets of a link are told.
 *
 * @param interfaceName directly attached clients come in on this interface
 * @param interfaceId relayed clients carry this Interface-Id (RFC 8415 section 21.18)
 * @param relayAddresses relayed clients come with one of these link-addresses
 */
public record Selectors(
    Optional<String> interfaceName, Optional<Bytes> interfaceId, List<Ipv6> relayAddresses) {
  /** No selector: the subnet's prefix decides. */
  public static final Selectors NONE = new Selectors(Optional.empty(), Optional.empty(), List.of());

  /** Copies the list. */
  public Selectors {
    relayAddresses = List.copyOf(relayAddresses);
  }
}

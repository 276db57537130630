// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.net.Ipv6;
import java.util.Optional;

/**
 * Who is at the other end of a connection that was accepted.
 *
 * @param address from where it came; an IPv4 address is IPv4-mapped
 * @param isSecure whether the connection is protected
 * @param peerId its entry in the directory of peers, if it has proved who it is
 */
public record Caller(Ipv6 address, boolean isSecure, Optional<String> peerId) {
  /** {@code 2001:db8::2 (east)}. */
  @Override
  public String toString() {
    return address + peerId.map(id -> " (" + id + ")").orElse("");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import java.time.Instant;
import java.util.List;

/**
 * A relay agent that has spoken to the server.
 *
 * @param address it spoke from; an IPv4 address is IPv4-mapped
 * @param links link-addresses and giaddrs that it spoke for, some of them
 * @param carrier {@code udp}, or the scheme of the hop
 * @param peer its entry in the peer directory, if it proved that; else empty
 * @param assurance what the hop vouched for
 * @param first when it was first heard
 * @param last when it was last heard
 * @param messages that came, about
 * @param refusal why its last message was refused, in one word; empty if it was taken
 */
public record RelaySeen(
    Ipv6 address,
    List<Ipv6> links,
    String carrier,
    String peer,
    Assurance assurance,
    Instant first,
    Instant last,
    long messages,
    String refusal) {
  /** Copies the list. */
  public RelaySeen {
    links = List.copyOf(links);
  }
}

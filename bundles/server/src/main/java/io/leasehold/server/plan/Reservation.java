// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Optional;

/**
 * What is kept for one client.
 *
 * @param identifier who
 * @param addresses its addresses
 * @param prefixes its delegated prefixes
 * @param hostname its name
 * @param boot what it boots, in DHCPv4
 * @param options its own options; they win over the pool's and the subnet's
 * @param classes numbers of classes that it belongs to
 */
public record Reservation(
    HostIdentifier identifier,
    List<Ipv6> addresses,
    List<Prefix> prefixes,
    Optional<String> hostname,
    BootFields boot,
    OptionSet options,
    List<Integer> classes) {
  /** Copies the lists. */
  public Reservation {
    addresses = List.copyOf(addresses);
    prefixes = List.copyOf(prefixes);
    classes = List.copyOf(classes);
  }

  /** One that has nothing to do with classes. */
  public Reservation(
      HostIdentifier identifier,
      List<Ipv6> addresses,
      List<Prefix> prefixes,
      Optional<String> hostname,
      BootFields boot,
      OptionSet options) {
    this(identifier, addresses, prefixes, hostname, boot, options, List.of());
  }
}

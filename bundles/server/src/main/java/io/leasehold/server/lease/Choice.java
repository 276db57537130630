// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Subnet;
import java.util.List;
import java.util.Optional;

/**
 * An address or prefix and where it belongs.
 *
 * @param subnet its subnet
 * @param key the address or prefix
 * @param poolOptions options of its pool; none if it is reserved outside the pools
 * @param excluded what of this prefix the client must not use further (RFC 6603)
 * @param additional numbers of classes that its pool has looked at for who gets something of it
 */
public record Choice(
    Subnet subnet,
    LeaseKey key,
    OptionSet poolOptions,
    Optional<Prefix> excluded,
    List<Integer> additional) {
  /** One outside the pools. */
  Choice(Subnet subnet, LeaseKey key) {
    this(subnet, key, OptionSet.NONE, Optional.empty(), List.of());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaPrefix;
import io.leasehold.codec.v6.VirtualNetwork;
import java.util.Objects;
import java.util.Optional;

/**
 * A prefix that no client has.
 *
 * @param baseTime when this was said
 * @param network the virtual private network; nothing for the global one
 * @param lease the prefix
 */
public record PrefixBinding(
    Optional<AbsoluteTime> baseTime, Optional<VirtualNetwork> network, BoundLease lease)
    implements BindingContainer {
  /** Refuses null. */
  public PrefixBinding {
    Objects.requireNonNull(baseTime);
    Objects.requireNonNull(network);
    Objects.requireNonNull(lease);
  }

  static PrefixBinding of(IaPrefix prefix) {
    Optional<AbsoluteTime> base = prefix.options().first(Dhcp6Options.LQ_BASE_TIME);
    return new PrefixBinding(
        base, prefix.options().first(Dhcp6Options.VSS), BoundLease.read(prefix, base));
  }

  @Override
  public Options toOptions() {
    Options.Builder before = Options.builder();
    BindingFacts.add(before, Dhcp6Options.VSS, network);
    BindingFacts.add(before, Dhcp6Options.LQ_BASE_TIME, baseTime);
    return Options.builder().add(Dhcp6Options.IAPREFIX, lease.toPrefix(before, baseTime)).build();
  }
}

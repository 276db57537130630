// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.VirtualNetwork;
import java.util.Optional;

/**
 * What a BNDUPD or a BNDREPLY is about: a client with all its leases of one binding, or one prefix
 * that no client has (RFC 8156 sections 7.4 and 7.6), or an IPv4 address. Whether what must be said
 * is said is for who receives it to judge: it has to be answered either way.
 */
public sealed interface BindingContainer permits ClientBinding, PrefixBinding, Dhcp4Binding {
  /** What relative times count from. */
  Optional<AbsoluteTime> baseTime();

  /** The virtual private network; nothing for the global one. */
  Optional<VirtualNetwork> network();

  /** The options of the message. */
  Options toOptions();

  /** The container in the options of a message; nothing if there is not exactly one. */
  static Optional<BindingContainer> read(Options options) {
    int clients = options.count(Dhcp6OptionCode.CLIENT_DATA);
    int prefixes = options.count(Dhcp6OptionCode.IAPREFIX);
    int ipv4 = options.count(FailoverOptionCode.DHCP4_DATA);
    if (clients + prefixes + ipv4 != 1) {
      return Optional.empty();
    }
    if (ipv4 == 1) {
      return options.raw(FailoverOptionCode.DHCP4_DATA).flatMap(Dhcp4Binding::read);
    }
    return clients == 1
        ? options.first(Dhcp6Options.CLIENT_DATA).map(ClientBinding::of)
        : options.first(Dhcp6Options.IAPREFIX).map(PrefixBinding::of);
  }
}

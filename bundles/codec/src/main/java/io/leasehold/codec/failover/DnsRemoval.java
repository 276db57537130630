// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import java.util.Optional;

/**
 * What has to go from the DNS with a lease (RFC 8156 section 5.5.3).
 *
 * @param hostName of the client, complete or partial
 * @param zoneName that completes it; complete itself
 * @param flags what is there
 */
public record DnsRemoval(
    Optional<DomainName> hostName, Optional<DomainName> zoneName, Optional<DnsFlags> flags) {
  /** Refuses a zone that is not complete. */
  public DnsRemoval {
    if (zoneName.filter(DomainName::isPartial).isPresent()) {
      throw new IllegalArgumentException(zoneName.get() + " is a partial name");
    }
  }

  static DnsRemoval decode(Bytes value) {
    Options options = Options.decode(value);
    return new DnsRemoval(
        options.first(FailoverOptions.DNS_HOST_NAME),
        options.first(FailoverOptions.DNS_ZONE_NAME),
        options.first(FailoverOptions.DNS_FLAGS));
  }

  Bytes encode() {
    Options.Builder options = Options.builder();
    hostName.ifPresent(name -> options.add(FailoverOptions.DNS_HOST_NAME, name));
    zoneName.ifPresent(name -> options.add(FailoverOptions.DNS_ZONE_NAME, name));
    flags.ifPresent(bits -> options.add(FailoverOptions.DNS_FLAGS, bits));
    return options.build().encode();
  }
}

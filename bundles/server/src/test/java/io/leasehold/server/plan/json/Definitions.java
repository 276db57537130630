// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionSpace;
import java.util.List;
import java.util.Optional;

/** A catalogue small enough to see at a glance. */
final class Definitions {
  static final OptionCatalogue FEW =
      OptionCatalogue.of(
          List.of(
              OptionDefinition.of(OptionSpace.DHCP6, 1, "clientid", "binary"),
              OptionDefinition.of(OptionSpace.DHCP6, 7, "preference", "uint8"),
              OptionDefinition.of(OptionSpace.DHCP6, 12, "unicast", "ipv6-address"),
              new OptionDefinition(
                  OptionSpace.DHCP6,
                  17,
                  "vendor-opts",
                  OptionFormat.parse("uint32"),
                  Optional.of(new OptionSpace("vendor-opts-space"))),
              OptionDefinition.of(OptionSpace.DHCP6, 22, "sip-server-addr", "ipv6-address[]"),
              OptionDefinition.of(OptionSpace.DHCP6, 23, "dns-servers", "ipv6-address[]"),
              OptionDefinition.of(OptionSpace.DHCP6, 24, "domain-search", "fqdn[]"),
              OptionDefinition.of(OptionSpace.DHCP6, 59, "bootfile-url", "string"),
              OptionDefinition.of(OptionSpace.vendor(4491), 32, "tftp-servers", "ipv6-address[]")));

  private Definitions() {}
}

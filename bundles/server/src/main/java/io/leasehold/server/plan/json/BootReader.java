// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.BootFields;
import java.util.Optional;

/** Reads what a level or a reservation tells DHCPv4 clients to boot. */
final class BootReader {
  /** One octet of each field stays zero: it ends the text (RFC 2131 section 2). */
  private static final int LONGEST_SERVER_HOSTNAME = 63;

  private static final int LONGEST_BOOT_FILE_NAME = 127;

  private BootReader() {}

  static BootFields read(Fields fields) {
    return new BootFields(
        nextServer(fields),
        text(fields, "server-hostname", LONGEST_SERVER_HOSTNAME),
        text(fields, "boot-file-name", LONGEST_BOOT_FILE_NAME));
  }

  private static Optional<Ipv4> nextServer(Fields fields) {
    Optional<Ipv4> address =
        fields
            .text("next-server")
            .flatMap(text -> AddressText.address(fields, fields.place("next-server"), text))
            .map(Ipv6::toIpv4);
    if (address.isPresent() && (address.get().isBroadcast() || address.get().isMulticast())) {
      fields.error(
          "next-server",
          "\""
              + address.get()
              + "\" is not the address of a server; accepted is one like 192.0.2.1");
      return Optional.empty();
    }
    return address;
  }

  private static Optional<String> text(Fields fields, String key, int most) {
    Optional<String> text = fields.text(key);
    int octets = text.map(t -> Bytes.ofUtf8(t).length()).orElse(0);
    if (octets > most) {
      fields.error(key, "\"%s\" has %d octets; accepted are up to %d".formatted(key, octets, most));
      return Optional.empty();
    }
    return text;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4ClientFqdn;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import java.util.Optional;

/**
 * A client's own name: Client FQDN (RFC 4702), else Host Name (RFC 2132 section 3.14). A bad name
 * is as none: it must not cost the client its lease.
 */
final class ClientName {
  private static final int MOST = 253;
  private static final int DEPRECATED_RCODE = 255;

  private ClientName() {}

  /** The name in text without a final dot; empty if there is none. */
  static String of(Dhcp4Message message) {
    String complete =
        read(message).flatMap(Dhcp4ClientFqdn::name).map(DomainName::toString).orElse("");
    return complete.isEmpty() ? hostName(message) : withoutDot(complete);
  }

  private static String hostName(Dhcp4Message message) {
    Bytes octets = message.options().raw(Dhcp4OptionCode.HOST_NAME).orElse(Bytes.EMPTY);
    if (octets.isEmpty()) {
      return "";
    }
    int length = octets.length();
    while (length > 0 && octets.at(length - 1) == 0) {
      length--; // RFC 2132 section 2: trailing zeros are no part of a text.
    }
    for (int i = 0; i < length; i++) {
      if (!isOfNames(octets.at(i))) {
        return "";
      }
    }
    return length > MOST ? "" : withoutDot(octets.slice(0, length).toUtf8());
  }

  private static boolean isOfNames(int octet) {
    return octet >= 'a' && octet <= 'z'
        || octet >= 'A' && octet <= 'Z'
        || octet >= '0' && octet <= '9'
        || octet == '-'
        || octet == '_'
        || octet == '.';
  }

  private static String withoutDot(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * Tells the client its name, if it said one or has one reserved. This server updates no DNS.
   *
   * @param reserved the name that the plan has for it; empty for none
   */
  static void addTo(Options.Builder reply, Dhcp4Message message, String reserved) {
    Dhcp4ClientFqdn asked = read(message).orElse(null);
    if (asked != null) {
      addFqdn(reply, asked, reserved);
    } else {
      String name = reserved.isEmpty() ? hostName(message) : reserved;
      if (!name.isEmpty() && !(reserved.isEmpty() && reply.has(Dhcp4OptionCode.HOST_NAME))) {
        reply.set(Dhcp4OptionCode.HOST_NAME, Bytes.ofUtf8(name));
      }
    }
  }

  private static void addFqdn(Options.Builder reply, Dhcp4ClientFqdn asked, String reserved) {
    Optional<DomainName> name =
        reserved.isEmpty() ? asked.name() : ofPlan(reserved).or(asked::name);
    if (name.isPresent()) {
      boolean overridden = (asked.flags() & Dhcp4ClientFqdn.SERVER_UPDATES) != 0;
      // RFC 4702 section 4: no update at all, so S is 0, and O says whether S was 1; E stays.
      int flags =
          Dhcp4ClientFqdn.NO_UPDATE
              | asked.flags() & Dhcp4ClientFqdn.LABELS
              | (overridden ? Dhcp4ClientFqdn.OVERRIDDEN : 0);
      reply.add(
          Dhcp4Options.CLIENT_FQDN,
          new Dhcp4ClientFqdn(flags, DEPRECATED_RCODE, DEPRECATED_RCODE, name));
    }
  }

  /** A name of several labels is complete and one label is partial (RFC 4702 section 2.3). */
  private static Optional<DomainName> ofPlan(String reserved) {
    try {
      return Optional.of(
          reserved.indexOf('.') > 0
              ? DomainName.ofText(reserved)
              : DomainName.ofPartialText(reserved));
    } catch (IllegalArgumentException notOfTheDns) {
      return Optional.empty();
    }
  }

  private static Optional<Dhcp4ClientFqdn> read(Dhcp4Message message) {
    try {
      return message.options().first(Dhcp4Options.CLIENT_FQDN);
    } catch (MalformedPacketException e) {
      return Optional.empty();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientFqdn;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.Optional;

/** A client's own name (RFC 4704). A bad name is as none: it must not cost the client its lease. */
final class ClientName {
  private ClientName() {}

  /** The name in text without a final dot; empty if there is none. */
  static String of(ClientServerMessage message) {
    if (!message.options().has(Dhcp6OptionCode.CLIENT_FQDN)) {
      return "";
    }
    String text = read(message).flatMap(ClientFqdn::name).map(name -> name.toString()).orElse("");
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** Answers the Client FQDN option if the client asks for it: this server updates no DNS. */
  static void addTo(Options.Builder reply, Dhcp6Request request) {
    // RFC 4704 section 6: only if it is in the message and in its Option Request.
    if (!request.requested().contains(Dhcp6OptionCode.CLIENT_FQDN)
        || !request.message().options().has(Dhcp6OptionCode.CLIENT_FQDN)) {
      return;
    }
    ClientFqdn asked = read(request.message()).orElse(null);
    if (asked != null && asked.name().isPresent()) {
      boolean overridden = (asked.flags() & ClientFqdn.SERVER_UPDATES) != 0;
      // RFC 4704 section 6.1: no update at all, so S is 0, and O says whether S was 1.
      int flags = ClientFqdn.NO_UPDATE | (overridden ? ClientFqdn.OVERRIDDEN : 0);
      reply.add(Dhcp6Options.CLIENT_FQDN, new ClientFqdn(flags, asked.name()));
    }
  }

  private static Optional<ClientFqdn> read(ClientServerMessage message) {
    try {
      return message.options().first(Dhcp6Options.CLIENT_FQDN);
    } catch (MalformedPacketException e) {
      return Optional.empty();
    }
  }
}

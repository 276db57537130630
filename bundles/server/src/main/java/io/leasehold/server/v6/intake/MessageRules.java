// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.net.Bytes;

/** Which messages a server may take (RFC 8415 section 16). Immutable, for any thread. */
final class MessageRules {
  private final Bytes serverId;

  MessageRules(Bytes serverId) {
    this.serverId = serverId;
  }

  /** Why a message must be discarded; null if it is valid. */
  Drop objection(ClientServerMessage message) {
    Options options = message.options();
    return switch (message.type()) {
      // RFC 8415 sections 16.2, 16.5 and 16.7.
      case Dhcp6MessageType.SOLICIT, Dhcp6MessageType.CONFIRM, Dhcp6MessageType.REBIND ->
          options.has(Dhcp6OptionCode.SERVER_ID) ? Drop.UNEXPECTED_SERVER_ID : client(options);
      // RFC 8415 sections 16.4, 16.6, 16.8 and 16.9.
      case Dhcp6MessageType.REQUEST,
          Dhcp6MessageType.RENEW,
          Dhcp6MessageType.DECLINE,
          Dhcp6MessageType.RELEASE ->
          addressed(options);
      case Dhcp6MessageType.INFORMATION_REQUEST -> informed(options);
      // RFC 8415 sections 16.3, 16.10 and 16.11, and the end of section 16.
      default -> Drop.MESSAGE_TYPE;
    };
  }

  private static Drop client(Options options) {
    return switch (options.count(Dhcp6OptionCode.CLIENT_ID)) {
      case 0 -> Drop.NO_CLIENT_ID;
      case 1 -> null;
      default -> Drop.REPEATED_OPTION;
    };
  }

  private Drop addressed(Options options) {
    Drop client = client(options);
    return client != null ? client : server(options, Drop.NO_SERVER_ID);
  }

  private Drop server(Options options, Drop ifAbsent) {
    return switch (options.count(Dhcp6OptionCode.SERVER_ID)) {
      case 0 -> ifAbsent;
      case 1 ->
          options.raw(Dhcp6OptionCode.SERVER_ID).orElseThrow().equals(serverId)
              ? null
              : Drop.OTHER_SERVER;
      default -> Drop.REPEATED_OPTION;
    };
  }

  /** RFC 8415 section 16.12. */
  private Drop informed(Options options) {
    if (options.has(Dhcp6OptionCode.IA_NA)
        || options.has(Dhcp6OptionCode.IA_TA)
        || options.has(Dhcp6OptionCode.IA_PD)) {
      return Drop.UNEXPECTED_IA;
    }
    return options.count(Dhcp6OptionCode.CLIENT_ID) > 1
        ? Drop.REPEATED_OPTION
        : server(options, null);
  }
}

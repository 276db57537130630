// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.net.Bytes;
import io.leasehold.server.lease.Hashing;
import io.leasehold.transport.Sieve;
import java.util.stream.Stream;

/** A glance at DHCPv6: message headers of RFC 9915 sections 8 and 9, options of section 21.1. */
final class Glance6 implements Glance {
  static final Glance6 INSTANCE = new Glance6();

  private static final int RELAY_HEADER = 34;
  private static final int LINK_ADDRESS = 2;
  private static final int LINK_ADDRESS_END = 18;
  private static final int CLIENT_HEADER = 4;
  private static final int OPTION_HEADER = 4;
  private static final int NOWHERE = -1;

  /** Direct, or by one relay agent that puts the message first. */
  private static final Sieve BEGINNINGS =
      new Sieve(
          Stream.of(Dhcp6MessageType.SOLICIT, Dhcp6MessageType.INFORMATION_REQUEST)
              .flatMap(
                  type ->
                      Stream.of(
                          Sieve.Shape.of(new Sieve.Field(0, 1, type)),
                          Sieve.Shape.of(
                              new Sieve.Field(0, 1, Dhcp6MessageType.RELAY_FORW),
                              new Sieve.Field(RELAY_HEADER, 2, Dhcp6OptionCode.RELAY_MSG),
                              new Sieve.Field(RELAY_HEADER + OPTION_HEADER, 1, type))))
              .toList());

  private Glance6() {}

  @Override
  public Sieve beginnings() {
    return BEGINNINGS;
  }

  @Override
  public boolean begins(Bytes datagram) {
    Bytes message = innermost(datagram);
    if (message.length() < CLIENT_HEADER) {
      return false;
    }
    int type = message.at(0);
    return type == Dhcp6MessageType.SOLICIT || type == Dhcp6MessageType.INFORMATION_REQUEST;
  }

  @Override
  public int elapsedAt(Bytes datagram) {
    Bytes message = innermost(datagram);
    int option = option(message, CLIENT_HEADER, Dhcp6OptionCode.ELAPSED_TIME);
    return option == NOWHERE || message.u16(option + 2) != 2
        ? NOWHERE
        : message.sourceOffset() - datagram.sourceOffset() + option + OPTION_HEADER;
  }

  /** The link addresses of all relay agents: which of them counts is for the decoder to say. */
  @Override
  public int origin(Bytes datagram, long seed) {
    int hash = 0;
    Bytes message = datagram;
    for (int depth = 0; isRelay(message) && depth < RelayChain.MAX_DEPTH; depth++) {
      hash = 31 * hash + Hashing.of(message.slice(LINK_ADDRESS, LINK_ADDRESS_END), seed);
      message = relayed(message);
    }
    return hash;
  }

  /** The client's message; empty if it cannot be found. */
  private static Bytes innermost(Bytes datagram) {
    Bytes message = datagram;
    for (int depth = 0; isRelay(message) && depth < RelayChain.MAX_DEPTH; depth++) {
      message = relayed(message);
    }
    return message;
  }

  private static boolean isRelay(Bytes message) {
    return message.length() >= RELAY_HEADER && message.at(0) == Dhcp6MessageType.RELAY_FORW;
  }

  private static Bytes relayed(Bytes relay) {
    int option = option(relay, RELAY_HEADER, Dhcp6OptionCode.RELAY_MSG);
    if (option == NOWHERE) {
      return Bytes.EMPTY;
    }
    int from = option + OPTION_HEADER;
    return relay.slice(from, from + relay.u16(option + 2));
  }

  /** Where an option begins whose value is there to the end. */
  private static int option(Bytes message, int from, int code) {
    int at = from;
    for (int n = 0; n < MOST_OPTIONS && at + OPTION_HEADER <= message.length(); n++) {
      int end = at + OPTION_HEADER + message.u16(at + 2);
      if (message.u16(at) == code) {
        return end <= message.length() ? at : NOWHERE;
      }
      at = end;
    }
    return NOWHERE;
  }
}

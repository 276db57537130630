// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Message;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.server.protocol.Arrival;
import java.util.List;

/** The way back to a client, through the relay agents its message came through. */
final class RelayPath {
  private static final int CLIENT_PORT = 546;
  private static final int RELAY_PORT = 547;

  private static final int USUALLY_ECHOED = 2;

  /** Codes of an Echo Request that are honoured. */
  private static final int MAX_ECHOED = 64;

  private RelayPath() {}

  /** The UDP port a reply goes to. */
  static int port(Arrival arrival, List<RelayMessage> relays) {
    if (relays.isEmpty()) {
      return CLIENT_PORT;
    }
    // RFC 8357 section 5.2: with the Relay Source Port option, back to where it came from.
    return relays.get(0).options().has(Dhcp6OptionCode.RELAY_PORT)
        ? arrival.remotePort()
        : RELAY_PORT;
  }

  /**
   * Puts a message into Relay-reply messages, one for each Relay-forward message (RFC 8415 section
   * 19.3).
   *
   * @param relays outermost first
   * @return the datagram; null if it would be too long
   */
  static Bytes wrap(ClientServerMessage message, List<RelayMessage> relays) {
    int levels = relays.size();
    int length = message.encodedLength();
    if (levels == 0) {
      return length > Dhcp6Message.MAX_LENGTH ? null : message.encode();
    }
    Options[] echoed = new Options[levels];
    int[] lengths = new int[levels];
    for (int i = levels - 1; i >= 0; i--) {
      echoed[i] = echoed(relays.get(i).options());
      lengths[i] = length;
      if (length > Option.MAX_VALUE_LENGTH) {
        return null;
      }
      length += RelayMessage.HEADER_LENGTH + echoed[i].encodedLength() + Option.HEADER_LENGTH;
    }
    if (length > Dhcp6Message.MAX_LENGTH) {
      return null;
    }
    ByteWriter out = new ByteWriter(length);
    for (int i = 0; i < levels; i++) {
      RelayMessage relay = relays.get(i);
      out.u8(Dhcp6MessageType.RELAY_REPL).u8(relay.hopCount());
      out.ipv6(relay.linkAddress()).ipv6(relay.peerAddress());
      echoed[i].encode(out);
      out.u16(Dhcp6OptionCode.RELAY_MSG).u16(lengths[i]);
    }
    message.encode(out);
    return out.toBytes();
  }

  /** The options of a relay agent that go back to it. */
  private static Options echoed(Options forward) {
    OptionRequest asked = forward.first(Dhcp6Options.ERO).orElse(OptionRequest.EMPTY);
    Options.Builder echoed = Options.builder(USUALLY_ECHOED);
    for (Option option : forward) {
      if (isEchoed(option.code(), asked)) {
        echoed.add(option);
      }
    }
    return echoed.build();
  }

  private static boolean isEchoed(int code, OptionRequest asked) {
    return switch (code) {
      // RFC 8415 section 18.3.10; RFC 8357 section 5.2.
      case Dhcp6OptionCode.INTERFACE_ID, Dhcp6OptionCode.RELAY_PORT -> true;
      case Dhcp6OptionCode.RELAY_MSG, Dhcp6OptionCode.ERO -> false;
      // RFC 4994 section 5: what the Echo Request option names.
      default -> asked.size() <= MAX_ECHOED && asked.contains(code);
    };
  }
}

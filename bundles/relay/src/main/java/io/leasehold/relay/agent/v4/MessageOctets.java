// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import java.util.Optional;

/**
 * Changes to the octets of a message that has been read once: everything that is not meant stays as
 * it came, so that what clients and servers have signed stays valid.
 */
final class MessageOctets {
  /** The most octets of the option in one piece. */
  static final int MAX_OPTION_LENGTH = 255;

  private static final int HOPS_AT = 3;
  private static final int RELAY_ADDRESS_AT = 24;
  private static final int COOKIE_AT = 236;
  private static final int OPTIONS_AT = 240;
  private static final long COOKIE = 0x6382_5363L;
  private static final int PAD = 0;
  private static final int END = 255;
  private static final int OPTION_HEADER = 2;

  private MessageOctets() {}

  /** The message with other hops and another relay agent. */
  static Bytes relayed(Bytes message, int hops, Ipv4 relayAddress) {
    byte[] octets = message.toArray();
    octets[HOPS_AT] = (byte) hops;
    relayAddress.bytes().copyTo(octets, RELAY_ADDRESS_AT);
    return Bytes.wrap(octets);
  }

  /** Whether options are after the fixed fields. */
  static boolean hasOptions(Bytes message) {
    return message.length() >= OPTIONS_AT && message.u32(COOKIE_AT) == COOKIE;
  }

  /**
   * The relay agent's option, its pieces joined. Only the options field is looked at: in the fields
   * of server name and boot file it is not ours (RFC 3046 section 2.1).
   */
  static Optional<Bytes> agentOption(Bytes message) {
    ByteWriter joined = new ByteWriter(MAX_OPTION_LENGTH);
    boolean found = false;
    int end = end(message);
    for (int at = OPTIONS_AT; at < end; at = next(message, at)) {
      if (message.at(at) == Dhcp4OptionCode.RELAY_AGENT_INFO) {
        found = true;
        joined.bytes(message.slice(at + OPTION_HEADER, next(message, at)));
      }
    }
    return found ? Optional.of(joined.toBytes()) : Optional.empty();
  }

  /**
   * The message with that relay agent's option, as the last one, in place of one it may have.
   *
   * @param value up to {@link #MAX_OPTION_LENGTH} octets; if there are none, the option is removed
   */
  static Bytes withAgentOption(Bytes message, Bytes value) {
    if (!hasOptions(message)) {
      return message;
    }
    int end = end(message);
    ByteWriter out = new ByteWriter(message.length() + OPTION_HEADER + value.length() + 1);
    int from = 0;
    for (int at = OPTIONS_AT; at < end; at = next(message, at)) {
      if (message.at(at) == Dhcp4OptionCode.RELAY_AGENT_INFO) {
        out.bytes(message.slice(from, at));
        from = next(message, at);
      }
    }
    if (from == 0 && value.isEmpty()) {
      return message;
    }
    out.bytes(message.slice(from, end));
    if (!value.isEmpty()) {
      out.u8(Dhcp4OptionCode.RELAY_AGENT_INFO).u8(value.length()).bytes(value);
    }
    out.u8(END);
    // RFC 1542 section 2.1: shorter messages are dropped on the way.
    out.zeros(Math.max(0, Dhcp4Message.MIN_LENGTH - out.length()));
    return out.toBytes();
  }

  /** The type of a message; 0 if it does not say. */
  static int type(Bytes message) {
    for (int at = OPTIONS_AT;
        hasOptions(message) && at < message.length();
        at = next(message, at)) {
      if (message.at(at) == Dhcp4OptionCode.MESSAGE_TYPE) {
        return next(message, at) == at + OPTION_HEADER + 1 ? message.at(at + OPTION_HEADER) : 0;
      }
      if (message.at(at) == END) {
        return 0;
      }
    }
    return 0;
  }

  /** Where the end is; a missing one is forgiven. */
  private static int end(Bytes message) {
    int at = hasOptions(message) ? OPTIONS_AT : message.length();
    while (at < message.length() && message.at(at) != END) {
      at = next(message, at);
    }
    return Math.min(at, message.length());
  }

  private static int next(Bytes message, int at) {
    if (message.at(at) == PAD) {
      return at + 1;
    }
    if (at + 1 == message.length()) {
      return message.length();
    }
    return Math.min(at + OPTION_HEADER + message.at(at + 1), message.length());
  }
}

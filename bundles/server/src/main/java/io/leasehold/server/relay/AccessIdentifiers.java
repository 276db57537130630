// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;

/**
 * Takes access-network identifiers (RFC 7839) out of messages: where a client is attached, down to
 * its position. Works on octets, before anything else looks at them, so that nothing can keep or
 * show what must not be kept. What it cannot read it leaves to the decoder, which drops it. Any
 * thread.
 */
public final class AccessIdentifiers {
  private static final int FIRST_OPTION = 105; // RFC 7839 section 4: 105 to 110
  private static final int LAST_OPTION = 110;
  private static final int FIRST_SUB_OPTION = 13; // RFC 7839 section 5: 13 to 18
  private static final int LAST_SUB_OPTION = 18;

  private static final int RELAY_HEADER = 34;
  private static final int OPTION_HEADER = 4;
  private static final int MOST_OPTIONS = 512;

  private static final int GIADDR = 24;
  private static final int OPTIONS = 240;
  private static final int COOKIE = 236;
  private static final long MAGIC = 0x63825363L;
  private static final int PAD = 0;
  private static final int END = 255;

  private AccessIdentifiers() {}

  /** The message without them; the same object if there are none. */
  public static Bytes without(Family family, Bytes datagram) {
    if (family == Family.IPV6) {
      return isRelay(datagram) && has6(datagram, 0) ? without6(datagram, 0) : datagram;
    }
    return isOf4(datagram) && has4(datagram) ? without4(datagram, false) : datagram;
  }

  /** Whether a DHCPv4 message has a giaddr. */
  public static boolean hasRelayAddress(Bytes datagram) {
    return datagram.length() >= OPTIONS && datagram.u32(GIADDR) != 0;
  }

  /** A DHCPv4 message without all that a relay agent said; the same object if none did. */
  public static Bytes withoutRelayInformation(Bytes datagram) {
    return isOf4(datagram) && option82(datagram, OPTIONS) >= 0
        ? without4(datagram, true)
        : datagram;
  }

  /** Whether a DHCPv6 message is one that a relay agent forwards. */
  public static boolean isRelay(Bytes message) {
    return message.length() >= RELAY_HEADER && message.at(0) == Dhcp6MessageType.RELAY_FORW;
  }

  private static boolean isAccess6(int code) {
    return code >= FIRST_OPTION && code <= LAST_OPTION;
  }

  private static boolean has6(Bytes relay, int depth) {
    int at = RELAY_HEADER;
    for (int n = 0; n < MOST_OPTIONS && at + OPTION_HEADER <= relay.length(); n++) {
      int code = relay.u16(at);
      int end = at + OPTION_HEADER + relay.u16(at + 2);
      if (isAccess6(code)) {
        return true;
      }
      if (code == Dhcp6OptionCode.RELAY_MSG && end <= relay.length()) {
        Bytes inner = relay.slice(at + OPTION_HEADER, end);
        if (depth < RelayChain.MAX_DEPTH && isRelay(inner) && has6(inner, depth + 1)) {
          return true;
        }
      }
      at = end;
    }
    return false;
  }

  private static Bytes without6(Bytes relay, int depth) {
    ByteWriter out = new ByteWriter(relay.length());
    out.bytes(relay.slice(0, RELAY_HEADER));
    int at = RELAY_HEADER;
    while (at + OPTION_HEADER <= relay.length()) {
      int code = relay.u16(at);
      int end = at + OPTION_HEADER + relay.u16(at + 2);
      if (end > relay.length()) {
        return relay; // the decoder drops it
      }
      if (!isAccess6(code)) {
        Bytes value = relay.slice(at + OPTION_HEADER, end);
        boolean nested = code == Dhcp6OptionCode.RELAY_MSG && isRelay(value);
        Bytes kept = nested && depth < RelayChain.MAX_DEPTH ? without6(value, depth + 1) : value;
        out.u16(code).u16(kept.length()).bytes(kept);
      }
      at = end;
    }
    return at == relay.length() ? out.toBytes() : relay;
  }

  private static boolean isOf4(Bytes datagram) {
    return datagram.length() > OPTIONS && datagram.u32(COOKIE) == MAGIC;
  }

  private static boolean has4(Bytes datagram) {
    int at = option82(datagram, OPTIONS);
    if (at < 0) {
      return false;
    }
    int end = at + 2 + datagram.at(at + 1);
    return option82(datagram, end) < 0
        ? has4(datagram, at + 2, end)
        : hasAccess(relayInformation(datagram));
  }

  private static boolean hasAccess(Bytes all) {
    return has4(all, 0, all.length());
  }

  private static boolean has4(Bytes octets, int from, int end) {
    for (int sub = from; sub + 2 <= end; sub += 2 + octets.at(sub + 1)) {
      if (isAccess4(octets.at(sub))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAccess4(int code) {
    return code >= FIRST_SUB_OPTION && code <= LAST_SUB_OPTION;
  }

  /** Where the next Relay Agent Information option begins that is there to its end; else -1. */
  private static int option82(Bytes datagram, int from) {
    int at = from;
    while (at + 2 <= datagram.length() && datagram.at(at) != END) {
      if (datagram.at(at) == PAD) {
        at++;
        continue;
      }
      int end = at + 2 + datagram.at(at + 1);
      if (datagram.at(at) == Dhcp4OptionCode.RELAY_AGENT_INFO) {
        return end <= datagram.length() ? at : -1;
      }
      at = end;
    }
    return -1;
  }

  /** All that relay agents said; a long option comes in parts (RFC 3396). */
  private static Bytes relayInformation(Bytes datagram) {
    ByteWriter all = new ByteWriter(END);
    int at = option82(datagram, OPTIONS);
    while (at >= 0) {
      int end = at + 2 + datagram.at(at + 1);
      all.bytes(datagram.slice(at + 2, end));
      at = option82(datagram, end);
    }
    return all.toBytes();
  }

  private static Bytes without4(Bytes datagram, boolean nothingLeft) {
    Bytes kept = nothingLeft ? Bytes.EMPTY : subOptions(relayInformation(datagram));
    ByteWriter out = new ByteWriter(datagram.length());
    int at = option82(datagram, OPTIONS);
    int copied = at;
    out.bytes(datagram.slice(0, at));
    for (int from = 0; from < kept.length(); from += END) {
      Bytes part = kept.slice(from, Math.min(kept.length(), from + END));
      out.u8(Dhcp4OptionCode.RELAY_AGENT_INFO).u8(part.length()).bytes(part);
    }
    while (at >= 0) {
      out.bytes(datagram.slice(copied, at));
      copied = at + 2 + datagram.at(at + 1);
      at = option82(datagram, copied);
    }
    return out.bytes(datagram.slice(copied, datagram.length())).toBytes();
  }

  private static Bytes subOptions(Bytes all) {
    ByteWriter kept = new ByteWriter(all.length());
    int sub = 0;
    while (sub < all.length()) {
      int next = sub + 2 <= all.length() ? sub + 2 + all.at(sub + 1) : all.length();
      next = Math.min(all.length(), next);
      if (!isAccess4(all.at(sub))) {
        kept.bytes(all.slice(sub, next));
      }
      sub = next;
    }
    return kept.toBytes();
  }
}

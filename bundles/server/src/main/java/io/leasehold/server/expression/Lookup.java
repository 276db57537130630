// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionFraming;
import io.leasehold.net.Bytes;

/** Finds the octets of an option. */
@FunctionalInterface
interface Lookup {
  /** Never finds anything. */
  Lookup NOTHING = facts -> null;

  /** The octets; null if there is no such option. */
  Bytes findOrNull(PacketFacts facts);

  /** An option of the client's message. */
  static Lookup option(int code) {
    return facts -> facts.optionOrNull(code);
  }

  /**
   * An option of a relay agent.
   *
   * @param nest from 0 as counted from the server, from -1 as counted from the client
   */
  static Lookup relayOption(int nest, int code) {
    return facts -> {
      int relay = relay(nest, facts);
      return relay < 0 ? null : facts.relayOptionOrNull(relay, code);
    };
  }

  /** Which relay agent is meant, counted from the server; negative if there is none. */
  static int relay(int nest, PacketFacts facts) {
    int count = facts.relayCount();
    int relay = nest < 0 ? count + nest : nest;
    return relay < count ? relay : -1;
  }

  /** An option inside what another lookup finds. */
  default Lookup inner(OptionFraming framing, int code) {
    return this == NOTHING
        ? NOTHING
        : facts -> {
          Bytes around = findOrNull(facts);
          return around == null ? null : first(around, framing, code);
        };
  }

  /** What follows the fields of an option; nothing if they are not there. */
  default Lookup after(OptionFormat format) {
    return format.fieldCount() == 0
        ? this
        : facts -> {
          Bytes all = findOrNull(facts);
          return all == null ? null : restOrNull(all, format);
        };
  }

  private static Bytes restOrNull(Bytes all, OptionFormat format) {
    try {
      ByteReader in = new ByteReader(all);
      format.decodeFields(in);
      return in.rest();
    } catch (MalformedPacketException e) {
      return null;
    }
  }

  /** The first option with a code; null if there is none before the octets end or make no sense. */
  private static Bytes first(Bytes octets, OptionFraming framing, int code) {
    boolean wide = framing == OptionFraming.WIDE;
    int header = wide ? 4 : 2;
    int length = octets.length();
    int at = 0;
    while (length - at >= header) {
      int found = wide ? octets.u16(at) : octets.at(at);
      if (!wide && found == 0) {
        at++; // RFC 2132 section 3.1
        continue;
      }
      if (!wide && found == 255) {
        return null; // RFC 2132 section 3.2
      }
      int start = at + header;
      int size = wide ? octets.u16(at + 2) : octets.at(at + 1);
      if (size > length - start) {
        return null;
      }
      if (found == code) {
        return octets.slice(start, start + size);
      }
      at = start + size;
    }
    return null;
  }
}

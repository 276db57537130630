// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.Encoded;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers to BOOTP clients in octets. Such clients do not look for options in the fields of boot
 * file and server name (RFC 2132 section 9.3 came with DHCP), so what has no room is left out.
 */
final class BootpPacking {
  private BootpPacking() {}

  /**
   * The answer, in at most so many octets as the client takes.
   *
   * @param most what there is room for on the way
   */
  static Encoded encode(Dhcp4Message query, Dhcp4Message reply, int most) {
    int length = Math.min(room(query), most);
    List<Option> kept = new ArrayList<>();
    reply.options().forEach(kept::add);
    List<Integer> leftOut = new ArrayList<>();
    Bytes datagram = reply.encode();
    for (int i = kept.size() - 1; i >= 0 && datagram.length() > length; i--) {
      if (kept.get(i).code() != Dhcp4OptionCode.RELAY_AGENT_INFO) {
        leftOut.add(0, kept.remove(i).code());
        datagram = with(reply, kept);
      }
    }
    return new Encoded(datagram, leftOut);
  }

  /** RFC 951 section 3: 64 octets for vendors, if the client has no options of RFC 1497 itself. */
  private static int room(Dhcp4Message query) {
    return query.options().isEmpty() ? Dhcp4Message.MIN_LENGTH : query.maxReplyLength();
  }

  private static Bytes with(Dhcp4Message reply, List<Option> kept) {
    Options.Builder options = Options.builder();
    kept.forEach(options::add);
    return reply.toBuilder().options(options.build()).build().encode();
  }
}

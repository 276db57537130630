// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.net.Bytes;
import io.leasehold.server.lease.Hashing;
import io.leasehold.transport.Sieve;
import java.util.stream.Stream;

/**
 * A glance at DHCPv4: the header of RFC 2131 section 2 and the options field. A type in the fields
 * of file and sname is not found, and a message without a type is not looked at: that is BOOTP.
 */
final class Glance4 implements Glance {
  static final Glance4 INSTANCE = new Glance4();

  private static final int SECS = 8;
  private static final int RELAY_ADDRESS = 24;
  private static final int RELAY_ADDRESS_END = 28;
  private static final int COOKIE = 236;
  private static final int OPTIONS = 240;
  private static final long MAGIC = 0x63825363L;
  private static final int PAD = 0;
  private static final int END = 255;

  /** The message type is the first option of every client that is known. */
  private static final Sieve BEGINNINGS =
      new Sieve(
          Stream.of(Dhcp4MessageType.DISCOVER, Dhcp4MessageType.INFORM)
              .map(
                  type ->
                      Sieve.Shape.of(
                          new Sieve.Field(COOKIE, 4, (int) MAGIC),
                          new Sieve.Field(OPTIONS, 2, Dhcp4OptionCode.MESSAGE_TYPE << 8 | 1),
                          new Sieve.Field(OPTIONS + 2, 1, type)))
              .toList());

  private Glance4() {}

  @Override
  public Sieve beginnings() {
    return BEGINNINGS;
  }

  @Override
  public boolean begins(Bytes datagram) {
    if (datagram.length() < OPTIONS || datagram.u32(COOKIE) != MAGIC) {
      return false;
    }
    int at = OPTIONS;
    for (int n = 0; n < MOST_OPTIONS && at + 2 < datagram.length(); n++) {
      int code = datagram.at(at);
      if (code == Dhcp4OptionCode.MESSAGE_TYPE) {
        int type = datagram.at(at + 2);
        return type == Dhcp4MessageType.DISCOVER || type == Dhcp4MessageType.INFORM;
      }
      if (code == END) {
        return false;
      }
      at += code == PAD ? 1 : 2 + datagram.at(at + 1);
    }
    return false;
  }

  @Override
  public int elapsedAt(Bytes datagram) {
    return datagram.length() < OPTIONS ? -1 : SECS;
  }

  @Override
  public int origin(Bytes datagram, long seed) {
    return datagram.length() < OPTIONS
        ? 0
        : Hashing.of(datagram.slice(RELAY_ADDRESS, RELAY_ADDRESS_END), seed);
  }
}

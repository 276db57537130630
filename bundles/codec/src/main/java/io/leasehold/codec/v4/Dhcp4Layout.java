// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;

/** What is where in a message (RFC 2131 section 2), and the octets that frame options. */
final class Dhcp4Layout {
  static final int HARDWARE_LENGTH_OFFSET = 2;
  static final int SERVER_NAME_LENGTH = 64;
  static final int BOOT_FILE_LENGTH = 128;

  /** All fixed fields and the magic cookie. */
  static final int HEADER_LENGTH = 240;

  /** What option 57 counts besides the message (RFC 2132 section 9.10). */
  static final int IP_AND_UDP_HEADERS = 28;

  /** The octets 99, 130, 83, 99 (RFC 2131 section 3). */
  static final long MAGIC_COOKIE = 0x6382_5363L;

  static final int PAD = 0;
  static final int END = 255;

  /** Octets of code and length in front of a value. */
  static final int OPTION_HEADER_LENGTH = 2;

  /** The most octets of one piece of an option. */
  static final int MAX_PIECE_LENGTH = 255;

  /** Option 52: the field of the boot file holds options (RFC 2132 section 9.3). */
  static final int IN_BOOT_FILE = 1;

  /** Option 52: the field of the server name holds options. */
  static final int IN_SERVER_NAME = 2;

  private Dhcp4Layout() {}

  /** Reads the cookie, if it is there. */
  static boolean startsWithCookie(ByteReader in) {
    return in.remaining() >= Integer.BYTES && in.u32() == MAGIC_COOKIE;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;

/**
 * The options of one received message: pieces from up to three fields, joined into options (RFC
 * 3396 sections 5 and 7). A missing end is forgiven; what follows an end is not looked at.
 */
final class ReceivedOptions {
  private final Pieces pieces = new Pieces();
  private int overload;

  /** Reads the options field, then the fields it says it continues in (RFC 2131 section 4.1). */
  void read(Bytes options, Bytes bootFile, Bytes serverName) {
    readField(options, true);
    if (areIn(Dhcp4Layout.IN_BOOT_FILE)) {
      readField(bootFile, false);
    }
    if (areIn(Dhcp4Layout.IN_SERVER_NAME)) {
      readField(serverName, false);
    }
  }

  /** Whether the field holds options. */
  boolean areIn(int field) {
    return (overload & field) != 0;
  }

  private void readField(Bytes field, boolean mayOverload) {
    ByteReader in = new ByteReader(field);
    while (in.hasRemaining()) {
      int at = field.length() - in.remaining();
      int code = in.u8();
      if (code == Dhcp4Layout.END) {
        return;
      }
      if (code == Dhcp4Layout.PAD) {
        continue;
      }
      int length = in.u8();
      if (length > in.remaining()) {
        throw malformed(MalformedReason.OPTION_OVERRUN, field, at);
      }
      if (pieces.size() == Options.MAX_COUNT) {
        throw malformed(MalformedReason.TOO_MANY_OPTIONS, field, at);
      }
      Bytes value = in.bytes(length);
      if (code != Dhcp4OptionCode.OVERLOAD) {
        pieces.add(code, value);
      } else if (mayOverload) {
        // One in the fields that it names would lead in circles and means nothing there.
        overload(value, field, at);
      }
    }
  }

  private void overload(Bytes value, Bytes field, int at) {
    boolean valid = value.length() == 1 && value.at(0) >= 1 && value.at(0) <= 3;
    if (!valid || overload != 0) {
      throw malformed(MalformedReason.INVALID_VALUE, field, at).inside("dhcp-option-overload");
    }
    overload = value.at(0);
  }

  /** Each option once, where its first piece was, as far as they were read. */
  Options joined() {
    return pieces.joined();
  }

  /** The same, once all were read and the type is one. */
  Options checked() {
    Options all = joined();
    Bytes type = all.rawOrEmpty(Dhcp4OptionCode.MESSAGE_TYPE);
    boolean one = type.length() == 1 && type.at(0) != Dhcp4MessageType.BOOTP;
    if (!one && all.has(Dhcp4OptionCode.MESSAGE_TYPE)) {
      throw malformed(MalformedReason.INVALID_VALUE, type, 0).inside("dhcp-message-type");
    }
    return all;
  }

  private static MalformedPacketException malformed(MalformedReason reason, Bytes octets, int at) {
    return new MalformedPacketException(reason, octets.sourceOffset() + at);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import java.util.Optional;

/** How options that follow each other inside an option are told apart: by the family. */
public enum OptionFraming {
  /** Two octets of code and two of length: DHCPv6 (RFC 8415 section 21.1). */
  WIDE(0xffff, 0xffff),

  /**
   * One octet of code and one of length, with zeros between options and 255 after them allowed:
   * DHCPv4 (RFC 2132 sections 2 and 8.4). Nothing is joined or split: that is only for options of
   * the message itself.
   */
  NARROW(0xff, 0xff);

  private static final int PAD = 0;
  private static final int END = 255;

  private final int maxCode;
  private final int maxValueLength;

  OptionFraming(int maxCode, int maxValueLength) {
    this.maxCode = maxCode;
    this.maxValueLength = maxValueLength;
  }

  /** The largest code. */
  public int maxCode() {
    return maxCode;
  }

  /** The most octets of a value. */
  public int maxValueLength() {
    return maxValueLength;
  }

  /**
   * Reads options up to the last octet; no value is looked into or copied.
   *
   * @throws MalformedPacketException if an option does not end where the octets do, or there are
   *     more than {@link Options#MAX_COUNT}
   */
  public Options decode(Bytes octets) {
    if (this == WIDE) {
      return Options.decode(octets);
    }
    Options.Builder found = Options.builder();
    ByteReader in = new ByteReader(octets);
    Optional<Option> option = next(in);
    for (int count = 0; option.isPresent(); count++) {
      if (count == Options.MAX_COUNT) {
        throw in.malformed(MalformedReason.TOO_MANY_OPTIONS);
      }
      found.add(option.get());
      option = next(in);
    }
    return found.build();
  }

  /**
   * The next option, or nothing if the last one has been read.
   *
   * @throws MalformedPacketException if it does not end where the octets do
   */
  public Optional<Option> next(ByteReader in) {
    while (in.hasRemaining()) {
      int code = this == WIDE ? in.u16() : in.u8();
      if (this == NARROW && code == END) {
        return Optional.empty();
      }
      if (this == WIDE || code != PAD) {
        int length = this == WIDE ? in.u16() : in.u8();
        if (length > in.remaining()) {
          int header = this == WIDE ? Option.HEADER_LENGTH : 2;
          throw new MalformedPacketException(
              MalformedReason.OPTION_OVERRUN,
              in.malformed(MalformedReason.OPTION_OVERRUN).offset() - header);
        }
        return Optional.of(new Option(code, in.bytes(length)));
      }
    }
    return Optional.empty();
  }

  /**
   * All options in order.
   *
   * @throws IllegalArgumentException if a code or a value does not fit
   */
  public Bytes encode(Options options) {
    if (this == WIDE) {
      return options.encode();
    }
    ByteWriter out = new ByteWriter(options.encodedLength());
    for (Option option : options) {
      if (option.value().length() > maxValueLength) {
        throw new IllegalArgumentException(
            "option " + option.code() + " has " + option.value().length() + " octets, over 255");
      }
      out.u8(option.code()).u8(option.value().length()).bytes(option.value());
    }
    return out.toBytes();
  }
}

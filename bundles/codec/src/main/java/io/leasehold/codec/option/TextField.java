// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;

/** Fields that hold text, names or octets without further meaning. */
final class TextField {
  private TextField() {}

  /** All octets up to the end of the value. */
  static final class Binary implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      out.bytes(OptionText.octets(text));
    }

    @Override
    public Object decode(ByteReader in) {
      return in.rest().toHex();
    }

    @Override
    public long min() {
      return 1;
    }
  }

  /**
   * UTF-8 up to the end of the value; NUL octets at the end are tolerated (RFC 7227 section 5.8).
   */
  static final class Text implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      out.bytes(Bytes.ofUtf8(text));
    }

    @Override
    public Object decode(ByteReader in) {
      var malformed = in.malformed(MalformedReason.TEXT);
      Bytes octets = in.rest();
      int length = octets.length();
      while (length > 0 && octets.at(length - 1) == 0) {
        length--;
      }
      return OptionText.utf8(octets.slice(0, length)).orElseThrow(() -> malformed);
    }

    @Override
    public long min() {
      return 1;
    }
  }

  /** Two octets of length and that many octets, usually text (RFC 7227 section 5.8). */
  static final class Tuple implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      Bytes octets = Bytes.ofUtf8(text);
      out.u16(octets.length()).bytes(octets);
    }

    @Override
    public Object decode(ByteReader in) {
      Bytes octets = in.bytes(in.u16());
      return OptionText.utf8(octets).filter(OptionText::isPrintable).orElse("0x" + octets.toHex());
    }
  }

  /**
   * A domain name (RFC 8415 section 10); one that may be partial may be empty too (RFC 4704 4.2).
   */
  record Name(boolean mayBePartial) implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      if (text.isEmpty()) {
        if (!mayBePartial) {
          throw new IllegalArgumentException("empty");
        }
        return;
      }
      out.bytes((mayBePartial ? DomainName.ofPartialText(text) : DomainName.ofText(text)).wire());
    }

    @Override
    public Object decode(ByteReader in) {
      if (mayBePartial && !in.hasRemaining()) {
        return "";
      }
      return (mayBePartial ? in.partialDomainName() : in.domainName()).toString();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.CompressedNames;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import java.util.ArrayList;
import java.util.List;

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

  /**
   * A length and that many octets, usually text (RFC 7227 section 5.8, RFC 3925).
   *
   * @param lengthOctets 1 or 2
   */
  record Tuple(int lengthOctets) implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      Bytes octets = Bytes.ofUtf8(text);
      if (lengthOctets == 1) {
        out.u8(octets.length()).bytes(octets);
      } else {
        out.u16(octets.length()).bytes(octets);
      }
    }

    @Override
    public Object decode(ByteReader in) {
      Bytes octets = in.bytes(lengthOctets == 1 ? in.u8() : in.u16());
      return OptionText.utf8(octets).filter(OptionText::isPrintable).orElse("0x" + octets.toHex());
    }
  }

  /** A domain name that may end in one before it (RFC 1035 section 4.1.4). */
  static final class CompressedName implements FieldType.Codec {
    @Override
    public void encode(String text, ByteWriter out) {
      out.bytes(DomainName.ofText(text).wire());
    }

    @Override
    public Bytes finish(Bytes value) {
      ByteReader in = new ByteReader(value);
      List<DomainName> names = new ArrayList<>();
      while (in.hasRemaining()) {
        names.add(in.domainName());
      }
      return CompressedNames.encode(names);
    }

    @Override
    public Object decode(ByteReader in) {
      return in.compressedDomainName().toString();
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

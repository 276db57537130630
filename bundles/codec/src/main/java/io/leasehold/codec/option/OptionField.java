// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedReason;

/**
 * One field of a format: a type and the range of its values, or of its length in octets where the
 * type has no length of its own. An optional field is absent if the value ends before it.
 */
record OptionField(FieldType type, long min, long max, boolean optional) {

  static OptionField of(FieldType type) {
    return new OptionField(type, type.codec().min(), type.codec().max(), false);
  }

  OptionField orNothing() {
    return new OptionField(type, min, max, true);
  }

  void encode(int number, String text, ByteWriter out) {
    int start = out.length();
    try {
      type.codec().encode(text, out);
    } catch (IllegalArgumentException e) {
      throw refused(number, text, e);
    }
    boolean fits =
        type.isNumber()
            ? isInRange(NumberField.parse(text))
            : !type.takesAllOctets() || isInRange(out.length() - start);
    if (!fits) {
      throw refused(number, text, null);
    }
  }

  private IllegalArgumentException refused(int number, String text, Exception cause) {
    String range = "";
    if (type.isNumber()) {
      range = " from " + min + " to " + max;
    } else if (max < Long.MAX_VALUE) {
      range = " of " + min + " to " + max + " octets";
    } else if (min > 0) {
      range = ", not empty";
    }
    return new IllegalArgumentException(
        "field " + number + " ('" + text + "') is not " + type.accepted() + range, cause);
  }

  Object decode(ByteReader in) {
    if (type.takesAllOctets() && !isInRange(in.remaining())) {
      throw in.malformed(
          in.remaining() == 0
              ? MalformedReason.EMPTY_VALUE
              : in.remaining() < min ? MalformedReason.TRUNCATED : MalformedReason.VALUE_TOO_LONG);
    }
    var outOfRange = in.malformed(MalformedReason.INVALID_VALUE);
    Object value = type.codec().decode(in);
    if (value instanceof Long number && !isInRange(number)) {
      throw outOfRange;
    }
    return value;
  }

  private boolean isInRange(long value) {
    return value >= min && value <= max;
  }

  @Override
  public String toString() {
    boolean limited = min != type.codec().min() || max != type.codec().max();
    String upper = max == Long.MAX_VALUE ? "" : String.valueOf(max);
    return type.word() + (limited ? "(" + min + ".." + upper + ")" : "") + (optional ? "?" : "");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Text forms of option data as configurations write them, the same as Kea's. */
public final class OptionText {
  private OptionText() {}

  /**
   * The fields of comma-separated data, without blanks around them. {@code \,} is a comma within a
   * field. Data without any character but blanks has no fields.
   */
  public static List<String> fields(String data) {
    List<String> fields = new ArrayList<>();
    if (data.isBlank()) {
      return fields;
    }
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < data.length(); i++) {
      char c = data.charAt(i);
      if (c == '\\' && i + 1 < data.length() && data.charAt(i + 1) == ',') {
        field.append(',');
        i++;
      } else if (c == ',') {
        fields.add(field.toString().trim());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString().trim());
    return fields;
  }

  /** The fields of data with bars between, without blanks around them. */
  static List<String> barred(String data) {
    return data.isBlank() ? List.of() : List.of(data.trim().split(" *\\| *", -1));
  }

  /**
   * Octets written as {@code 0xABCD}, {@code ABCD}, {@code AB:CD}, {@code AB CD} or {@code 'text'}.
   * An odd digit in front counts as having a zero before it.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Bytes octets(String data) {
    String text = data.trim();
    if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
      return Bytes.ofUtf8(text.substring(1, text.length() - 1));
    }
    boolean colons = text.indexOf(':') >= 0;
    if (text.indexOf(' ') > 0 && !colons) {
      return Bytes.ofHex(text.replaceAll(" +", ":"));
    }
    int mark = text.startsWith("0x") || text.startsWith("0X") ? 2 : 0;
    boolean odd = !colons && (text.length() - mark) % 2 != 0;
    return Bytes.ofHex(odd ? "0" + text.substring(mark) : text);
  }

  /** The text, if the octets are UTF-8. */
  public static Optional<String> utf8(Bytes octets) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toArray())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether a terminal shows every character as itself. */
  static boolean isPrintable(String text) {
    return text.codePoints().noneMatch(OptionText::isUnsafe);
  }

  /** The text with what could steer a terminal or fake a line written as {@code \}{@code u001b}. */
  public static String safe(String text) {
    if (isPrintable(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isUnsafe(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static boolean isUnsafe(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isISOControl(codePoint)
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE
        || type == Character.SURROGATE;
  }
}

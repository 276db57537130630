// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Writes maps, collections, texts, numbers and truth values as JSON (RFC 8259) on one line. */
final class Json {
  private Json() {}

  static String of(Object value) {
    StringBuilder to = new StringBuilder();
    write(value, to);
    return to.toString();
  }

  private static void write(Object value, StringBuilder to) {
    if (value == null) {
      to.append("null");
    } else if (value instanceof Optional<?> optional) {
      write(optional.orElse(null), to);
    } else if (value instanceof Map<?, ?> map) {
      object(map, to);
    } else if (value instanceof Collection<?> collection) {
      array(collection, to);
    } else if (value instanceof Number || value instanceof Boolean) {
      to.append(value);
    } else {
      text(value.toString(), to);
    }
  }

  private static void object(Map<?, ?> map, StringBuilder to) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      to.append(separator);
      text(entry.getKey().toString(), to);
      to.append(':');
      write(entry.getValue(), to);
      separator = ",";
    }
    to.append(map.isEmpty() ? "{}" : "}");
  }

  private static void array(Collection<?> values, StringBuilder to) {
    to.append('[');
    for (Iterator<?> each = values.iterator(); each.hasNext(); ) {
      write(each.next(), to);
      to.append(each.hasNext() ? "," : "");
    }
    to.append(']');
  }

  /** What a terminal might obey or what turns the direction of writing. */
  private static boolean needsEscape(char each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void text(String text, StringBuilder to) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> {
          if (needsEscape(each)) {
            to.append(String.format("\\u%04x", (int) each));
          } else {
            to.append(each);
          }
        }
      }
    }
    to.append('"');
  }
}

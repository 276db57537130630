// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import io.leasehold.server.plan.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as JSON on one line. */
final class PlainJson {
  private PlainJson() {}

  /** A value of a document, without remarks, in the order of the document. */
  static String of(JsonValue value) {
    StringBuilder to = new StringBuilder();
    write(value, to, false);
    return to.toString();
  }

  /** The same for values that mean the same whatever the order of their keys. */
  static String canonical(JsonValue value) {
    StringBuilder to = new StringBuilder();
    write(value, to, true);
    return to.toString();
  }

  private static void write(JsonValue value, StringBuilder to, boolean sorted) {
    if (value instanceof JsonObject object) {
      Map<String, Member> members = sorted ? new TreeMap<>(object.members()) : object.members();
      List<Member> kept =
          members.values().stream().filter(m -> !ObjectKind.isRemark(m.key())).toList();
      to.append(kept.isEmpty() ? "{" : "{ ");
      for (int i = 0; i < kept.size(); i++) {
        to.append(i == 0 ? "" : ", ").append(quoted(kept.get(i).key())).append(": ");
        write(kept.get(i).value(), to, sorted);
      }
      to.append(kept.isEmpty() ? "}" : " }");
    } else if (value instanceof JsonList list) {
      to.append(list.values().isEmpty() ? "[" : "[ ");
      String separator = "";
      for (JsonValue inner : list.values()) {
        to.append(separator);
        write(inner, to, sorted);
        separator = ", ";
      }
      to.append(list.values().isEmpty() ? "]" : " ]");
    } else if (value instanceof JsonText text) {
      to.append(quoted(text.text()));
    } else {
      to.append(value.shown());
    }
  }

  /** A value of an edit: a text, number or truth value, or a list or map of such. */
  static String ofPlain(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach((key, inner) -> members.add(quoted(key.toString()) + ": " + ofPlain(inner)));
      return members.isEmpty() ? "{}" : "{ " + String.join(", ", members) + " }";
    }
    if (value instanceof List<?> list) {
      return list.isEmpty()
          ? "[]"
          : "[ " + String.join(", ", list.stream().map(PlainJson::ofPlain).toList()) + " ]";
    }
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : quoted(value.toString());
  }

  /** A text in quotation marks (RFC 8259 section 7). */
  static String quoted(String text) {
    StringBuilder to = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> to.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return to.append('"').toString();
  }
}

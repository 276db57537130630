// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.description;

import io.leasehold.codec.option.OptionText;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Descriptions as text: a line for each message and option, indented by what contains it. The text
 * holds no character that steers a terminal.
 */
public final class DescriptionText {
  private static final int MAX_VALUE_CHARACTERS = 512;
  private static final String INDENT = "  ";

  private DescriptionText() {}

  /** The described message in lines, each ended by a newline. */
  public static String of(Map<String, Object> message) {
    StringBuilder out = new StringBuilder();
    appendMessage(out, "", message);
    return out.toString();
  }

  private static void appendMessage(StringBuilder out, String indent, Map<String, Object> message) {
    StringJoiner line = new StringJoiner(" ", indent, "\n");
    for (Map.Entry<String, Object> entry : message.entrySet()) {
      switch (entry.getKey()) {
        case Node.TYPE -> line.add(entry.getValue().toString());
        case Node.TYPE_CODE, Node.OPTIONS, Node.MESSAGE, Node.MALFORMED -> {
          // Options and what is wrong follow on lines of their own.
        }
        default -> line.add(entry.getKey()).add(shown(entry.getValue()));
      }
    }
    out.append(message.containsKey(Node.TYPE) ? line.toString() : indent + "message\n");
    appendInside(out, indent + INDENT, message);
  }

  /** Options, relayed message and complaint of a node. */
  private static void appendInside(StringBuilder out, String indent, Map<String, Object> node) {
    if (node.get(Node.OPTIONS) instanceof List<?> options) {
      for (Object option : options) {
        appendOption(out, indent, asMap(option));
      }
    }
    if (node.containsKey(Node.MESSAGE)) {
      appendMessage(out, indent, asMap(node.get(Node.MESSAGE)));
    }
    if (node.containsKey(Node.MALFORMED)) {
      out.append(indent).append("malformed: ").append(node.get(Node.MALFORMED));
      out.append('\n');
    }
  }

  private static void appendOption(StringBuilder out, String indent, Map<String, Object> option) {
    out.append(indent).append(option.get("name")).append(" (").append(option.get("code"));
    out.append(")");
    String value = valueOf(option);
    if (!value.isEmpty()) {
      out.append(": ").append(value);
    }
    if (option.get(Node.TEXT) instanceof String text) {
      out.append(" '").append(shown(text)).append('\'');
    }
    out.append('\n');
    appendInside(out, indent + INDENT, option);
  }

  private static String valueOf(Map<String, Object> option) {
    Object fields = option.get(Node.FIELDS);
    StringJoiner line = new StringJoiner(", ");
    if (fields instanceof Map<?, ?> named) {
      named.forEach((name, value) -> line.add(name + " " + shown(value)));
    } else if (fields instanceof List<?> values) {
      values.forEach(value -> line.add(shown(value)));
    } else if (fields != null) {
      line.add(shown(fields));
    } else if (option.get(Node.HEX) instanceof String hex && !hex.isEmpty()) {
      line.add("0x" + shown(hex));
    }
    return line.toString();
  }

  private static String shown(Object value) {
    String text = OptionText.safe(value.toString());
    return text.length() <= MAX_VALUE_CHARACTERS
        ? text
        : text.substring(0, MAX_VALUE_CHARACTERS) + "... (" + text.length() + " characters)";
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object node) {
    return (Map<String, Object>) node;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionText;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Packets as text: a line for each message and option, indented by what contains it. Never refuses
 * a packet; a line says {@code malformed: reason at offset n} where one is wrong. The text holds no
 * character that steers a terminal. Immutable, for any thread; not for the packet path.
 */
public final class Dhcp6MessageText {
  private static final int MAX_VALUE_CHARACTERS = 512;
  private static final String INDENT = "  ";

  private final Dhcp6Description description;

  /** Describes options as the catalogue defines them. */
  public Dhcp6MessageText(OptionCatalogue catalogue) {
    this.description = new Dhcp6Description(catalogue);
  }

  /** The packet in lines, each ended by a newline. */
  public String describe(Bytes packet) {
    StringBuilder out = new StringBuilder();
    appendMessage(out, "", description.describe(packet));
    return out.toString();
  }

  private static void appendMessage(StringBuilder out, String indent, Map<String, Object> message) {
    StringJoiner line = new StringJoiner(" ", indent, "\n");
    for (Map.Entry<String, Object> entry : message.entrySet()) {
      switch (entry.getKey()) {
        case Dhcp6Description.TYPE -> line.add(entry.getValue().toString());
        case "transaction-id", "hop-count", "link-address", "peer-address" -> {
          line.add(entry.getKey()).add(entry.getValue().toString());
        }
        default -> {
          // Options and what is wrong follow on lines of their own.
        }
      }
    }
    out.append(message.containsKey(Dhcp6Description.TYPE) ? line.toString() : indent + "message\n");
    appendInside(out, indent + INDENT, message);
  }

  /** Options, relayed message and complaint of a node. */
  private static void appendInside(StringBuilder out, String indent, Map<String, Object> node) {
    if (node.get(Dhcp6Description.OPTIONS) instanceof List<?> options) {
      for (Object option : options) {
        appendOption(out, indent, asMap(option));
      }
    }
    if (node.containsKey(Dhcp6Description.MESSAGE)) {
      appendMessage(out, indent, asMap(node.get(Dhcp6Description.MESSAGE)));
    }
    if (node.containsKey(Dhcp6Description.MALFORMED)) {
      out.append(indent).append("malformed: ").append(node.get(Dhcp6Description.MALFORMED));
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
    if (option.get(Dhcp6Description.TEXT) instanceof String text) {
      out.append(" '").append(shown(text)).append('\'');
    }
    out.append('\n');
    appendInside(out, indent + INDENT, option);
  }

  private static String valueOf(Map<String, Object> option) {
    Object fields = option.get(Dhcp6Description.FIELDS);
    StringJoiner line = new StringJoiner(", ");
    if (fields instanceof Map<?, ?> named) {
      named.forEach((name, value) -> line.add(name + " " + shown(value)));
    } else if (fields instanceof List<?> values) {
      values.forEach(value -> line.add(shown(value)));
    } else if (fields != null) {
      line.add(shown(fields));
    } else if (option.get(Dhcp6Description.HEX) instanceof String hex && !hex.isEmpty()) {
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

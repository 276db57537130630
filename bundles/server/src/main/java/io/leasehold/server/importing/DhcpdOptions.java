// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.importing;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.lease.text.DhcpdScanner.Kind;
import io.leasehold.lease.text.DhcpdScanner.Token;
import io.leasehold.lease.text.DhcpdStatement;
import io.leasehold.net.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of dhcpd in the words of the plan. Used by one thread. */
final class DhcpdOptions {
  private static final String NAMES_6 = "dhcp6.";

  /** Names that differ; the others are the same. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("bootfile-name", "boot-file-name"),
          Map.entry("dhcp6.name-servers", "dhcp6.dns-servers"),
          Map.entry("dhcp6.sip-servers-names", "dhcp6.sip-server-dns"),
          Map.entry("dhcp6.sip-servers-addresses", "dhcp6.sip-server-addr"),
          Map.entry("dhcp6.info-refresh-time", "dhcp6.information-refresh-time"),
          Map.entry("dhcp6.bcms-server-d", "dhcp6.bcmcs-server-dns"),
          Map.entry("dhcp6.bcms-server-a", "dhcp6.bcmcs-server-addr"));

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("boolean", "boolean"),
          Map.entry("text", "string"),
          Map.entry("string", "binary"),
          Map.entry("ip-address", "ipv4-address"),
          Map.entry("ip6-address", "ipv6-address"),
          Map.entry("domain-name", "fqdn"),
          Map.entry("domain-list", "fqdn"),
          Map.entry("integer 8", "int8"),
          Map.entry("integer 16", "int16"),
          Map.entry("integer 32", "int32"),
          Map.entry("signed integer 8", "int8"),
          Map.entry("signed integer 16", "int16"),
          Map.entry("signed integer 32", "int32"),
          Map.entry("unsigned integer 8", "uint8"),
          Map.entry("unsigned integer 16", "uint16"),
          Map.entry("unsigned integer 32", "uint32"));

  private final OptionCatalogue standard;
  private final Map<String, Map<String, Object>> own = new HashMap<>();

  DhcpdOptions(OptionCatalogue standard) {
    this.standard = standard;
  }

  /**
   * An option with its value.
   *
   * @param family of whose messages
   * @param name its name in the plan
   * @param members of the plan's {@code option-data}
   */
  record Converted(Family family, String name, Map<String, Object> members) {}

  /** Of whose messages an option of this name is. */
  static Family family(String name) {
    return name.startsWith(NAMES_6) ? Family.IPV6 : Family.IPV4;
  }

  /**
   * The definition in {@code option NAME code N = TYPE}.
   *
   * @throws IllegalArgumentException if there is no such type in a plan; says why
   */
  Map<String, Object> define(DhcpdStatement statement) {
    String name = statement.word(1);
    if (name.contains(".") && !name.startsWith(NAMES_6)) {
      throw new IllegalArgumentException(
          "option spaces of vendors are written anew: option-def and option-data with \"space\"");
    }
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("name", plain(name));
    definition.put("code", Long.valueOf(number(statement.word(3))));
    type(statement.rest(5), definition);
    own.put(name, definition);
    return definition;
  }

  private static void type(String written, Map<String, Object> definition) {
    String type = written;
    boolean array = type.startsWith("array of ");
    type = array ? type.substring("array of ".length()) : type;
    if (type.startsWith("{") && type.endsWith("}")) {
      List<String> fields = new ArrayList<>();
      for (String field : type.substring(1, type.length() - 1).split(",")) {
        fields.add(typeWord(field.strip()));
      }
      definition.put("type", "record");
      definition.put("record-types", String.join(", ", fields));
    } else {
      definition.put("type", typeWord(type));
      array |= type.startsWith("domain-list");
    }
    if (array) {
      definition.put("array", true);
    }
  }

  private static String typeWord(String type) {
    String known = TYPES.get(type.replace(" compressed", ""));
    if (known == null) {
      throw new IllegalArgumentException("the type '" + type + "' has no counterpart");
    }
    return known;
  }

  private static String number(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("'" + text + "' is not a code");
    }
    return text;
  }

  private static String plain(String name) {
    return name.startsWith(NAMES_6) ? name.substring(NAMES_6.length()) : name;
  }

  /**
   * The option in {@code option NAME VALUES}.
   *
   * @throws IllegalArgumentException if a plan cannot say it; says why
   */
  Converted convert(DhcpdStatement statement) {
    String written = statement.word(1);
    String name = plain(NAMES.getOrDefault(written, written));
    Family family = family(written);
    if (name.contains(".")) {
      throw new IllegalArgumentException(
          "options of other spaces are written anew, with \"space\" in option-data");
    }
    List<Token> values = statement.words().subList(2, statement.words().size());
    if (!values.isEmpty() && values.get(0).is('=')
        || values.stream().anyMatch(value -> value.is('(') || value.is('='))) {
      throw new IllegalArgumentException("its value is an expression");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", name);
    Map<String, Object> definition = own.get(written);
    if (definition != null) {
      members.put("data", data(values, "boolean".equals(definition.get("type"))));
      return new Converted(family, name, members);
    }
    OptionSpace space = family == Family.IPV6 ? OptionSpace.DHCP6 : OptionSpace.DHCP4;
    Optional<OptionDefinition> known = standard.byName(space, name);
    if (known.isEmpty()) {
      throw new IllegalArgumentException("there is no option of this name; name it by its code");
    }
    value(known.get(), values, members);
    return new Converted(family, name, members);
  }

  private static void value(
      OptionDefinition definition, List<Token> values, Map<String, Object> members) {
    String data = data(values, definition.format().toString().contains("bool"));
    try {
      definition.encodeData(data, true);
    } catch (IllegalArgumentException e) {
      boolean octets = values.size() == 1 && data.matches("([0-9a-fA-F]{1,2}:)*[0-9a-fA-F]{1,2}");
      if (!octets) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      data = hex(data);
      definition.encodeData(data, false);
      members.put("csv-format", false);
    }
    members.put("data", data);
  }

  private static String hex(String data) {
    StringBuilder hex = new StringBuilder();
    for (String octet : data.split(":")) {
      hex.append(octet.length() == 1 ? "0" : "").append(octet);
    }
    return hex.toString();
  }

  /** Values with commas between. */
  private static String data(List<Token> values, boolean truth) {
    List<String> parts = new ArrayList<>();
    for (Token value : values) {
      if (value.kind() == Kind.TEXT) {
        parts.add(value.text().replace(",", "\\,"));
      } else if (!value.is(',')) {
        parts.add(truth ? truth(value.text()) : value.text());
      }
    }
    return String.join(", ", parts);
  }

  private static String truth(String word) {
    return switch (word) {
      case "on", "true" -> "true";
      case "off", "false" -> "false";
      default -> word;
    };
  }
}

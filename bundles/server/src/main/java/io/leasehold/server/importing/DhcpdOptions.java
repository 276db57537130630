// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.importing;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.lease.text.DhcpdScanner.Kind;
import io.leasehold.lease.text.DhcpdScanner.Token;
import io.leasehold.lease.text.DhcpdStatement;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Options of dhcpd in the words of the plan. Used by one thread. */
final class DhcpdOptions {
  private static final String NAMES_6 = "dhcp6.";
  private static final String OCTETS = "([0-9a-fA-F]{1,2}:)*[0-9a-fA-F]{1,2}";

  /** Formats of options whose value dhcpd takes as it is. */
  private static final Set<String> OF_OCTETS = Set.of("binary", "empty");

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

  /** Names of options that have none. */
  private static final Pattern NUMBERED = Pattern.compile("(?:option|unknown)-([0-9]{1,5})");

  /**
   * An option that the file defines and that is defined anyway.
   *
   * @param definition what it is in a plan
   * @param format how the file writes it
   */
  private record Known(OptionDefinition definition, OptionFormat format) {}

  private final OptionCatalogue standard;
  private final Map<String, Map<String, Object>> own = new HashMap<>();
  private final Map<String, Known> known = new HashMap<>();

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
   * What is defined anyway by the code in {@code option NAME code N = TYPE}. A plan that defined it
   * once more would have another meaning for what clients send.
   *
   * @throws IllegalArgumentException if there is no such type in a plan; says why
   */
  Optional<OptionDefinition> known(DhcpdStatement statement) {
    String name = statement.word(1);
    Map<String, Object> definition = definition(statement);
    int code = ((Long) definition.get("code")).intValue();
    Optional<OptionDefinition> found = standard.byCode(space(family(name)), code);
    found.ifPresent(one -> known.put(name, new Known(one, format(definition))));
    return found;
  }

  private static OptionSpace space(Family family) {
    return family == Family.IPV6 ? OptionSpace.DHCP6 : OptionSpace.DHCP4;
  }

  private static OptionFormat format(Map<String, Object> definition) {
    boolean record = definition.get("type").equals("record");
    String text = definition.get(record ? "record-types" : "type").toString();
    text += definition.containsKey("array") ? "[]" : "";
    return OptionFormat.parse(record ? "record(" + text + ")" : text);
  }

  /**
   * The definition in {@code option NAME code N = TYPE}.
   *
   * @throws IllegalArgumentException if there is no such type in a plan; says why
   */
  Map<String, Object> define(DhcpdStatement statement) {
    Map<String, Object> definition = definition(statement);
    own.put(statement.word(1), definition);
    return definition;
  }

  private static Map<String, Object> definition(DhcpdStatement statement) {
    String name = statement.word(1);
    if (name.contains(".") && !name.startsWith(NAMES_6)) {
      throw new IllegalArgumentException(
          "option spaces of vendors are written anew: option-def and option-data with \"space\"");
    }
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("name", plain(name));
    definition.put("code", Long.valueOf(number(statement.word(3))));
    type(statement.rest(5), definition);
    return definition;
  }

  private static void type(String written, Map<String, Object> definition) {
    String type = written;
    boolean array = type.startsWith("array of ");
    type = array ? type.substring("array of ".length()) : type;
    if (array && type.startsWith("{")) {
      throw new IllegalArgumentException("records that are repeated have no counterpart");
    }
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
    Matcher numbered = NUMBERED.matcher(name);
    if (numbered.matches()) {
      members.put("code", Long.valueOf(numbered.group(1)));
      octets(values, members);
      return new Converted(family, name, members);
    }
    Map<String, Object> definition = own.get(written);
    Known alias = known.get(written);
    if (alias != null) {
      members.put("name", alias.definition().name());
      alias(alias, values, members);
      return new Converted(family, alias.definition().name(), members);
    }
    members.put("name", name);
    if (definition != null) {
      boolean binary = "binary".equals(definition.get("type"));
      if (binary) {
        octets(values, members);
      } else {
        members.put("data", data(values, "boolean".equals(definition.get("type"))));
      }
      return new Converted(family, name, members);
    }
    Optional<OptionDefinition> standards = standard.byName(space(family), name);
    if (standards.isEmpty()) {
      throw new IllegalArgumentException("there is no option of this name; name it by its code");
    }
    value(standards.get(), values, members);
    return new Converted(family, name, members);
  }

  /** The value as the file defines it, which a plan reads as its own definition says. */
  private static void alias(Known alias, List<Token> values, Map<String, Object> members) {
    if (alias.format().toString().equals("binary")) {
      octets(values, members);
      return;
    }
    String data = data(values, alias.format().toString().contains("bool"));
    Bytes octets = alias.format().encodeText(data);
    if (!isSame(alias.definition().format(), data, octets)) {
      data = octets.toHex();
      members.put("csv-format", false);
    }
    members.put("data", data);
  }

  private static boolean isSame(OptionFormat format, String data, Bytes octets) {
    try {
      return format.encodeText(data).equals(octets);
    } catch (IllegalArgumentException otherFields) {
      return false;
    }
  }

  /** What dhcpd takes for octets: hexadecimal digits with colons between, or a text. */
  private static void octets(List<Token> values, Map<String, Object> members) {
    Token value = values.isEmpty() ? null : values.get(0);
    if (values.size() != 1 || value.kind() != Kind.TEXT && !value.text().matches(OCTETS)) {
      throw new IllegalArgumentException("accepted are octets like 1:a0:ff or a text");
    }
    members.put("csv-format", false);
    members.put("data", value.kind() == Kind.TEXT ? quoted(value.text()) : hex(value.text()));
  }

  private static String quoted(String text) {
    boolean plain = text.matches("[ -&(-~]+");
    return plain
        ? "'" + text + "'"
        : Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1)).toHex();
  }

  private static void value(
      OptionDefinition definition, List<Token> values, Map<String, Object> members) {
    String format = definition.format().toString();
    boolean text = values.size() == 1 && values.get(0).kind() == Kind.TEXT;
    if (text && OF_OCTETS.contains(format)) {
      octets(values, members);
      return;
    }
    String data = data(values, format.contains("bool"));
    try {
      definition.encodeData(data, true);
    } catch (IllegalArgumentException e) {
      if (values.size() != 1 || !data.matches(OCTETS)) {
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

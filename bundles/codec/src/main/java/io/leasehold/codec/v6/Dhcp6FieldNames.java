// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names of the fields of well-known options, and of the numbers in them. */
final class Dhcp6FieldNames {
  private static final List<String> IA = List.of("iaid", "t1", "t2");
  private static final Map<Integer, List<String>> NAMES =
      Map.ofEntries(
          Map.entry(Dhcp6OptionCode.IA_NA, IA),
          Map.entry(Dhcp6OptionCode.IA_PD, IA),
          Map.entry(Dhcp6OptionCode.IA_LL, IA),
          Map.entry(Dhcp6OptionCode.IA_TA, List.of("iaid")),
          Map.entry(Dhcp6OptionCode.IAADDR, List.of("address", "preferred", "valid")),
          Map.entry(Dhcp6OptionCode.IAPREFIX, List.of("preferred", "valid", "prefix")),
          Map.entry(
              Dhcp6OptionCode.AUTH,
              List.of("protocol", "algorithm", "rdm", "replay-high", "replay-low", "information")),
          Map.entry(Dhcp6OptionCode.STATUS_CODE, List.of("status", "text")),
          Map.entry(Dhcp6OptionCode.VENDOR_OPTS, List.of("enterprise")),
          Map.entry(Dhcp6OptionCode.REMOTE_ID, List.of("enterprise", "id")),
          Map.entry(Dhcp6OptionCode.CLIENT_FQDN, List.of("flags", "name")),
          Map.entry(Dhcp6OptionCode.LQ_QUERY, List.of("query-type", "link-address")),
          Map.entry(Dhcp6OptionCode.LQ_RELAY_DATA, List.of("peer-address", "message")),
          Map.entry(Dhcp6OptionCode.PD_EXCLUDE, List.of("length", "subnet")),
          Map.entry(127, List.of("major", "minor")), // F_PROTOCOL_VERSION, RFC 8156
          Map.entry(129, List.of("created", "key")), // F_RECONFIGURE_DATA, RFC 8156
          Map.entry(Dhcp6OptionCode.CLIENT_LINKLAYER_ADDR, List.of("type", "address")),
          Map.entry(Dhcp6OptionCode.LLADDR, List.of("type", "address", "extra", "valid")));

  private Dhcp6FieldNames() {}

  /** A map from name to value, a list of values, or the only value. */
  static Object name(OptionDefinition definition, List<Object> values) {
    boolean inMessage = definition.space().equals(OptionSpace.DHCP6);
    int code = definition.code();
    List<String> names = inMessage ? NAMES.getOrDefault(code, List.of()) : List.of();
    if (names.size() == values.size()) {
      Map<String, Object> named = new LinkedHashMap<>();
      for (int i = 0; i < values.size(); i++) {
        named.put(names.get(i), word(code, i, values.get(i)));
      }
      return named;
    }
    if (inMessage && (code == Dhcp6OptionCode.ORO || code == Dhcp6OptionCode.ERO)) {
      return values.stream().map(Dhcp6FieldNames::optionName).toList();
    }
    boolean single = definition.format().fieldCount() == 1 && !definition.format().repeatsLast();
    return single ? word(code, 0, values.get(0)) : values;
  }

  private static Object word(int code, int index, Object value) {
    if (!(value instanceof Long number)) {
      return value;
    }
    if (code == Dhcp6OptionCode.STATUS_CODE && index == 0) {
      return Dhcp6StatusCode.name(number.intValue());
    }
    return code == Dhcp6OptionCode.RECONF_MSG ? Dhcp6MessageType.name(number.intValue()) : value;
  }

  private static Object optionName(Object code) {
    return code instanceof Long number ? Dhcp6OptionTable.name(number.intValue()) : code;
  }
}

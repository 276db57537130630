// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names of the fields of well-known options, and of the numbers in them. */
final class Dhcp4FieldNames {
  private static final Map<Integer, List<String>> NAMES =
      Map.of(
          Dhcp4OptionCode.SLP_SERVICE_SCOPE, List.of("mandatory", "scopes"),
          Dhcp4OptionCode.CLIENT_NDI, List.of("type", "major", "minor"),
          Dhcp4OptionCode.CLIENT_UUID, List.of("type", "identifier"),
          Dhcp4OptionCode.SIP_SERVERS, List.of("encoding", "servers"),
          Dhcp4OptionCode.STATUS_CODE, List.of("status", "text"),
          Dhcp4OptionCode.V4_PORTPARAMS, List.of("offset", "port-set"),
          Dhcp4OptionCode.VSS, List.of("type", "information"));

  private Dhcp4FieldNames() {}

  /** A map from name to value, a list of values, or the only value. */
  static Object name(OptionDefinition definition, List<Object> values) {
    boolean inMessage = definition.space().equals(OptionSpace.DHCP4);
    int code = definition.code();
    List<String> names = inMessage ? NAMES.getOrDefault(code, List.of()) : List.of();
    if (names.size() == values.size()) {
      Map<String, Object> named = new LinkedHashMap<>();
      for (int i = 0; i < values.size(); i++) {
        named.put(names.get(i), values.get(i));
      }
      return named;
    }
    if (inMessage && code == Dhcp4OptionCode.PARAMETER_REQUEST) {
      return values.stream().map(Dhcp4FieldNames::optionName).toList();
    }
    if (inMessage && code == Dhcp4OptionCode.MESSAGE_TYPE && values.get(0) instanceof Long type) {
      return Dhcp4MessageType.name(type.intValue());
    }
    boolean single = definition.format().fieldCount() == 1 && !definition.format().repeatsLast();
    return single ? values.get(0) : values;
  }

  private static Object optionName(Object code) {
    return code instanceof Long number ? Dhcp4OptionTable.name(number.intValue()) : code;
  }
}

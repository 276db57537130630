// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message of the IKE daemon: values, lists and sections under names, in the order they came.
 *
 * @param values single values
 * @param lists lists of values
 * @param sections messages within the message
 */
public record ViciMessage(
    Map<String, String> values,
    Map<String, List<String>> lists,
    Map<String, ViciMessage> sections) {
  /** Nothing. */
  public static final ViciMessage EMPTY = new ViciMessage(Map.of(), Map.of(), Map.of());

  /** Copies the collections. */
  public ViciMessage {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    lists = Collections.unmodifiableMap(new LinkedHashMap<>(lists));
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }

  /** A message of values only: name, value, name, value. */
  public static ViciMessage of(String... namesAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new ViciMessage(values, Map.of(), Map.of());
  }

  /** A value; empty if there is none. */
  public String value(String name) {
    return values.getOrDefault(name, "");
  }

  /** A list; empty if there is none. */
  public List<String> list(String name) {
    return lists.getOrDefault(name, List.of());
  }

  /** A section; empty if there is none. */
  public ViciMessage section(String name) {
    return sections.getOrDefault(name, EMPTY);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi.config;

import io.leasehold.server.plan.json.NearestWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.metatype.AttributeDefinition;

/**
 * What one file of {@code etc} says.
 *
 * @param name the file, or the PID if it came from elsewhere
 * @param pid of the component that should read it
 * @param values by key
 */
record ConfigFile(String name, String pid, Map<String, Object> values) {
  /** How the PIDs of the platform's own components begin. */
  static final String OURS = "io.leasehold.";

  /** Parts that an installation may have or not. */
  private static final Set<String> PARTS =
      Set.of(
          OURS + "failover",
          OURS + "probe.icmp",
          OURS + "relay",
          OURS + "route.linux",
          OURS + "security",
          OURS + "security.channel",
          OURS + "security.credential",
          OURS + "security.peer",
          OURS + "store.journal",
          OURS + "transport.dtls",
          OURS + "transport.epoll",
          OURS + "transport.tcp",
          OURS + "transport.udp");

  /** What else a channel can be told is for its provider to say, which refuses the rest. */
  private static final Set<String> OPEN = Set.of(OURS + "security.channel");

  /** Keys that the platform adds, or that mean something to it. */
  private static final List<String> PLATFORM =
      List.of("service.", "component.", "felix.fileinstall.", "org.apache.karaf.", ".");

  /** Keys by which the component runtime lets operators choose services. */
  private static final List<String> SELECTORS = List.of(".target", ".cardinality.minimum");

  /**
   * A key of a component.
   *
   * @param type one of the constants of {@link AttributeDefinition}
   * @param description for operators
   */
  record Key(int type, String description) {}

  /** Takes the values in the order of their keys. */
  ConfigFile {
    values = new TreeMap<>(values);
  }

  /** A sentence for each mistake, given the keys that the component has. */
  List<String> findings(Map<String, Key> known) {
    List<String> found = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          if (known.containsKey(key)) {
            wrongKind(key, value, known.get(key), found);
          } else if (!OPEN.contains(pid) && !ofThePlatform(key)) {
            found.add(unknown(key, known));
          }
        });
    return found;
  }

  /**
   * What is said when no component reads the file; nothing if its name is near to that of no
   * component, because then it belongs to one that is not installed now.
   *
   * @param pids of the components that are there
   */
  Optional<String> orphaned(Collection<String> pids) {
    if (PARTS.contains(pid)) {
      return Optional.empty(); // what was exchanged for another leaves its file behind
    }
    List<String> names = pids.stream().map(ConfigFile::withoutCommonPart).toList();
    return NearestWord.of(withoutCommonPart(pid), names)
        .map(
            near ->
                "%s: no component reads it; did you mean \"%s%s.cfg\"?"
                    .formatted(name, OURS, near));
  }

  private static String withoutCommonPart(String pid) {
    return pid.startsWith(OURS) ? pid.substring(OURS.length()) : pid;
  }

  private static boolean ofThePlatform(String key) {
    return PLATFORM.stream().anyMatch(key::startsWith)
        || SELECTORS.stream().anyMatch(key::endsWith);
  }

  private String unknown(String key, Map<String, Key> known) {
    String hint = NearestWord.hint(key, known.keySet());
    return "%s: \"%s\" is no key of %s and has no effect%s"
        .formatted(
            name,
            key,
            pid,
            hint.isEmpty()
                ? "; there " + (known.size() == 1 ? "is " : "are ") + listed(known)
                : hint);
  }

  private static String listed(Map<String, Key> known) {
    return new TreeSet<>(known.keySet()).stream().collect(Collectors.joining(", "));
  }

  private void wrongKind(String key, Object value, Key known, List<String> found) {
    String wanted =
        switch (known.type()) {
          case AttributeDefinition.INTEGER -> number(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
          case AttributeDefinition.LONG -> number(value, Long.MIN_VALUE, Long.MAX_VALUE);
          case AttributeDefinition.BOOLEAN -> truth(value);
          default -> "";
        };
    if (!wanted.isEmpty()) {
      found.add(
          "%s: %s = %s is not %s (%s)".formatted(name, key, value, wanted, known.description()));
    }
  }

  private static String number(Object value, long least, long most) {
    try {
      long number = Long.parseLong(value.toString().strip());
      return number < least || number > most ? "a number from " + least + " to " + most : "";
    } catch (NumberFormatException e) {
      return "a whole number";
    }
  }

  private static String truth(Object value) {
    return List.of("true", "false").contains(value.toString().strip()) ? "" : "true or false";
  }
}

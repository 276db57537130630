// SPDX-License-Identifier: Apache-2.0
package io.leasehold.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads a configuration file key by key and collects everything that is wrong with it. A value for
 * one interface, {@code interface.eth1.trusted}, comes before the one for all, {@code trusted}. One
 * thread.
 */
public final class Keys {
  private static final String INTERFACE = "interface.";

  private final Map<String, String> values;
  private final String prefix;
  private final Set<String> asked;
  private final List<String> problems;

  private Keys(
      Map<String, String> values, String prefix, Set<String> asked, List<String> problems) {
    this.values = values;
    this.prefix = prefix;
    this.asked = asked;
    this.problems = problems;
  }

  /** The keys of a file; those that the framework adds are left out. */
  public static Keys of(Map<String, ?> properties) {
    Map<String, String> values = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (!key.startsWith("service.")
              && !key.startsWith("component.")
              && !key.startsWith("felix.")
              && !key.startsWith("osgi.")
              && !key.startsWith("org.apache.karaf.")
              && !key.startsWith(".")
              && !key.endsWith(".target")
              && !key.equals("leasehold.name")) {
            values.put(key, text(value));
          }
        });
    return new Keys(values, "", new TreeSet<>(), new ArrayList<>());
  }

  private static String text(Object value) {
    if (value instanceof Object[] several) {
      return String.join(" ", Arrays.stream(several).map(String::valueOf).toList());
    }
    return String.valueOf(value).strip();
  }

  /** The same file as it is for an interface. */
  public Keys of(String interfaceName) {
    return new Keys(values, INTERFACE + interfaceName + ".", asked, problems);
  }

  /** Whether a key has a value. */
  public boolean has(String key) {
    return !text(key, "").isEmpty();
  }

  /** A text. */
  public String text(String key, String otherwise) {
    String full = key(key);
    String value = values.get(full);
    return value == null || value.isEmpty() && full.equals(key) ? otherwise : value;
  }

  private String key(String key) {
    asked.add(key);
    if (!prefix.isEmpty()) {
      asked.add(prefix + key);
      if (values.containsKey(prefix + key)) {
        return prefix + key;
      }
    }
    return key;
  }

  /** Texts between blanks or commas. */
  public List<String> list(String key) {
    String text = text(key, "");
    return text.isEmpty() ? List.of() : List.of(text.split("[\\s,]+"));
  }

  /** What a reader makes of each text of a list; what it refuses is a problem. */
  public <T> List<T> list(String key, String accepted, Function<String, T> reader) {
    List<T> read = new ArrayList<>();
    for (String each : list(key)) {
      T value = read(key, each, accepted, reader);
      if (value != null) {
        read.add(value);
      }
    }
    return List.copyOf(read);
  }

  /** What a reader makes of a text; {@code otherwise} if there is none, or it is refused. */
  public <T> T value(String key, T otherwise, String accepted, Function<String, T> reader) {
    String text = text(key, "");
    T value = text.isEmpty() ? null : read(key, text, accepted, reader);
    return value == null ? otherwise : value;
  }

  private <T> T read(String key, String text, String accepted, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      refuse(key, text, accepted);
      return null;
    }
  }

  /** A whole number. */
  public int number(String key, int otherwise, int least, int most) {
    return value(
        key,
        otherwise,
        "a number from " + least + " to " + most,
        text -> {
          int number = Integer.parseInt(text);
          if (number < least || number > most) {
            throw new IllegalArgumentException(text);
          }
          return number;
        });
  }

  /** Yes or no. */
  public boolean flag(String key, boolean otherwise) {
    return word(key, otherwise ? "true" : "false", "true", "false").equals("true");
  }

  /** One of some words. */
  public String word(String key, String otherwise, String... words) {
    return value(
        key,
        otherwise,
        String.join(" or ", words),
        text -> {
          String word = text.toLowerCase(Locale.ROOT);
          if (!List.of(words).contains(word)) {
            throw new IllegalArgumentException(text);
          }
          return word;
        });
  }

  /** A constant of an enumeration, written in lower case with hyphens. */
  public <E extends Enum<E>> E constant(String key, E otherwise) {
    E[] constants = otherwise.getDeclaringClass().getEnumConstants();
    String word =
        word(key, word(otherwise), Arrays.stream(constants).map(Keys::word).toArray(String[]::new));
    return Arrays.stream(constants)
        .filter(each -> word(each).equals(word))
        .findFirst()
        .orElse(otherwise);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Notes that a value cannot be used. */
  public void refuse(String key, String value, String accepted) {
    problems.add(key(key) + " = " + value + ": accepted is " + accepted);
  }

  /** Notes what is wrong with several values together. */
  public void refuse(String sentence) {
    problems.add(sentence);
  }

  /** Everything that is wrong, keys that nobody asked for among it. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        all.add(key + " is not a key" + nearest(key));
      }
    }
    return all;
  }

  private String nearest(String key) {
    return asked.stream()
        .filter(each -> distance(each, key) <= 2 + key.length() / 8)
        .min((a, b) -> distance(a, key) - distance(b, key))
        .map(each -> "; did you mean " + each + "?")
        .orElse("");
  }

  /** Edits that make one text of the other (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

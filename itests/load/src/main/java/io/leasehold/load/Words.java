// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The command line: words, options with a value and options without. */
public final class Words {
  private final ArrayDeque<String> plain = new ArrayDeque<>();
  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException naming the word that is not understood
   */
  public Words(List<String> line, Set<String> valued, Set<String> flags) {
    ArrayDeque<String> rest = new ArrayDeque<>(line);
    while (!rest.isEmpty()) {
      String word = rest.pop();
      if (!word.startsWith("--")) {
        plain.add(word);
      } else if (flags.contains(word)) {
        values.put(word, "");
      } else if (!valued.contains(word)) {
        throw new IllegalArgumentException("no such option: " + word);
      } else if (rest.isEmpty()) {
        throw new IllegalArgumentException(word + " needs a value");
      } else {
        values.put(word, rest.pop());
      }
    }
  }

  /** The next word that belongs to no option. */
  public Optional<String> next() {
    return Optional.ofNullable(plain.poll());
  }

  /** Whether an option was given. */
  public boolean has(String option) {
    return values.containsKey(option);
  }

  /** The value of an option. */
  public Optional<String> text(String option) {
    return Optional.ofNullable(values.get(option));
  }

  /** The value of an option that is a number and not negative. */
  public double number(String option, double otherwise) {
    String value = values.get(option);
    if (value == null) {
      return otherwise;
    }
    try {
      double number = Double.parseDouble(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " needs a number, not " + value, e);
    }
    throw new IllegalArgumentException(option + " cannot be negative");
  }

  /** The value of an option that is a whole number and not negative. */
  public int whole(String option, int otherwise) {
    double number = number(option, otherwise);
    if (number != (int) number) {
      throw new IllegalArgumentException(option + " needs a whole number that is not too large");
    }
    return (int) number;
  }
}

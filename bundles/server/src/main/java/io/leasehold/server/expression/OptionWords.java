// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFormat;
import io.leasehold.net.Bytes;
import java.util.Optional;

/** The value of an option in the words in which a plan would write it. */
final class OptionWords {
  private OptionWords() {}

  /** The octets; without zeros at the end of what is text, which Kea takes away too. */
  static Term octetsOf(Lookup lookup, Optional<OptionDefinition> definition) {
    Term content = Term.content(lookup);
    boolean trimmed =
        lookup != Lookup.NOTHING && definition.filter(OptionWords::isText).isPresent();
    return trimmed ? facts -> withoutZeros(content.of(facts)) : content;
  }

  private static boolean isText(OptionDefinition definition) {
    return definition.format().toString().startsWith("string");
  }

  private static Bytes withoutZeros(Bytes text) {
    int end = text.length();
    while (end > 0 && text.at(end - 1) == 0) {
      end--;
    }
    return text.slice(0, end);
  }

  /**
   * The words; the octets themselves if they are text already, hexadecimal digits if the option is
   * not defined or has options inside.
   */
  static Term of(Lookup lookup, Optional<OptionDefinition> definition) {
    if (lookup == Lookup.NOTHING) {
      return Term.Literal.EMPTY;
    }
    Term content = Term.content(lookup);
    if (definition.isEmpty() || definition.get().encapsulates().isPresent()) {
      return facts -> Bytes.ofUtf8(content.of(facts).toHex());
    }
    OptionFormat format = definition.get().format();
    if (isText(definition.get())) {
      return octetsOf(lookup, definition);
    }
    return facts -> words(content.of(facts), format);
  }

  private static Bytes words(Bytes value, OptionFormat format) {
    if (value.isEmpty()) {
      return Bytes.EMPTY;
    }
    try {
      return Bytes.ofUtf8(format.describe(value));
    } catch (MalformedPacketException e) {
      throw EvaluationException.INSTANCE;
    }
  }
}

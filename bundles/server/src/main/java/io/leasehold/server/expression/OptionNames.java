// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import java.util.Optional;

/** What names and codes of options stand for. */
public interface OptionNames {
  /** The definition of a name in a space. */
  Optional<OptionDefinition> byName(OptionSpace space, String name);

  /** The definition of a code in a space. */
  Optional<OptionDefinition> byCode(OptionSpace space, int code);

  /** For the end of an error: which name may have been meant; empty if none is near. */
  default String hint(OptionSpace space, String name) {
    return "";
  }

  /** Those of a catalogue. */
  static OptionNames of(OptionCatalogue catalogue) {
    return new OptionNames() {
      @Override
      public Optional<OptionDefinition> byName(OptionSpace space, String name) {
        return catalogue.byName(space, name);
      }

      @Override
      public Optional<OptionDefinition> byCode(OptionSpace space, int code) {
        return catalogue.byCode(space, code);
      }
    };
  }
}

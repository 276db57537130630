// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.util.Locale;

/** Words for what is told of pools. */
final class PoolText {
  private PoolText() {}

  /** A constant as a word in kebab case. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

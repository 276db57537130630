// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

/** Which classes an expression may ask for. */
@FunctionalInterface
public interface ClassNames {
  /** What is not the number of a class. */
  int UNKNOWN_CLASS = -1;

  /** Knows no class. */
  ClassNames NONE = name -> UNKNOWN_CLASS;

  /** The number of a class, which may be given out now; {@link #UNKNOWN_CLASS} refuses it. */
  int numberOf(String name);

  /** For the end of an error: which name may have been meant; empty if none is near. */
  default String hint(String name) {
    return "";
  }
}

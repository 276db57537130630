// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.util.function.ToIntFunction;

/** Finds the constant that a stored code stands for. */
final class Codes {
  private Codes() {}

  /**
   * The constant with a code.
   *
   * @param what what the constants are, for the message
   * @throws IllegalArgumentException if there is none
   */
  static <E> E find(E[] constants, ToIntFunction<E> codeOf, int code, String what) {
    for (E constant : constants) {
      if (codeOf.applyAsInt(constant) == code) {
        return constant;
      }
    }
    throw new IllegalArgumentException("unknown " + what + " " + code);
  }
}

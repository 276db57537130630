// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osgi.annotation.versioning.ProviderType;

/** Codes of options that somebody asks for, in order. Immutable. */
@ProviderType
public interface RequestedCodes {
  /** How many codes there are. */
  int size();

  /** The code at the index, from 0. */
  int code(int index);

  /** Whether the code is asked for. */
  default boolean contains(int code) {
    for (int i = 0; i < size(); i++) {
      if (code(i) == code) {
        return true;
      }
    }
    return false;
  }

  /** {@code [23, 24]}. */
  default String text() {
    return IntStream.range(0, size())
        .mapToObj(index -> Integer.toString(code(index)))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}

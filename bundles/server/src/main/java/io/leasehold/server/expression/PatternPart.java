// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import java.util.BitSet;
import java.util.List;

/** A part of a regular expression. */
sealed interface PatternPart {
  /** One of some octets. */
  record Octets(BitSet set) implements PatternPart {}

  /** One part after the other. */
  record Sequence(List<PatternPart> parts) implements PatternPart {}

  /** One of the parts. */
  record Either(List<PatternPart> parts) implements PatternPart {}

  /** A part some times; without a bound if {@code most} is negative. */
  record Repeat(PatternPart part, int least, int most) implements PatternPart {}

  /** The beginning or the end of the value. */
  record Edge(boolean end) implements PatternPart {}
}

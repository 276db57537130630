// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;

/** A part of an expression that holds or not. */
non-sealed interface Check extends Node {
  /**
   * Whether it holds.
   *
   * @throws EvaluationException if that cannot be told
   */
  boolean holds(PacketFacts facts);

  /** The same for every packet. */
  enum Constant implements Check {
    /** Always. */
    TRUE,
    /** Never. */
    FALSE;

    static Constant of(boolean value) {
      return value ? TRUE : FALSE;
    }

    @Override
    public boolean holds(PacketFacts facts) {
      return this == TRUE;
    }
  }

  /** The contrary. */
  static Check not(Check check) {
    return check instanceof Constant constant
        ? Constant.of(constant == Constant.FALSE)
        : facts -> !check.holds(facts);
  }

  /** Whether all hold; those after one that does not are not looked at. */
  static Check all(List<Check> tests) {
    Check[] parts = parts(tests, Constant.FALSE);
    return switch (parts.length) {
      case 0 -> Constant.TRUE;
      case 1 -> parts[0];
      default ->
          facts -> {
            for (Check part : parts) {
              if (!part.holds(facts)) {
                return false;
              }
            }
            return true;
          };
    };
  }

  /** Whether one holds; those after it are not looked at. */
  static Check any(List<Check> tests) {
    Check[] parts = parts(tests, Constant.TRUE);
    return switch (parts.length) {
      case 0 -> Constant.FALSE;
      case 1 -> parts[0];
      default ->
          facts -> {
            for (Check part : parts) {
              if (part.holds(facts)) {
                return true;
              }
            }
            return false;
          };
    };
  }

  /** Without constants that change nothing, up to one that decides. */
  private static Check[] parts(List<Check> tests, Constant deciding) {
    List<Check> parts = new ArrayList<>(tests.size());
    for (Check check : tests) {
      if (!(check instanceof Constant)) {
        parts.add(check);
      } else if (check == deciding) {
        parts.add(check);
        break;
      }
    }
    return parts.toArray(Check[]::new);
  }

  /** Whether two values are the same octets. */
  static Check equal(Term left, Term right) {
    if (left instanceof Term.Literal one && right instanceof Term.Literal other) {
      return Constant.of(one.octets().equals(other.octets()));
    }
    if (right instanceof Term.Literal literal) {
      Bytes octets = literal.octets();
      return facts -> left.is(facts, octets);
    }
    return left instanceof Term.Literal
        ? equal(right, left)
        : facts -> left.of(facts).equals(right.of(facts));
  }

  /** Whether there is such an option. */
  static Check exists(Lookup lookup) {
    return lookup == Lookup.NOTHING ? Constant.FALSE : facts -> lookup.findOrNull(facts) != null;
  }

  /** Whether a value is of a pattern. */
  static Check matches(Pattern pattern, Term term) {
    return term instanceof Term.Literal literal
        ? Constant.of(pattern.matches(literal.octets()))
        : facts -> pattern.matches(term.of(facts));
  }
}

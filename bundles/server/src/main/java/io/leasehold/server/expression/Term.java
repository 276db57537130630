// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;

/** A part of an expression that has a value. */
non-sealed interface Term extends Node {
  /**
   * The value.
   *
   * @throws EvaluationException if an operator can do nothing with what the packet has
   */
  Bytes of(PacketFacts facts);

  /**
   * Whether these octets are the value.
   *
   * @throws EvaluationException as {@link #of}
   */
  default boolean is(PacketFacts facts, Bytes octets) {
    return of(facts).equals(octets);
  }

  /** The same for every packet. */
  record Literal(Bytes octets) implements Term {
    /** Without octets. */
    static final Literal EMPTY = new Literal(Bytes.EMPTY);

    @Override
    public Bytes of(PacketFacts facts) {
      return octets;
    }
  }

  /** The octets of an option, or none. */
  static Term content(Lookup lookup) {
    return lookup == Lookup.NOTHING
        ? Literal.EMPTY
        : facts -> {
          Bytes found = lookup.findOrNull(facts);
          return found == null ? Bytes.EMPTY : found;
        };
  }

  /** One of two values. */
  static Term choice(Check check, Term then, Term otherwise) {
    if (check instanceof Check.Constant) {
      return check == Check.Constant.TRUE ? then : otherwise;
    }
    return new Term() {
      @Override
      public Bytes of(PacketFacts facts) {
        return (check.holds(facts) ? then : otherwise).of(facts);
      }

      @Override
      public boolean is(PacketFacts facts, Bytes octets) {
        return (check.holds(facts) ? then : otherwise).is(facts, octets);
      }
    };
  }

  /** What an operator makes of a value; done at once if that is always the same. */
  static Term made(Term from, Operator operator) {
    if (from instanceof Literal literal) {
      try {
        return new Literal(operator.of(literal.octets()));
      } catch (EvaluationException e) {
        return facts -> {
          throw EvaluationException.INSTANCE;
        };
      }
    }
    return facts -> operator.of(from.of(facts));
  }

  /** An operator of one value. */
  @FunctionalInterface
  interface Operator {
    /**
     * What it makes of a value.
     *
     * @throws EvaluationException if it can do nothing with it
     */
    Bytes of(Bytes value);
  }
}

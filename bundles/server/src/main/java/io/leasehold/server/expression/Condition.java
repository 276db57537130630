// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Family;
import java.util.List;

/** An expression that holds for a packet or not. Immutable, for any thread. */
public final class Condition {
  private final Source source;
  private final Check check;

  /** What an expression was read from; two with the same are the same. */
  record Source(String text, Family family, Mentions mentions, List<String> remarks) {}

  Condition(Source source, Check check) {
    this.source = source;
    this.check = check;
  }

  /**
   * Whether it holds. What cannot be evaluated, because a value is not as long as a conversion
   * needs it, does not hold; the facts are told. Never throws for what is in a packet.
   */
  public boolean holds(PacketFacts facts) {
    try {
      return check.holds(facts);
    } catch (EvaluationException e) {
      facts.failed();
      return false;
    }
  }

  /** Whether it holds for all packets or for none, so that nobody need ask. */
  public boolean isConstant() {
    return check instanceof Check.Constant;
  }

  /** The classes it asks for. */
  public Mentions mentions() {
    return source.mentions();
  }

  /** What is likely a mistake, a sentence each with its column. */
  public List<String> remarks() {
    return source.remarks();
  }

  /** As it was written. */
  public String text() {
    return source.text();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source.text();
  }
}

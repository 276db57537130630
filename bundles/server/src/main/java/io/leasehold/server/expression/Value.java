// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import java.util.List;

/** An expression that has a value for every packet. Immutable, for any thread. */
public final class Value {
  private final Condition.Source source;
  private final Term term;

  Value(Condition.Source source, Term term) {
    this.source = source;
    this.term = term;
  }

  /**
   * The value, perhaps a view of the packet; empty if it cannot be evaluated, of which the facts
   * are told. Never throws for what is in a packet.
   */
  public Bytes of(PacketFacts facts) {
    try {
      return term.of(facts);
    } catch (EvaluationException e) {
      facts.failed();
      return Bytes.EMPTY;
    }
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
    return other instanceof Value that && source.equals(that.source);
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

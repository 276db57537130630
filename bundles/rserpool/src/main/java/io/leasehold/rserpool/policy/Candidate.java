// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.Objects;

/** A member of a pool, and what a registrar remembers for choosing it. One thread. */
public class Candidate {
  private PoolElement element;
  private long selections;

  /** When it was last the first of an order, in orders of its pool. */
  long turn;

  /** How far it is behind with its weight. */
  long owed;

  /** How often it was named since it registered. */
  long degradations;

  /** A member that was never chosen. */
  public Candidate(PoolElement element) {
    this.element = Objects.requireNonNull(element);
  }

  /** The pool element, as it is registered. */
  public final PoolElement element() {
    return element;
  }

  /** How often it was named in an order. */
  public final long selections() {
    return selections;
  }

  /** It has registered again; degradation begins anew (RFC 5356 section 5.2.2). */
  protected final void register(PoolElement renewed) {
    element = Objects.requireNonNull(renewed);
    degradations = 0;
  }

  /** It has another owner, and is otherwise the same. */
  protected final void moveTo(long home) {
    element = element.ownedBy(home);
  }

  final void name() {
    selections++;
    degradations++;
  }
}

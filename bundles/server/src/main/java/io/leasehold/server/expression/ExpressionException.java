// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

/** A text that is not an expression: where, what is wrong and what is accepted. */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1;

  private final int column;

  ExpressionException(int column, String what) {
    super("column " + column + ": " + what);
    this.column = column;
  }

  /** The place in the text, from 1. */
  public int column() {
    return column;
  }
}

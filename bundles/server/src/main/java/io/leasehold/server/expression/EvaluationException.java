// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

/** A value that an operator can do nothing with. There is one, which knows nothing of where. */
final class EvaluationException extends RuntimeException {
  static final EvaluationException INSTANCE = new EvaluationException();

  private static final long serialVersionUID = 1;

  private EvaluationException() {
    super("cannot be evaluated", null, false, false);
  }
}

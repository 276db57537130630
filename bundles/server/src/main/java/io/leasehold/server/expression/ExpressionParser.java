// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

/** Reads expressions. */
public final class ExpressionParser {
  /** The most characters of an expression. */
  public static final int MAX_LENGTH = 4096;

  /** How deep parentheses and functions may be within one another. */
  public static final int MAX_DEPTH = 64;

  private ExpressionParser() {}

  /**
   * A condition, the {@code test} of a class.
   *
   * @throws ExpressionException if the text is not one
   */
  public static Condition condition(String text, ExpressionContext context)
      throws ExpressionException {
    Grammar grammar = grammar(text, context);
    Check check = grammar.wholeCheck();
    return new Condition(source(text, context, grammar), check);
  }

  /**
   * A value, the {@code template-test} of a class or an {@code identifier-expression}.
   *
   * @throws ExpressionException if the text is not one
   */
  public static Value value(String text, ExpressionContext context) throws ExpressionException {
    Grammar grammar = grammar(text, context);
    Term term = grammar.wholeTerm();
    return new Value(source(text, context, grammar), term);
  }

  private static Grammar grammar(String text, ExpressionContext context)
      throws ExpressionException {
    if (text.length() > MAX_LENGTH) {
      throw new ExpressionException(
          MAX_LENGTH + 1,
          "an expression of " + text.length() + " characters; accepted are " + MAX_LENGTH);
    }
    return new Grammar(new Lexer(text), context);
  }

  private static Condition.Source source(String text, ExpressionContext context, Grammar grammar) {
    return new Condition.Source(text, context.family(), grammar.mentions(), grammar.remarks());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import io.leasehold.server.expression.Token.Kind;
import java.util.List;

/** Reads functions with what they are applied to. */
final class Functions {
  /** For messages. */
  static final String ACCEPTED =
      "substring, concat, ifelse, hexstring, split, lcase, ucase, match, addrtotext, "
          + "int8totext, int16totext, int32totext, uint8totext, uint16totext, uint32totext";

  private final Lexer lexer;
  private final Grammar grammar;

  Functions(Lexer lexer, Grammar grammar) {
    this.lexer = lexer;
    this.grammar = grammar;
  }

  /** The application of the function with this name; null if there is none. */
  Node readOrNull(Token name) throws ExpressionException {
    return switch (name.text()) {
      case "substring" -> substring(open(name));
      case "concat" -> concat(open(name));
      case "ifelse" -> choice(open(name));
      case "hexstring" -> hexstring(open(name));
      case "split" -> split(open(name));
      case "match" -> match(open(name));
      case "lcase" -> single(open(name), Operators::lower);
      case "ucase" -> single(open(name), Operators::upper);
      case "addrtotext" -> single(open(name), Operators::addressText);
      case "int8totext" -> number(open(name), 1, true);
      case "int16totext" -> number(open(name), 2, true);
      case "int32totext" -> number(open(name), 4, true);
      case "uint8totext" -> number(open(name), 1, false);
      case "uint16totext" -> number(open(name), 2, false);
      case "uint32totext" -> number(open(name), 4, false);
      default -> null;
    };
  }

  private Token open(Token name) throws ExpressionException {
    lexer.expect("(", "follows \"" + name.text() + "\"");
    return name;
  }

  private void comma(Token name) throws ExpressionException {
    lexer.expect(",", "in \"" + name.text() + "\", which needs more");
  }

  private void close(Token name) throws ExpressionException {
    lexer.expect(")", "after all that \"" + name.text() + "\" takes");
  }

  private Term term() throws ExpressionException {
    return Grammar.term(grammar.expression());
  }

  private Term substring(Token name) throws ExpressionException {
    Term value = term();
    comma(name);
    int start = number(lexer.next());
    comma(name);
    Token last = lexer.next();
    int length = last.isWord("all") ? Operators.ALL : number(last);
    close(name);
    return Term.made(value, octets -> Operators.substring(octets, start, length));
  }

  private static int number(Token token) throws ExpressionException {
    if (token.kind() != Kind.INTEGER) {
      throw new ExpressionException(
          token.column(),
          token.shown() + " where a number is needed; accepted is one like 3 or -3");
    }
    return (int) Grammar.number(token, Integer.MIN_VALUE, Integer.MAX_VALUE, "a number of octets");
  }

  private Term concat(Token name) throws ExpressionException {
    Term one = term();
    comma(name);
    Term other = term();
    close(name);
    return Operators.concat(List.of(one, other));
  }

  private Term choice(Token name) throws ExpressionException {
    Check check = Grammar.check(grammar.expression());
    comma(name);
    Term then = term();
    comma(name);
    Term otherwise = term();
    close(name);
    return Term.choice(check, then, otherwise);
  }

  private Term hexstring(Token name) throws ExpressionException {
    Term value = term();
    comma(name);
    Term separator = term();
    close(name);
    if (separator instanceof Term.Literal literal) {
      return Term.made(value, octets -> Operators.hex(octets, literal.octets()));
    }
    return facts -> Operators.hex(value.of(facts), separator.of(facts));
  }

  private Term split(Token name) throws ExpressionException {
    Term value = term();
    comma(name);
    Term delimiters = term();
    comma(name);
    int field = number(lexer.next());
    close(name);
    if (delimiters instanceof Term.Literal literal) {
      return Term.made(value, octets -> Operators.field(octets, literal.octets(), field));
    }
    return facts -> Operators.field(value.of(facts), delimiters.of(facts), field);
  }

  private Check match(Token name) throws ExpressionException {
    Token written = lexer.next();
    if (written.kind() != Kind.TEXT) {
      throw new ExpressionException(
          written.column(), written.shown() + " is not a pattern; accepted is one like 'foo.*'");
    }
    Pattern pattern;
    try {
      pattern = Pattern.of(Bytes.ofUtf8(written.text()));
    } catch (IllegalArgumentException e) {
      throw new ExpressionException(
          written.column(), written.shown() + " is not a pattern: " + e.getMessage());
    }
    comma(name);
    Term value = term();
    close(name);
    return Check.matches(pattern, value);
  }

  private Term single(Token name, Term.Operator operator) throws ExpressionException {
    Term value = term();
    close(name);
    return Term.made(value, operator);
  }

  private Term number(Token name, int octets, boolean signed) throws ExpressionException {
    return single(name, value -> Operators.numberText(value, octets, signed));
  }
}

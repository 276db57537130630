// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.expression.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads one expression. From the loosest to the tightest: {@code or}, {@code and}, {@code not},
 * {@code ==}, {@code +}. What is constant is computed at once.
 */
final class Grammar {
  private static final long LARGEST_NUMBER = 0xffff_ffffL;

  private final Lexer lexer;
  private final ExpressionContext context;
  private final Set<String> classes = new LinkedHashSet<>();
  private final Subjects subjects;
  private final Functions functions;
  private int depth;

  /** A part of the expression and where it begins. */
  record Placed(Node node, int column) {}

  Grammar(Lexer lexer, ExpressionContext context) {
    this.lexer = lexer;
    this.context = context;
    this.subjects = new Subjects(lexer, context);
    this.functions = new Functions(lexer, this);
  }

  Check wholeCheck() throws ExpressionException {
    Check check = check(expression());
    expectEnd();
    return check;
  }

  Term wholeTerm() throws ExpressionException {
    Term term = term(expression());
    expectEnd();
    return term;
  }

  private void expectEnd() throws ExpressionException {
    Token token = lexer.next();
    if (token.kind() != Kind.END) {
      String joined = token.isSymbol(")") ? "no \"(\" before it" : "the expression is complete";
      throw new ExpressionException(
          token.column(),
          token.shown() + ", but " + joined + "; accepted are \"and\", \"or\", \"==\" and \"+\"");
    }
  }

  List<String> remarks() {
    return subjects.remarks();
  }

  Mentions mentions() {
    return new Mentions(List.copyOf(classes));
  }

  /** The part, if it is a condition. */
  static Check check(Placed placed) throws ExpressionException {
    if (placed.node() instanceof Check check) {
      return check;
    }
    throw new ExpressionException(
        placed.column(),
        "a value where a condition is needed; accepted is one like option[61].exists or pkt.iface == 'eth0'");
  }

  /** The part, if it is a value. */
  static Term term(Placed placed) throws ExpressionException {
    if (placed.node() instanceof Term term) {
      return term;
    }
    throw new ExpressionException(
        placed.column(),
        "a condition where a value is needed; accepted is one like option[61].hex or 'text'");
  }

  /** A condition or a value, up to what cannot be part of it. */
  Placed expression() throws ExpressionException {
    Placed first = conjunction();
    if (!lexer.peek().isWord("or")) {
      return first;
    }
    List<Check> parts = new ArrayList<>(List.of(check(first)));
    while (takes("or")) {
      parts.add(check(conjunction()));
    }
    return new Placed(Check.any(parts), first.column());
  }

  private Placed conjunction() throws ExpressionException {
    Placed first = negation();
    if (!lexer.peek().isWord("and")) {
      return first;
    }
    List<Check> parts = new ArrayList<>(List.of(check(first)));
    while (takes("and")) {
      parts.add(check(negation()));
    }
    return new Placed(Check.all(parts), first.column());
  }

  private Placed negation() throws ExpressionException {
    int column = lexer.peek().column();
    boolean negated = false;
    boolean turned = false;
    while (takes("not")) {
      negated = true;
      turned = !turned;
    }
    Placed placed = comparison();
    if (!negated) {
      return placed;
    }
    Check check = check(placed);
    return new Placed(turned ? Check.not(check) : check, column);
  }

  private Placed comparison() throws ExpressionException {
    Placed left = sum();
    if (!lexer.takes("==")) {
      return left;
    }
    Term one = term(left);
    Placed placed = new Placed(Check.equal(one, term(sum())), left.column());
    if (lexer.peek().isSymbol("==")) {
      throw new ExpressionException(
          lexer.peek().column(), "a condition cannot be compared; join it with \"and\"");
    }
    return placed;
  }

  private Placed sum() throws ExpressionException {
    Placed first = primary();
    if (!lexer.peek().isSymbol("+")) {
      return first;
    }
    List<Term> parts = new ArrayList<>(List.of(term(first)));
    while (lexer.takes("+")) {
      parts.add(term(primary()));
    }
    return new Placed(Operators.concat(parts), first.column());
  }

  private boolean takes(String word) throws ExpressionException {
    boolean is = lexer.peek().isWord(word);
    if (is) {
      lexer.next();
    }
    return is;
  }

  private Placed primary() throws ExpressionException {
    Token token = lexer.next();
    int column = token.column();
    return switch (token.kind()) {
      case TEXT -> new Placed(new Term.Literal(Bytes.ofUtf8(token.text())), column);
      case HEX -> new Placed(new Term.Literal(hex(token)), column);
      case ADDRESS -> new Placed(new Term.Literal(address(token)), column);
      case INTEGER -> new Placed(new Term.Literal(NumberTerm.octets(number(token))), column);
      case WORD -> word(token);
      case SYMBOL, END -> {
        if (!token.isSymbol("(")) {
          throw new ExpressionException(
              column, token.shown() + " where a condition or a value is needed");
        }
        enter(column);
        Placed inner = expression();
        lexer.expect(")", "does not close the \"(\" of column " + column);
        leave();
        yield new Placed(inner.node(), column);
      }
    };
  }

  private Placed word(Token word) throws ExpressionException {
    return switch (word.text()) {
      case "known" -> new Placed(member(word, Mentions.KNOWN), word.column());
      case "unknown" -> new Placed(Check.not(member(word, Mentions.KNOWN)), word.column());
      case "member" -> new Placed(member(), word.column());
      default -> {
        Node node = subjects.readOrNull(word);
        enter(word.column());
        node = node == null ? functions.readOrNull(word) : node;
        leave();
        if (node == null) {
          throw new ExpressionException(
              word.column(),
              word.shown()
                  + " means nothing here; accepted are "
                  + Subjects.accepted(context.family())
                  + ", member, known, unknown, not, "
                  + Functions.ACCEPTED);
        }
        yield new Placed(node, word.column());
      }
    };
  }

  private Check member() throws ExpressionException {
    lexer.expect("(", "follows \"member\"");
    Token name = lexer.next();
    if (name.kind() != Kind.TEXT) {
      throw new ExpressionException(
          name.column(), name.shown() + " is not the name of a class; accepted is one like 'gold'");
    }
    lexer.expect(")", "follows the name of a class");
    return member(name, name.text());
  }

  private Check member(Token where, String name) throws ExpressionException {
    int number = context.classes().numberOf(name);
    if (number == ClassNames.UNKNOWN_CLASS) {
      throw new ExpressionException(
          where.column(),
          "there is no class \""
              + name
              + "\" to ask for; accepted are classes that are defined before, and those that are built in"
              + context.classes().hint(name));
    }
    classes.add(name);
    return facts -> facts.isMember(number);
  }

  /** One level deeper. */
  void enter(int column) throws ExpressionException {
    if (++depth > ExpressionParser.MAX_DEPTH) {
      throw new ExpressionException(
          column,
          "parentheses within more than "
              + ExpressionParser.MAX_DEPTH
              + " others; accepted are "
              + ExpressionParser.MAX_DEPTH);
    }
  }

  private void leave() {
    depth--;
  }

  private static Bytes hex(Token token) throws ExpressionException {
    String digits = token.text().substring(2);
    if (digits.isEmpty()) {
      throw new ExpressionException(
          token.column(), "\"0x\" without digits; accepted is one like 0x0a0b");
    }
    return Bytes.ofHex(digits.length() % 2 == 0 ? digits : "0" + digits);
  }

  private static Bytes address(Token token) throws ExpressionException {
    String text = token.text();
    try {
      return text.indexOf(':') < 0 ? Ipv4.ofText(text).bytes() : Ipv6.ofIpv6Text(text).bytes();
    } catch (IllegalArgumentException e) {
      throw new ExpressionException(
          token.column(),
          token.shown() + " is not an address; accepted is one like 192.0.2.1 or 2001:db8::1");
    }
  }

  private static long number(Token token) throws ExpressionException {
    return number(token, 0, LARGEST_NUMBER, "a number");
  }

  /** A number in bounds. */
  static long number(Token token, long least, long most, String what) throws ExpressionException {
    if (token.text().matches("-?[0-9]{1,12}")) {
      long number = Long.parseLong(token.text());
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new ExpressionException(
        token.column(),
        token.shown() + " is not " + what + "; accepted are " + least + " to " + most);
  }
}

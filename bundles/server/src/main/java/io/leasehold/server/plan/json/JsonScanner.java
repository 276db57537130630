// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The characters of a document: blanks, comments and inclusions are passed over, places are
 * counted. A value does not continue from an included document into the one around it.
 */
final class JsonScanner {
  static final int END = -1;

  private static final class Source {
    final Document document;
    int at;
    int line = 1;
    int column = 1;

    Source(Document document) {
      this.document = document;
    }
  }

  private final Deque<Source> sources = new ArrayDeque<>();
  private final Findings findings;
  private final Includes includes;
  private final JsonLimits limits;
  private long charactersLeft;
  private Source source;
  private int inclusions;

  JsonScanner(
      Document document,
      Findings findings,
      Includes includes,
      JsonLimits limits,
      long charactersLeft) {
    this.findings = findings;
    this.includes = includes;
    this.limits = limits;
    this.charactersLeft = charactersLeft;
    this.source = new Source(document);
    spend(document, place());
  }

  /** A place to which reading may return. */
  record Mark(Document document, int at, int line, int column, int inclusions) {}

  /** Reads on from a place in a document that was read before. */
  JsonScanner(Mark from, JsonLimits limits) {
    this.findings = new Findings();
    this.includes = Includes.NONE;
    this.limits = limits;
    this.source = new Source(from.document());
    source.at = from.at();
    source.line = from.line();
    source.column = from.column();
  }

  Mark mark() {
    return new Mark(source.document, source.at, source.line, source.column, inclusions);
  }

  /** Whether everything since a mark was in the same document. */
  boolean isOfOne(Mark start) {
    return inclusions == start.inclusions() && source.document == start.document();
  }

  /** How many characters may still be read after this document. */
  long charactersLeft() {
    return charactersLeft;
  }

  Place place() {
    return new Place(source.document.name(), source.line, source.column);
  }

  /** The character here; {@link #END} at the end of a document. */
  int peek() {
    return peek(0);
  }

  private int peek(int ahead) {
    String text = source.document.text();
    return source.at + ahead < text.length() ? text.charAt(source.at + ahead) : END;
  }

  /** Takes the character here; from the end it goes nowhere. */
  int next() {
    int c = peek();
    if (c == END) {
      return c;
    }
    if (c == '\n') {
      source.line++;
      source.column = 1;
    } else {
      source.column++;
    }
    source.at++;
    return c;
  }

  /** Takes a text in quotation marks, if it has no escape and no mistake; else null. */
  String plainText() {
    String text = source.document.text();
    int begin = source.at + 1;
    int end = begin;
    while (end < text.length() && isPlain(text.charAt(end))) {
      end++;
    }
    if (end == text.length() || text.charAt(end) != '"') {
      return null;
    }
    source.column += end + 1 - source.at;
    source.at = end + 1;
    return text.substring(begin, end);
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c != '"' && c != '\\';
  }

  /** Goes to the next character that means something and returns it without taking it. */
  int peekMeaning() {
    while (true) {
      int c = peek();
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\ufeff' && source.at == 0) {
        next();
      } else if (c == '#' || c == '/' && peek(1) == '/') {
        skipLine();
      } else if (c == '/' && peek(1) == '*') {
        skipComment();
      } else if (c == '<' && peek(1) == '?') {
        include();
      } else if (c == END && !sources.isEmpty()) {
        source = sources.pop();
      } else {
        return c;
      }
    }
  }

  private void skipLine() {
    while (peek() != '\n' && peek() != END) {
      next();
    }
  }

  private void skipComment() {
    Place start = place();
    next();
    next();
    while (!(peek() == '*' && peek(1) == '/')) {
      if (next() == END) {
        findings.error(start, "the comment is not closed; */ closes it");
        throw new ReadingEndedException();
      }
    }
    next();
    next();
  }

  private void include() {
    Place start = place();
    StringBuilder directive = new StringBuilder();
    while (peek() != END && peek() != '\n' && !(peek() == '?' && peek(1) == '>')) {
      directive.append((char) next());
    }
    boolean closed = next() == '?' && next() == '>';
    String name = directive.toString().trim().replaceFirst("^<\\?include\\s+\"([^\"]+)\"$", "$1");
    if (!closed || name.startsWith("<")) {
      findings.error(start, "'" + directive + "' is not an inclusion; <?include \"file\"?> is");
      throw new ReadingEndedException();
    }
    if (sources.size() >= limits.includes()) {
      findings.error(
          start,
          "\"" + name + "\": more than " + limits.includes() + " documents include one another");
      throw new ReadingEndedException();
    }
    open(start, name);
  }

  private void open(Place start, String name) {
    Document included;
    try {
      included = includes.fetch(source.document.name(), name);
    } catch (IOException e) {
      findings.error(start, "\"" + name + "\" " + e.getMessage());
      throw new ReadingEndedException();
    }
    spend(included, start);
    inclusions++;
    sources.push(source);
    source = new Source(included);
  }

  private void spend(Document document, Place asked) {
    charactersLeft -= document.text().length() + 1L;
    if (charactersLeft < 0) {
      findings.error(
          asked, "the documents together have more than " + limits.characters() + " characters");
      throw new ReadingEndedException();
    }
  }
}

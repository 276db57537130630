// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.json.JsonValue.JsonFlag;
import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonNull;
import io.leasehold.server.plan.json.JsonValue.JsonNumber;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import io.leasehold.server.plan.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads JSON as Kea does: with comments ({@code //}, {@code #}, {@code /* *}{@code /}), inclusions
 * and, with a warning, commas after the last element. After a mistake it goes on, to find the
 * others. For one thread.
 */
final class JsonReader {
  private static final int MOST_KEYS = 1_000;

  /** What a plan may have so many of that they are not all kept as they were read. */
  private static final String MANY = "reservations";

  /** Kea takes {@code .5} too. */
  private static final Pattern NUMBER =
      Pattern.compile("-?([0-9]+(\\.[0-9]+)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private final Findings findings;
  private final Includes includes;
  private final JsonLimits limits;
  private long charactersLeft;
  private long valuesLeft;
  private final Map<String, String> keys = new HashMap<>();
  private JsonScanner in;
  private int errors;
  private int depth;

  JsonReader(Findings findings, Includes includes, JsonLimits limits) {
    this.findings = findings;
    this.includes = includes;
    this.limits = limits;
    this.charactersLeft = limits.characters();
    this.valuesLeft = limits.values();
  }

  /** The value that a document consists of; what could be read of it if there are errors. */
  Optional<JsonValue> read(Document document) {
    errors = 0;
    depth = 0;
    try {
      in = new JsonScanner(document, findings, includes, limits, charactersLeft);
      if (in.peekMeaning() == JsonScanner.END) {
        findings.warn(in.place(), document.name() + " is empty");
        return Optional.empty();
      }
      JsonValue value = value();
      if (in.peekMeaning() != JsonScanner.END) {
        error("nothing may follow the end of the document");
      }
      return Optional.ofNullable(value);
    } catch (ReadingEndedException reported) {
      return Optional.empty();
    } finally {
      charactersLeft = in == null ? charactersLeft : in.charactersLeft();
    }
  }

  /** The value here, or null after reporting what is there instead. */
  private JsonValue value() {
    int c = in.peekMeaning();
    Place place = in.place();
    if (--valuesLeft < 0) {
      end(place, "the documents together have more than " + limits.values() + " values");
    }
    return switch (c) {
      case '{' -> nested(place, true);
      case '[' -> nested(place, false);
      case '"' -> new JsonText(place, text());
      case JsonScanner.END -> {
        end(place, "the document ends where a value should be");
        yield null;
      }
      default -> word(place);
    };
  }

  private JsonValue nested(Place place, boolean object) {
    if (++depth > limits.depth()) {
      end(place, "values are nested more than " + limits.depth() + " deep");
    }
    in.next();
    JsonValue value = object ? object(place) : list(place);
    depth--;
    return value;
  }

  private JsonObject object(Place place) {
    Map<String, Member> members = new LinkedHashMap<>();
    boolean more = !closed('}');
    while (more) {
      if (in.peekMeaning() == '"') {
        member(members);
      } else {
        error("a key in quotation marks should be here, not " + here());
        skipElement();
      }
      more = another('}', place);
    }
    return new JsonObject(place, members);
  }

  private boolean closed(char closing) {
    boolean closed = in.peekMeaning() == closing;
    if (closed) {
      in.next();
    }
    return closed;
  }

  private void member(Map<String, Member> members) {
    Place keyPlace = in.place();
    String key = shared(text());
    if (in.peekMeaning() == ':') {
      in.next();
    } else {
      error("a colon should follow the key \"" + key + "\", not " + here());
      if (in.peekMeaning() == ',' || in.peekMeaning() == '}') {
        return;
      }
    }
    JsonValue value = key.equals(MANY) ? many() : value();
    if (value == null) {
      skipElement();
      return;
    }
    Member first = members.putIfAbsent(key, new Member(key, keyPlace, value));
    if (first != null) {
      findings.error(keyPlace, "the key \"" + key + "\" is already at " + first.keyPlace());
    }
  }

  /** A value that is often a long list. */
  private JsonValue many() {
    in.peekMeaning();
    JsonScanner.Mark start = in.mark();
    int toldBefore = findings.told();
    JsonValue value = value();
    return value instanceof JsonList list && findings.told() == toldBefore && in.isOfOne(start)
        ? new JsonList(list.place(), new ValuesReadAgain(start, limits, list.values().size()))
        : value;
  }

  /** The values of a list in which nothing was found when it was read before. */
  static List<JsonValue> listAt(JsonScanner.Mark start, JsonLimits limits) {
    JsonReader reader = new JsonReader(new Findings(), Includes.NONE, limits);
    reader.in = new JsonScanner(start, limits);
    return ((JsonList) reader.value()).values();
  }

  /** One object for each of the few keys that come over and over. */
  private String shared(String key) {
    String known = keys.get(key);
    if (known == null && keys.size() < MOST_KEYS) {
      keys.put(key, key);
    }
    return known == null ? key : known;
  }

  private JsonList list(Place place) {
    List<JsonValue> values = new ArrayList<>();
    boolean more = !closed(']');
    while (more) {
      JsonValue value = value();
      if (value == null) {
        skipElement();
      } else {
        values.add(value);
      }
      more = another(']', place);
    }
    return new JsonList(place, values);
  }

  /**
   * Passes the comma, or whatever is there instead of it; false at the end of the object or list.
   */
  private boolean another(char closing, Place start) {
    int c = in.peekMeaning();
    if (c == closing) {
      in.next();
      return false;
    }
    if (c == ',') {
      Place comma = in.place();
      in.next();
      if (in.peekMeaning() == closing) {
        findings.warn("comma", comma, "nothing follows the comma");
        in.next();
        return false;
      }
      return true;
    }
    if (c == JsonScanner.END) {
      end(in.place(), "the document ends before the '" + closing + "' for " + start);
    }
    if (c == ']' || c == '}') {
      // The other bracket most likely closes something further out: leave it there.
      error("'" + closing + "' for " + start + " should be here, not '" + (char) c + "'");
      if (depth == 1) {
        throw new ReadingEndedException();
      }
      return false;
    }
    error("a comma or '" + closing + "' should be here, not " + here());
    if (c != '"' && c != '{' && c != '[') {
      skipElement();
      return another(closing, start);
    }
    return true;
  }

  /** Goes to the comma or bracket that ends the element here. */
  private void skipElement() {
    int inner = 0;
    while (true) {
      int c = in.peekMeaning();
      if (c == JsonScanner.END) {
        throw new ReadingEndedException();
      }
      boolean ends = c == ',' || c == ']' || c == '}';
      if (ends && inner == 0) {
        return;
      }
      inner += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      if (c == '"') {
        text();
      } else {
        in.next();
      }
    }
  }

  private String text() {
    String plain = in.plainText();
    if (plain != null) {
      return plain;
    }
    Place start = in.place();
    in.next();
    StringBuilder text = new StringBuilder();
    while (true) {
      int c = in.peek();
      if (c == '\n' || c == JsonScanner.END) {
        error(start, "the text is not closed on its line");
        return text.toString();
      }
      in.next();
      if (c == '"') {
        return text.toString();
      }
      if (c == '\\') {
        escape(text);
      } else if (c < ' ' && c != '\t') {
        error("character " + c + " cannot be in a text; write \\u" + String.format("%04x", c));
      } else {
        text.append((char) c);
      }
    }
  }

  private void escape(StringBuilder text) {
    Place place = in.place();
    int c = in.peek() == '\n' ? JsonScanner.END : in.next();
    int simple = "\"\\/bfnrt".indexOf(c);
    if (c != JsonScanner.END && simple >= 0) {
      text.append("\"\\/\b\f\n\r\t".charAt(simple));
    } else if (c == 'u') {
      StringBuilder digits = new StringBuilder();
      while (digits.length() < 4 && in.peek() < 128 && Character.digit(in.peek(), 16) >= 0) {
        digits.append((char) in.next());
      }
      if (digits.length() < 4) {
        error(place, "\\u" + digits + " should have four hexadecimal digits");
      } else {
        text.append((char) Integer.parseInt(digits.toString(), 16));
      }
    } else {
      error(
          place,
          "\\" + (c == JsonScanner.END ? "" : Character.toString(c)) + " is not an escape of JSON");
    }
  }

  private JsonValue word(Place place) {
    if (",]}:".indexOf(in.peek()) >= 0) {
      error("a value should be here, not " + here());
      return null;
    }
    StringBuilder word = new StringBuilder();
    while (in.peek() > ' ' && ",:]}[{\"#/".indexOf(in.peek()) < 0) {
      word.append((char) in.next());
    }
    String text = word.toString();
    if (NUMBER.matcher(text).matches()) {
      return new JsonNumber(place, text);
    }
    return switch (text) {
      case "true", "false" -> new JsonFlag(place, text.equals("true"));
      case "null" -> new JsonNull(place);
      default -> {
        String shown =
            text.isEmpty()
                ? Character.toString(in.next())
                : text.substring(0, Math.min(60, text.length()));
        error(place, "'" + shown + "' is not a value; a text is written in quotation marks");
        yield null;
      }
    };
  }

  private String here() {
    int c = in.peekMeaning();
    return c == JsonScanner.END ? "the end of the document" : "'" + Character.toString(c) + "'";
  }

  private void error(String text) {
    error(in.place(), text);
  }

  private void error(Place place, String text) {
    findings.error(place, text);
    if (++errors >= limits.errors()) {
      end(place, "the rest of the document is not read after so many mistakes");
    }
  }

  private void end(Place place, String text) {
    findings.error(place, text);
    throw new ReadingEndedException();
  }
}

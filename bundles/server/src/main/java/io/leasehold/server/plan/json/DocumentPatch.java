// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.json.JsonSpans.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Edits of a document's text. What is not edited stays as it is, character for character, comments
 * included; what is added looks like what is there already. Used once.
 */
final class DocumentPatch {
  private static final int WIDEST = 80;

  private record Edit(int from, int to, String text) {}

  private final String text;
  private final String newline;
  private final List<Edit> edits = new ArrayList<>();

  DocumentPatch(String text) {
    this.text = text;
    this.newline = text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** A text with one object in it. */
  static String whole(Map<String, Object> content) {
    return new DocumentPatch("").object(content, "");
  }

  /** Where a place is in the text. */
  int offset(Place place) {
    int start = 0;
    for (int line = 1; line < place.line(); line++) {
      start = text.indexOf('\n', start) + 1;
    }
    return start + place.column() - 1;
  }

  /** Adds an element to the end of the list that opens somewhere. */
  void append(int open, Map<String, Object> element) {
    insert(open, indent -> object(element, indent));
  }

  /** Adds a key with a value to the end of the object that opens somewhere. */
  void append(int open, String key, Object value) {
    insert(open, indent -> PlainJson.quoted(key) + ": " + value(value, indent));
  }

  private interface Written {
    String at(String indent);
  }

  private void insert(int open, Written written) {
    JsonSpans spans = JsonSpans.in(text, open);
    boolean oneLine = text.indexOf('\n', open) < 0 || text.indexOf('\n', open) > spans.close();
    if (spans.elements().isEmpty()) {
      int end = spans.close();
      while (end > open + 1 && JsonSpans.isBlank(text.charAt(end - 1))) {
        end--;
      }
      String outer = indentOfLine(open);
      String inner = outer + step();
      String content = newline + inner + written.at(inner) + newline + outer;
      edits.add(new Edit(end, spans.close(), content));
      return;
    }
    Span last = spans.elements().get(spans.elements().size() - 1);
    int end = last.comma() < 0 ? last.to() : last.comma() + 1;
    String comma = last.comma() < 0 ? "," : "";
    if (oneLine || !beginsLine(last.from())) {
      String indent = indentOfLine(last.from());
      edits.add(new Edit(end, end, comma + " " + written.at(indent)));
      return;
    }
    String indent = indentOfLine(last.from());
    String line = newline + indent + written.at(indent);
    int behind = behindComments(end);
    if (behind == end) {
      edits.add(new Edit(end, end, comma + line));
    } else {
      edits.add(new Edit(end, end, comma));
      edits.add(new Edit(behind, behind, line));
    }
  }

  /**
   * Behind the comments that follow on the same line, if nothing else does; else the same place.
   */
  private int behindComments(int from) {
    int at = from;
    int end = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      int next = JsonSpans.meaningless(text, at);
      if (next == at || text.substring(at, next).indexOf('\n') >= 0) {
        return from;
      }
      end = JsonSpans.isBlank(text.charAt(at)) ? end : next;
      at = next;
    }
    while (end > from && text.charAt(end - 1) == '\r') {
      end--;
    }
    return end;
  }

  /**
   * Removes an element of a list, or a key with its value, and the comma that it needs no more.
   *
   * @param open where the list or object opens; -1 if the text is only what is in it
   * @throws IllegalArgumentException if it cannot be told from what is around it
   */
  void remove(int open, int from) {
    List<Span> elements = JsonSpans.in(text, open).elements();
    int index = -1;
    for (int i = 0; i < elements.size(); i++) {
      index = elements.get(i).from() == from ? i : index;
    }
    if (index < 0) {
      throw new IllegalArgumentException("it is mixed with inclusions; change it by hand");
    }
    Span span = elements.get(index);
    if (span.comma() >= 0 && isBlank(span.to(), span.comma())) {
      deleteLines(span.from(), span.comma() + 1);
    } else if (span.comma() >= 0) {
      deleteLines(span.from(), span.to());
      edits.add(new Edit(span.comma(), span.comma() + 1, ""));
    } else if (index > 0) {
      int comma = elements.get(index - 1).comma();
      if (isBlank(comma + 1, span.from())) {
        edits.add(new Edit(comma, span.to(), ""));
      } else {
        edits.add(new Edit(comma, comma + 1, ""));
        deleteLines(span.from(), span.to());
      }
    } else {
      deleteLines(span.from(), span.to());
    }
  }

  /** Replaces the value that begins somewhere. */
  void replace(int from, Object value) {
    edits.add(new Edit(from, JsonSpans.endOfValue(text, from), value(value, indentOfLine(from))));
  }

  /** Deletes, and the lines as well of which nothing else is left. */
  private void deleteLines(int from, int to) {
    int start = lineStart(from);
    int end = to;
    while (end < text.length() && JsonSpans.isBlank(text.charAt(end)) && text.charAt(end) != '\n') {
      end++;
    }
    boolean lineEnds = end < text.length() && text.charAt(end) == '\n';
    if (lineEnds && isBlank(start, from)) {
      edits.add(new Edit(start, end + 1, ""));
    } else {
      edits.add(new Edit(from, lineEnds ? to : end, ""));
    }
  }

  /** The text with the edits. */
  String result() {
    StringBuilder to = new StringBuilder(text.length() + 256);
    int at = 0;
    edits.sort(Comparator.comparingInt(Edit::from));
    for (Edit edit : edits) {
      to.append(text, at, edit.from()).append(edit.text());
      at = edit.to();
    }
    return to.append(text, at, text.length()).toString();
  }

  private String value(Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      return object(map, indent);
    }
    if (value instanceof List<?> list && PlainJson.ofPlain(list).length() > WIDEST) {
      String inner = indent + step();
      return list.stream()
          .map(element -> newline + inner + value(element, inner))
          .reduce((one, other) -> one + "," + other)
          .map(elements -> "[" + elements + newline + indent + "]")
          .orElse("[]");
    }
    return PlainJson.ofPlain(value);
  }

  /** On one line if that is not too wide, else a line for each key. */
  private String object(Map<?, ?> members, String indent) {
    String onOneLine = PlainJson.ofPlain(members);
    if (onOneLine.length() + indent.length() <= WIDEST) {
      return onOneLine;
    }
    String inner = indent + step();
    List<String> lines = new ArrayList<>();
    members.forEach(
        (key, value) ->
            lines.add(
                newline + inner + PlainJson.quoted(key.toString()) + ": " + value(value, inner)));
    return "{" + String.join(",", lines) + newline + indent + "}";
  }

  /** By how much the document indents: as its first line that is. */
  private String step() {
    int at = 0;
    while (at >= 0 && at < text.length()) {
      String indent = indentOfLine(at);
      int content = at + indent.length();
      if (!indent.isEmpty()
          && content < text.length()
          && !Character.isWhitespace(text.charAt(content))) {
        return indent.charAt(0) == '\t' ? "\t" : indent.substring(0, Math.min(indent.length(), 8));
      }
      int end = text.indexOf('\n', at);
      at = end < 0 ? -1 : end + 1;
    }
    return "  ";
  }

  private boolean beginsLine(int at) {
    return isBlank(lineStart(at), at);
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!JsonSpans.isBlank(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private int lineStart(int at) {
    return at == 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  }

  private String indentOfLine(int at) {
    int start = lineStart(at);
    int end = start;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(start, end);
  }
}

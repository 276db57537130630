// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.Assurance;
import io.leasehold.security.Sanitizer;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * Rows of facts, as a table for people or as JSON for programs. What came from outside is tamed.
 */
final class Rows {
  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  /** No rows with these columns; programs find them by the same names, with hyphens. */
  Rows(String... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row; null and an empty Optional are a fact that is not there. */
  void add(Object... cells) {
    List<Object> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(cell instanceof Optional<?> optional ? optional.orElse(null) : cell);
    }
    rows.add(row);
  }

  /** Prints either way. */
  void print(PrintStream out, boolean json, String ifEmpty) {
    if (json) {
      out.println(Json.of(json()));
    } else {
      table(ifEmpty).print(out);
    }
  }

  ShellTable table(String ifEmpty) {
    ShellTable table = new ShellTable().forceAscii();
    columns.forEach(table::column);
    table.emptyTableText(ifEmpty);
    for (List<Object> row : rows) {
      table.addRow().addContent(row.stream().map(Rows::text).toArray());
    }
    return table;
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** For programs. */
  List<Map<String, Object>> json() {
    return rows.stream().map(this::json).toList();
  }

  private Map<String, Object> json(List<Object> row) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Object cell = row.get(i);
      facts.put(
          columns.get(i).replace(' ', '-'), cell instanceof Assurance some ? words(some) : cell);
    }
    return facts;
  }

  private static Object text(Object cell) {
    if (cell == null || cell.equals("")) {
      return "-";
    }
    if (cell instanceof Boolean truth) {
      return truth ? "yes" : "no";
    }
    if (cell instanceof Instant time) {
      return time.truncatedTo(ChronoUnit.SECONDS);
    }
    if (cell instanceof Assurance some) {
      return some.equals(Assurance.NONE) ? "INSECURE" : String.join(" ", words(some));
    }
    if (cell instanceof Collection<?> many) {
      return many.isEmpty()
          ? "-"
          : many.stream()
              .map(each -> Sanitizer.line(each.toString()))
              .collect(Collectors.joining(" "));
    }
    return cell instanceof Number ? cell : Sanitizer.line(cell.toString());
  }

  /** What is vouched for; nothing for what is insecure. */
  private static List<String> words(Assurance assurance) {
    List<String> words = new ArrayList<>();
    add(words, assurance.peerAuthenticated(), "authenticated");
    add(words, assurance.integrity(), "integrity");
    add(words, assurance.confidential(), "confidential");
    add(words, assurance.replayProtected(), "no-replay");
    add(words, assurance.forwardSecret(), "forward-secret");
    add(words, assurance.pqHybrid(), "pq-hybrid");
    return words;
  }

  private static void add(List<String> words, boolean holds, String word) {
    if (holds) {
      words.add(word);
    }
  }
}

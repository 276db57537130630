// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.PlanReport.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What reading a plan finds, collected in any order. For one thread. */
final class Findings {
  /** More than these are counted and not kept: who has a hundred errors has one. */
  static final int MOST_ERRORS = 200;

  /** What is longer quotes a value that nobody reads; its beginning and its end say enough. */
  private static final int LONGEST = 1_500;

  private static final int LONGEST_BEGINNING = 300;

  private record Entry(Place place, String text) {}

  private static final class Repeated {
    final Place first;
    final String text;
    int times;

    Repeated(Place first, String text) {
      this.first = first;
      this.text = text;
    }
  }

  private final List<Entry> errors = new ArrayList<>();
  private final Map<String, Repeated> warnings = new LinkedHashMap<>();
  private final Set<Entry> said = new HashSet<>();
  private int errorCount;
  private int told;

  /** Something that refuses the plan; the same is said once. */
  void error(Place place, String text) {
    told++;
    Entry entry = new Entry(place, shown(text));
    if (said.contains(entry)) {
      return;
    }
    errorCount++;
    if (errors.size() < MOST_ERRORS) {
      errors.add(entry);
      said.add(entry);
    }
  }

  /** Something the operator should know, once for each kind of it. */
  void warn(String kind, Place place, String text) {
    told++;
    warnings.computeIfAbsent(kind, k -> new Repeated(place, shown(text))).times++;
  }

  private static String shown(String text) {
    int end = text.length() - (LONGEST - LONGEST_BEGINNING);
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST_BEGINNING) + " … " + text.substring(end);
  }

  /** Something the operator should know; equal sentences are said once. */
  void warn(Place place, String text) {
    warn(text, place, text);
  }

  /** How often something was told, the same or another. */
  int told() {
    return told;
  }

  boolean hasErrors() {
    return errorCount > 0;
  }

  /** Errors, then warnings, each as one reads the documents. */
  List<Finding> all() {
    List<Finding> all = new ArrayList<>();
    errors.sort(Comparator.comparing(Entry::place));
    errors.forEach(entry -> all.add(new Finding(true, entry.place.toString(), entry.text)));
    if (errorCount > errors.size()) {
      String last = all.get(all.size() - 1).place();
      all.add(new Finding(true, last, "and " + (errorCount - errors.size()) + " more errors"));
    }
    List<Repeated> sorted = new ArrayList<>(warnings.values());
    Collections.sort(sorted, Comparator.comparing(warning -> warning.first));
    for (Repeated warning : sorted) {
      String more = warning.times < 2 ? "" : " (also in " + places(warning.times - 1) + ")";
      all.add(new Finding(false, warning.first.toString(), warning.text + more));
    }
    return all;
  }

  private static String places(int count) {
    return count == 1 ? "1 more place" : count + " more places";
  }
}

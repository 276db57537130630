// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.ClassGuard;
import io.leasehold.server.plan.ClassTerms;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads who may use a part of the plan, in the words of Kea 2 and Kea 3. */
final class ClassTermsReader {
  private static final String OLDER_GUARD = "client-class";
  private static final String GUARD = "client-classes";
  private static final String OLDER_ADDITIONAL = "require-client-classes";
  private static final String ADDITIONAL = "evaluate-additional-classes";

  private ClassTermsReader() {}

  /** What classes have to do with a shared network, subnet or pool. */
  static ClassTerms read(Fields fields, ClassNumbers numbers) {
    oneOf(fields, OLDER_GUARD, GUARD);
    oneOf(fields, OLDER_ADDITIONAL, ADDITIONAL);
    ClassGuard guard = guard(fields, numbers, "it is used by nobody");
    List<Integer> older = additional(fields, OLDER_ADDITIONAL, numbers);
    List<Integer> newer = additional(fields, ADDITIONAL, numbers);
    if (!older.isEmpty() || !newer.isEmpty()) {
      numbers.additional(newer.isEmpty());
    }
    return guard.isOpen() && older.isEmpty() && newer.isEmpty()
        ? ClassTerms.NONE
        : new ClassTerms(guard, newer.isEmpty() ? older : newer);
  }

  /** Who may use something; {@code otherwise} says what follows if nobody may. */
  static ClassGuard guard(Fields fields, ClassNumbers numbers, String otherwise) {
    List<Integer> classes = new ArrayList<>();
    fields
        .text(OLDER_GUARD)
        .ifPresent(name -> classes.add(numbers.used(fields.place(OLDER_GUARD), name, otherwise)));
    for (JsonText text : fields.texts(GUARD)) {
      name(fields, text)
          .ifPresent(name -> classes.add(numbers.used(text.place(), name, otherwise)));
    }
    return classes.isEmpty() ? ClassGuard.EVERYBODY : new ClassGuard(classes);
  }

  private static List<Integer> additional(Fields fields, String key, ClassNumbers numbers) {
    List<Integer> classes = new ArrayList<>();
    for (JsonText text : fields.texts(key)) {
      name(fields, text)
          .ifPresent(
              name -> classes.add(numbers.used(text.place(), name, "there is nothing to look at")));
    }
    return classes.stream().distinct().toList();
  }

  /** The name of a class in a list; empty after an error. */
  static Optional<String> name(Fields fields, JsonText text) {
    if (text.text().isBlank()) {
      fields.findings().error(text.place(), "\"\" is not the name of a class");
      return Optional.empty();
    }
    return Optional.of(text.text().trim());
  }

  private static void oneOf(Fields fields, String older, String newer) {
    if (fields.has(older) && fields.has(newer)) {
      fields.error(
          older,
          "\"%s\" is the older word for \"%s\"; accepted is one of them".formatted(older, newer));
    }
  }
}

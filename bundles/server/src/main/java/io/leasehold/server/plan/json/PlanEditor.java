// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Family;
import io.leasehold.server.PlanEdit;
import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what an edit means in the documents and changes the text of one of them. */
public final class PlanEditor {
  private static final String OPTIONS = "option-data";

  /**
   * A changed document.
   *
   * @param name of the document
   * @param text all of it, changed
   */
  public record Edited(String name, String text) {}

  private final PlanEdit edit;
  private final Map<String, String> texts;
  private final Dialect dialect;
  private final PlanElements elements;

  private PlanEditor(PlanEdit edit, PlanTree tree, Map<String, String> texts) {
    this.edit = edit;
    this.texts = texts;
    this.dialect = edit.family() == Family.IPV6 ? Dialect.V6 : Dialect.V4;
    this.elements = new PlanElements(tree, dialect);
  }

  /**
   * Makes an edit.
   *
   * @param texts of the tree, by the names of the documents
   * @throws IllegalArgumentException if what is to be changed is not there, or is there already;
   *     the message is a sentence
   */
  public static Edited edit(PlanEdit edit, PlanTree tree, Map<String, String> texts) {
    return new PlanEditor(edit, tree, texts).edit();
  }

  /** A new document with this in it: texts, numbers, truth values, and lists and maps of such. */
  public static String document(Map<String, Object> content) {
    return DocumentPatch.whole(content);
  }

  private Edited edit() {
    return switch (edit.action()) {
      case ADD_SUBNET -> add(dialect.subnets());
      case ADD_POOL -> add("pools");
      case ADD_PREFIX_POOL -> add("pd-pools");
      case ADD_RESERVATION -> add("reservations");
      case REMOVE_SUBNET -> remove(elements.subnet(edit.name()));
      case REMOVE_RESERVATION ->
          remove(elements.reservation(edit.level(), edit.name(), edit.members()));
      case SET_OPTION -> setOption();
      case REMOVE_OPTION ->
          remove(
              elements
                  .option(owner(OPTIONS), edit.members())
                  .orElseThrow(() -> new IllegalArgumentException("the option is not set there")));
    };
  }

  private JsonObject owner(String list) {
    return elements.owner(edit.level(), edit.name(), list);
  }

  private Edited add(String list) {
    elements.requireNew(list, edit.members());
    if (edit.level() == PlanEdit.Level.GLOBAL && elements.isAbsent()) {
      JsonObject document = elements.firstDocument();
      Object object = Map.of(list, List.of(edit.members()));
      return patched(
          document.place(), (patch, open) -> patch.append(open, dialect.object(), object));
    }
    return addTo(owner(list), list);
  }

  private Edited addTo(JsonObject owner, String list) {
    Member member = owner.members().get(list);
    if (member != null && member.value() instanceof JsonList) {
      return patched(member.value().place(), (patch, open) -> patch.append(open, edit.members()));
    }
    return patched(
        owner.place(), (patch, open) -> patch.append(open, list, List.of(edit.members())));
  }

  private Edited setOption() {
    if (edit.level() == PlanEdit.Level.GLOBAL && elements.isAbsent()) {
      return add(OPTIONS);
    }
    JsonObject owner = owner(OPTIONS);
    Optional<PlanElements.Found> present = elements.option(owner, edit.members());
    if (present.isEmpty()) {
      return addTo(owner, OPTIONS);
    }
    JsonObject option = present.get().element();
    Map<String, Object> absent = new LinkedHashMap<>(edit.members());
    absent.keySet().removeAll(option.members().keySet());
    return patched(
        option.place(),
        (patch, open) -> {
          edit.members()
              .forEach(
                  (key, value) -> {
                    Member member = option.members().get(key);
                    if (member != null) {
                      patch.replace(patch.offset(member.value().place()), value);
                    }
                  });
          absent.forEach((key, value) -> patch.append(open, key, value));
        });
  }

  private Edited remove(PlanElements.Found found) {
    Place place = found.element().place();
    boolean together = place.file().equals(found.list().file());
    return patched(
        place, (patch, from) -> patch.remove(together ? patch.offset(found.list()) : -1, from));
  }

  private interface Change {
    void make(DocumentPatch patch, int at);
  }

  private Edited patched(Place place, Change change) {
    String text = texts.get(place.file());
    if (text == null) {
      throw new IllegalArgumentException("the document " + place.file() + " is not there");
    }
    DocumentPatch patch = new DocumentPatch(text);
    change.make(patch, patch.offset(place));
    return new Edited(place.file(), patch.result());
  }
}

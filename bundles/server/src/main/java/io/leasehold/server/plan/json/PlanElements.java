// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.PlanEdit;
import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import io.leasehold.server.plan.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the objects of one family in documents by what operators call them. */
final class PlanElements {
  private static final String NETWORKS = "shared-networks";
  private static final String RESERVATIONS = "reservations";

  /**
   * An element of a list.
   *
   * @param list where the list opens
   */
  record Found(Place list, JsonObject element) {}

  private final PlanTree tree;
  private final Dialect dialect;
  private final List<JsonObject> families = new ArrayList<>();

  PlanElements(PlanTree tree, Dialect dialect) {
    this.tree = tree;
    this.dialect = dialect;
    for (JsonValue document : tree.documents()) {
      if (document instanceof JsonObject object
          && object.members().get(dialect.object()) != null
          && object.members().get(dialect.object()).value() instanceof JsonObject family) {
        families.add(family);
      }
    }
  }

  /** Whether no document has an object of the family. */
  boolean isAbsent() {
    return families.isEmpty();
  }

  /** The object around everything in the first document. */
  JsonObject firstDocument() {
    return tree.documents().stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no document to change"));
  }

  /** The object of a level that has a list, or could have it. */
  JsonObject owner(PlanEdit.Level level, String name, String list) {
    return switch (level) {
      case GLOBAL ->
          families.stream()
              .filter(family -> family.members().containsKey(list))
              .findFirst()
              .or(() -> families.stream().findFirst())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no document has a \"" + dialect.object() + "\" object"));
      case NETWORK -> one(named(in(families, NETWORKS), NETWORKS, name), "shared network", name);
      case SUBNET -> subnet(name).element();
      case POOL -> one(pools(name), "pool", name);
      case CLASS ->
          one(named(in(families, "client-classes"), "client-classes", name), "class", name);
    };
  }

  private static JsonObject one(List<Found> found, String noun, String name) {
    return only(found, noun, name).element();
  }

  private static Found only(List<Found> found, String noun, String name) {
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new IllegalArgumentException(
        found.isEmpty()
            ? "the documents have no " + noun + " " + name
            : "there are several: "
                + String.join(
                    ", ", found.stream().map(f -> f.element().place().toString()).toList())
                + "; say which");
  }

  /** The subnet with a prefix or an id. */
  Found subnet(String name) {
    String prefix = ElementNames.prefix(name);
    List<Found> found =
        subnets().stream()
            .filter(
                subnet ->
                    ElementNames.of(dialect.subnets(), subnet.element()).equals(prefix)
                        || ElementNames.text(subnet.element(), "id").equals(name))
            .toList();
    return only(found, "subnet", name);
  }

  private List<Found> subnets() {
    List<Found> all = new ArrayList<>(in(families, dialect.subnets()));
    all.addAll(in(in(families, NETWORKS).stream().map(Found::element).toList(), dialect.subnets()));
    return all;
  }

  private List<JsonObject> subnetObjects() {
    return subnets().stream().map(Found::element).toList();
  }

  private List<Found> pools(String name) {
    List<Found> found =
        new ArrayList<>(named(in(subnetObjects(), "pools"), "pools", name.replace(" ", "")));
    found.addAll(named(in(subnetObjects(), "pd-pools"), "pd-pools", name));
    return found;
  }

  /** The reservation whose identifier, address or prefix is among members. */
  Found reservation(PlanEdit.Level level, String name, Map<String, Object> members) {
    List<JsonObject> where =
        level == PlanEdit.Level.SUBNET
            ? List.of(subnet(name).element())
            : Stream.concat(families.stream(), subnetObjects().stream()).toList();
    List<Found> found =
        in(where, RESERVATIONS).stream()
            .filter(
                one ->
                    members.entrySet().stream()
                        .anyMatch(member -> has(one.element(), member.getValue().toString())))
            .toList();
    return only(
        found,
        "reservation",
        String.join(" ", members.values().stream().map(Object::toString).toList()));
  }

  private static boolean has(JsonObject reservation, String wanted) {
    String address = wanted.toLowerCase(Locale.ROOT);
    for (Member member : reservation.members().values()) {
      if (member.value() instanceof JsonList list) {
        for (JsonValue value : list.values()) {
          if (value instanceof JsonText text && isSame(text.text(), address)) {
            return true;
          }
        }
      } else if (member.key().equals("ip-address")
          && isSame(ElementNames.text(reservation, member.key()), address)) {
        return true;
      }
    }
    String identifier = ElementNames.reservation(reservation);
    int blank = identifier.indexOf(' ');
    return blank > 0 && identifier.substring(blank + 1).equals(ElementNames.identifier(wanted));
  }

  private static boolean isSame(String one, String other) {
    return one.trim().equalsIgnoreCase(other) || single(one).equals(single(other));
  }

  private static String single(String text) {
    return ElementNames.prefix(text.contains("/") ? text.trim() : text.trim() + "/128");
  }

  /** The option that members name by code or name and space. */
  Optional<Found> option(JsonObject owner, Map<String, Object> members) {
    return in(List.of(owner), "option-data").stream()
        .filter(
            option ->
                isNamed(option.element(), members, "name")
                    || isNamed(option.element(), members, "code"))
        .filter(option -> space(option.element()).equals(space(members)))
        .findFirst();
  }

  private static boolean isNamed(JsonObject option, Map<String, Object> members, String key) {
    return members.containsKey(key)
        && ElementNames.text(option, key).equals(members.get(key).toString());
  }

  private String space(JsonObject option) {
    String space = ElementNames.text(option, "space");
    return space.isEmpty() ? dialect.space().name() : space;
  }

  private String space(Map<String, Object> members) {
    return members.getOrDefault("space", dialect.space().name()).toString();
  }

  /** Refuses a second subnet of a prefix and a second reservation of a client in one place. */
  void requireNew(String list, Map<String, Object> members) {
    if (list.equals(dialect.subnets())) {
      String prefix = ElementNames.prefix(String.valueOf(members.get("subnet")));
      subnets().stream()
          .filter(subnet -> ElementNames.of(list, subnet.element()).equals(prefix))
          .findFirst()
          .ifPresent(
              there -> {
                throw new IllegalArgumentException(
                    "the subnet " + prefix + " is already at " + there.element().place());
              });
    }
  }

  private static List<Found> named(List<Found> elements, String list, String name) {
    return elements.stream()
        .filter(found -> ElementNames.of(list, found.element()).equals(name))
        .toList();
  }

  private static List<Found> in(List<JsonObject> owners, String list) {
    List<Found> all = new ArrayList<>();
    for (JsonObject owner : owners) {
      Member member = owner.members().get(list);
      if (member != null && member.value() instanceof JsonList elements) {
        for (JsonValue value : elements.values()) {
          if (value instanceof JsonObject element) {
            all.add(new Found(elements.place(), element));
          }
        }
      }
    }
    return all;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.PlanChange;
import io.leasehold.server.PlanChange.Kind;
import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what two sets of documents say, object by object: subnets, pools, reservations, options,
 * classes by their names, everything else key by key. Files, order, blanks and remarks do not
 * count. For one thread.
 */
public final class PlanDiff {
  private static final String NETWORKS = "shared-networks";

  /** A subnet, and the name of its shared network or nothing. */
  private record Placed(JsonObject subnet, String network) {}

  private final List<PlanChange> changes = new ArrayList<>();
  private final List<PlanChange> removals = new ArrayList<>();

  private PlanDiff() {}

  /** Every difference, in the order of the second; what only the first has comes last. */
  public static List<PlanChange> between(PlanTree first, PlanTree second) {
    PlanDiff diff = new PlanDiff();
    for (Dialect dialect : Dialect.values()) {
      diff.family(dialect, first.object(dialect), second.object(dialect));
    }
    diff.changes.addAll(diff.removals);
    return diff.changes;
  }

  private void family(Dialect dialect, JsonObject first, JsonObject second) {
    String what = dialect.service();
    Set<String> apart = Set.of(NETWORKS, dialect.subnets());
    members(what, first, second, apart);
    Map<String, JsonObject> before = named(NETWORKS, first.members().get(NETWORKS));
    Map<String, JsonObject> after = named(NETWORKS, second.members().get(NETWORKS));
    elements(what + " shared network ", before, after, Set.of(dialect.subnets()));
    subnets(what + " subnet ", placed(dialect, first), placed(dialect, second));
  }

  private static Map<String, Placed> placed(Dialect dialect, JsonObject family) {
    Map<String, Placed> all = new LinkedHashMap<>();
    named(NETWORKS, family.members().get(NETWORKS))
        .forEach(
            (name, network) ->
                named(dialect.subnets(), network.members().get(dialect.subnets()))
                    .forEach((prefix, subnet) -> all.put(prefix, new Placed(subnet, name))));
    named(dialect.subnets(), family.members().get(dialect.subnets()))
        .forEach((prefix, subnet) -> all.putIfAbsent(prefix, new Placed(subnet, "")));
    return all;
  }

  private void subnets(String title, Map<String, Placed> first, Map<String, Placed> second) {
    second.forEach(
        (prefix, after) -> {
          Placed before = first.get(prefix);
          if (before == null) {
            added(title + prefix, after.subnet().place(), after.subnet());
            return;
          }
          if (!before.network().equals(after.network())) {
            changes.add(
                new PlanChange(
                    Kind.CHANGED,
                    title + prefix + " shared network",
                    before.network().isEmpty() ? "" : PlainJson.quoted(before.network()),
                    after.network().isEmpty() ? "" : PlainJson.quoted(after.network()),
                    after.subnet().place().toString()));
          }
          members(title + prefix, before.subnet(), after.subnet(), ElementNames.keysOf("subnet6"));
        });
    first.forEach(
        (prefix, before) -> {
          if (!second.containsKey(prefix)) {
            removed(title + prefix, before.subnet().place(), before.subnet());
          }
        });
  }

  private void members(String what, JsonObject first, JsonObject second, Set<String> apart) {
    Set<String> keys = new LinkedHashSet<>(second.members().keySet());
    keys.addAll(first.members().keySet());
    for (String key : keys) {
      if (!apart.contains(key) && !ObjectKind.isRemark(key)) {
        member(what, key, first.members().get(key), second.members().get(key));
      }
    }
  }

  private void member(String what, String key, Member first, Member second) {
    boolean lists =
        (first == null || first.value() instanceof JsonList)
            && (second == null || second.value() instanceof JsonList);
    if (ElementNames.areIn(key) && lists) {
      String title = what + " " + ElementNames.noun(key) + " ";
      elements(title, named(key, first), named(key, second), ElementNames.keysOf(key));
    } else if (first == null) {
      added(what + " " + key, second.keyPlace(), second.value());
    } else if (second == null) {
      removed(what + " " + key, first.keyPlace(), first.value());
    } else if (first.value() instanceof JsonObject before
        && second.value() instanceof JsonObject after) {
      members(what + " " + key, before, after, Set.of());
    } else if (!same(first.value(), second.value())) {
      changes.add(
          new PlanChange(
              Kind.CHANGED,
              what + " " + key,
              PlainJson.of(first.value()),
              PlainJson.of(second.value()),
              second.keyPlace().toString()));
    }
  }

  private void elements(
      String title,
      Map<String, JsonObject> first,
      Map<String, JsonObject> second,
      Set<String> apart) {
    second.forEach(
        (name, after) -> {
          JsonObject before = first.get(name);
          if (before == null) {
            added(title + name, after.place(), after);
          } else {
            members(title + name, before, after, apart);
          }
        });
    first.forEach(
        (name, before) -> {
          if (!second.containsKey(name)) {
            removed(title + name, before.place(), before);
          }
        });
  }

  /** The elements of a list by name; those of one name are numbered. */
  private static Map<String, JsonObject> named(String list, Member member) {
    Map<String, JsonObject> named = new LinkedHashMap<>();
    if (member == null || !(member.value() instanceof JsonList elements)) {
      return named;
    }
    for (JsonValue value : elements.values()) {
      if (value instanceof JsonObject element) {
        String name = ElementNames.of(list, element);
        String unique = name;
        for (int again = 2; named.containsKey(unique); again++) {
          unique = name + " (" + again + ")";
        }
        named.put(unique, element);
      }
    }
    return named;
  }

  private static boolean same(JsonValue first, JsonValue second) {
    return PlainJson.canonical(first).equals(PlainJson.canonical(second));
  }

  private void added(String what, Place place, JsonValue value) {
    changes.add(new PlanChange(Kind.ADDED, what, "", PlainJson.of(value), place.toString()));
  }

  private void removed(String what, Place place, JsonValue value) {
    removals.add(new PlanChange(Kind.REMOVED, what, PlainJson.of(value), "", place.toString()));
  }
}

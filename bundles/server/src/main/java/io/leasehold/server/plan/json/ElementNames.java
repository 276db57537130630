// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Prefix;
import io.leasehold.server.plan.json.JsonValue.JsonNumber;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import io.leasehold.server.plan.json.JsonValue.Member;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the elements of the lists of a plan are called, so that one can be found again. */
final class ElementNames {
  private static final Set<String> NAMED =
      Set.of(
          "subnet4",
          "subnet6",
          "shared-networks",
          "pools",
          "pd-pools",
          "reservations",
          "option-data",
          "option-def",
          "client-classes");

  private static final List<String> IDENTIFIERS =
      List.of("duid", "hw-address", "client-id", "circuit-id", "flex-id");

  private ElementNames() {}

  /** Whether the elements of a list have names. */
  static boolean areIn(String list) {
    return NAMED.contains(list);
  }

  /** The keys of a list's elements that the name says it all of. */
  static Set<String> keysOf(String list) {
    return switch (list) {
      case "subnet4", "subnet6" -> Set.of("subnet");
      case "pools" -> Set.of("pool");
      case "reservations" -> Set.copyOf(IDENTIFIERS);
      default -> Set.of();
    };
  }

  /** What the list's elements are, in one word. */
  static String noun(String list) {
    return switch (list) {
      case "subnet4", "subnet6" -> "subnet";
      case "shared-networks" -> "shared network";
      case "pools" -> "pool";
      case "pd-pools" -> "pd-pool";
      case "reservations" -> "reservation";
      case "option-data" -> "option";
      case "option-def" -> "option definition";
      case "client-classes" -> "class";
      default -> list;
    };
  }

  /** The name of an element of a list. */
  static String of(String list, JsonObject element) {
    return switch (list) {
      case "subnet4", "subnet6" -> prefix(text(element, "subnet"));
      case "pools" -> text(element, "pool").replace(" ", "");
      case "pd-pools" -> text(element, "prefix") + "/" + text(element, "prefix-len");
      case "reservations" -> reservation(element);
      case "option-data" -> option(element);
      case "option-def" -> text(element, "space") + " " + text(element, "code");
      default -> text(element, "name");
    };
  }

  /** A prefix as it is written here whatever its form. */
  static String prefix(String text) {
    try {
      return Prefix.ofText(text).toString();
    } catch (IllegalArgumentException notOne) {
      return text;
    }
  }

  /** The identifier of a reservation, with its kind. */
  static String reservation(JsonObject element) {
    for (String key : IDENTIFIERS) {
      if (element.members().containsKey(key)) {
        return key + " " + identifier(text(element, key));
      }
    }
    return "";
  }

  /** An identifier without what does not tell it from others. */
  static String identifier(String text) {
    return text.startsWith("'")
        ? text
        : text.replaceAll("^0[xX]|[:.\\- ]", "").toLowerCase(Locale.ROOT);
  }

  private static String option(JsonObject element) {
    String name = text(element, "name");
    String space = text(element, "space");
    String shown = name.isEmpty() ? "code " + text(element, "code") : name;
    return space.isEmpty() || space.equals("dhcp4") || space.equals("dhcp6")
        ? shown
        : space + "." + shown;
  }

  /** A text or number; empty if there is none. */
  static String text(JsonObject element, String key) {
    Member member = element.members().get(key);
    if (member != null && member.value() instanceof JsonText text) {
      return text.text().trim();
    }
    return member != null && member.value() instanceof JsonNumber number ? number.digits() : "";
  }
}

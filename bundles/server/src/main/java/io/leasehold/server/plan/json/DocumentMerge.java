// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one {@code Dhcp6} and one {@code Dhcp4} object of those in several documents: lists are
 * joined, everything else may be said once in each of the two.
 */
final class DocumentMerge {
  /** What Kea's other programs are told in the same file. */
  private static final List<String> OTHERS =
      List.of("Control-agent", "DhcpDdns", "Netconf", "Logging");

  private record Merged(Place first, Map<String, Member> members) {}

  private final Findings findings;
  private final Map<Dialect, Merged> objects = new EnumMap<>(Dialect.class);

  DocumentMerge(Findings findings) {
    this.findings = findings;
  }

  /** Adds a document. */
  void add(JsonValue document) {
    if (!(document instanceof JsonObject object)) {
      findings.error(
          document.place(),
          "a plan is an object with \"Dhcp6\" or \"Dhcp4\" in it, not " + document.kind());
      return;
    }
    boolean hasPlan = false;
    for (Member member : object.members().values()) {
      Optional<Dialect> dialect = dialect(member.key());
      hasPlan |= dialect.isPresent();
      if (dialect.isPresent()) {
        add(dialect.get(), member);
      } else {
        other(member);
      }
    }
    if (!hasPlan) {
      findings.warn(
          object.place(),
          "this document has neither a \"Dhcp6\" nor a \"Dhcp4\" object, so it adds nothing to the plan");
    }
  }

  private static Optional<Dialect> dialect(String key) {
    for (Dialect dialect : Dialect.values()) {
      if (dialect.object().equals(key)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }

  private void add(Dialect dialect, Member member) {
    if (member.value() instanceof JsonObject object) {
      Merged merged =
          objects.computeIfAbsent(dialect, d -> new Merged(object.place(), new LinkedHashMap<>()));
      object.members().values().forEach(inner -> merge(merged.members(), inner));
    } else {
      findings.error(
          member.value().place(),
          "\""
              + member.key()
              + "\" is "
              + member.value().kind()
              + "; accepted is an object in braces");
    }
  }

  private void other(Member member) {
    String key = member.key();
    if (OTHERS.contains(key)) {
      findings.warn(
          member.keyPlace(),
          "\"" + key + "\" has no effect here: it is for another program of Kea");
    } else if (!ObjectKind.isRemark(key)) {
      findings.error(
          member.keyPlace(),
          "\"" + key + "\" cannot stand here; accepted are \"Dhcp6\" and \"Dhcp4\"");
    }
  }

  private void merge(Map<String, Member> merged, Member member) {
    Member before = merged.putIfAbsent(member.key(), member);
    if (before == null || ObjectKind.isRemark(member.key())) {
      return;
    }
    if (before.value() instanceof JsonList one && member.value() instanceof JsonList other) {
      List<JsonValue> all = new ArrayList<>(one.values());
      all.addAll(other.values());
      merged.put(
          member.key(),
          new Member(member.key(), before.keyPlace(), new JsonList(one.place(), all)));
    } else {
      findings.error(
          member.keyPlace(),
          "\""
              + member.key()
              + "\" is already set at "
              + before.keyPlace()
              + "; a plan says it once");
    }
  }

  /** Each object that a document had, as a whole. */
  Map<Dialect, JsonObject> result() {
    Map<Dialect, JsonObject> whole = new EnumMap<>(Dialect.class);
    objects.forEach(
        (dialect, merged) -> whole.put(dialect, new JsonObject(merged.first(), merged.members())));
    return whole;
  }
}

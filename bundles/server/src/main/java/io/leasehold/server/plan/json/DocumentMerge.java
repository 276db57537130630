// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one {@code Dhcp6} object of those in several documents: lists are joined, everything else
 * may be said once.
 */
final class DocumentMerge {
  private static final String DHCP6 = "Dhcp6";
  private static final String DHCP4 = "Dhcp4";

  /** What Kea's other programs are told in the same file. */
  private static final List<String> OTHERS =
      List.of("Control-agent", "DhcpDdns", "Netconf", "Logging");

  private final Findings findings;
  private final Map<String, Member> merged = new LinkedHashMap<>();
  private Place first;

  DocumentMerge(Findings findings) {
    this.findings = findings;
  }

  /** Adds a document. */
  void add(JsonValue document) {
    if (!(document instanceof JsonObject object)) {
      findings.error(
          document.place(), "a plan is an object with \"Dhcp6\" in it, not " + document.kind());
      return;
    }
    for (Member member : object.members().values()) {
      if (member.key().equals(DHCP6) && member.value() instanceof JsonObject dhcp6) {
        first = first == null ? dhcp6.place() : first;
        dhcp6.members().values().forEach(this::merge);
      } else if (member.key().equals(DHCP6)) {
        findings.error(
            member.value().place(),
            "\"Dhcp6\" is " + member.value().kind() + "; accepted is an object in braces");
      } else {
        other(member);
      }
    }
    if (!object.members().containsKey(DHCP6) && !object.members().containsKey(DHCP4)) {
      findings.warn(
          object.place(), "this document has no \"Dhcp6\" object, so it adds nothing to the plan");
    }
  }

  private void other(Member member) {
    String key = member.key();
    if (key.equals(DHCP4)) {
      findings.warn(member.keyPlace(), "\"Dhcp4\" has no effect here: DHCPv4 is not served");
    } else if (OTHERS.contains(key)) {
      findings.warn(
          member.keyPlace(),
          "\"" + key + "\" has no effect here: it is for another program of Kea");
    } else if (!ObjectKind.isRemark(key)) {
      findings.error(member.keyPlace(), "\"" + key + "\" cannot stand here; accepted is \"Dhcp6\"");
    }
  }

  private void merge(Member member) {
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

  /** The whole; empty if no document had any. */
  Optional<JsonObject> result() {
    return Optional.ofNullable(first).map(place -> new JsonObject(place, merged));
  }
}

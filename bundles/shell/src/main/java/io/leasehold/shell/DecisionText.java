// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.net.Family;
import io.leasehold.security.Sanitizer;
import io.leasehold.server.Decision;
import io.leasehold.server.Decision.OptionFate;
import io.leasehold.server.Decision.Step;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decisions for people and for programs. */
final class DecisionText {
  private final OptionCatalogue catalogue;

  /** With options called as in a catalogue. */
  DecisionText(OptionCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Prints a decision: what was decided in order, then what became of each option. */
  void print(PrintStream out, Decision decision) {
    out.printf(
        "%s transaction-id %s (%s, %s)%n",
        decision.message().isEmpty() ? "unreadable" : decision.message(),
        transaction(decision),
        decision.family() == Family.IPV6 ? "DHCPv6" : "DHCPv4",
        decision.at());
    for (Step step : decision.steps()) {
      String why = step.why().isEmpty() ? "" : ": " + step.why();
      out.printf("  %-12s %s%n", step.topic().word(), Sanitizer.line(step.what() + why));
    }
    if (!decision.options().isEmpty()) {
      options(decision.options()).table("").print(out);
    }
  }

  /** The message and the answer. */
  String packets(Decision decision) {
    String query = Packets.text(decision.query(), decision.family(), catalogue);
    return decision.answer().isEmpty()
        ? query
        : query + Packets.text(decision.answer(), decision.family(), catalogue);
  }

  private Rows options(List<OptionFate> fates) {
    Rows rows = new Rows("option", "code", "space", "level", "fate", "why");
    for (OptionFate fate : fates) {
      rows.add(
          catalogue.byCode(fate.space(), fate.code()).map(OptionDefinition::name),
          fate.code(),
          fate.space(),
          fate.level(),
          fate.fate().word(),
          fate.why());
    }
    return rows;
  }

  /** A decision for programs. */
  Map<String, Object> json(Decision decision) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("number", decision.number());
    facts.put("at", decision.at().toString());
    facts.put("family", Families.word(decision.family()));
    facts.put("message", decision.message());
    facts.put("transaction-id", transaction(decision));
    facts.put("dropped", decision.isDropped());
    Rows steps = new Rows("about", "what", "why");
    decision.steps().forEach(step -> steps.add(step.topic().word(), step.what(), step.why()));
    facts.put("steps", steps.json());
    Rows options = options(decision.options());
    facts.put("options", options.json());
    facts.put("query", decision.query().toHex());
    facts.put("answer", decision.answer().isEmpty() ? null : decision.answer().toHex());
    return facts;
  }

  private static String transaction(Decision decision) {
    String digits = decision.family() == Family.IPV6 ? "0x%06x" : "0x%08x";
    return digits.formatted(decision.transactionId());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.Sanitizer;
import io.leasehold.server.PlanConversion;
import io.leasehold.server.PlanConversion.Entry;
import io.leasehold.server.PlanConversion.Outcome;
import io.leasehold.server.PlanImport;
import io.leasehold.server.PlanReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Makes a plan document of a configuration of ISC dhcpd. */
@Service
@Command(
    scope = "dhcp",
    name = "isc-import",
    description = "Converts a dhcpd.conf of ISC dhcpd into a plan document",
    detailedDescription =
        "Says of every statement that means something else or nothing in a plan what is different,"
            + " and what was not converted. Without --to it only reports. A document that is written"
            + " serves nobody yet: see dhcp:plan-diff and dhcp:plan-apply. Leases are imported by"
            + " dhcp:store-import. Example: dhcp:isc-import /etc/dhcp/dhcpd.conf --to"
            + " etc/leasehold/plan.d/plan.json --strict")
public final class IscImportCommand extends DhcpCommand {
  @Argument(name = "file", description = "The dhcpd.conf", multiValued = true)
  @Completion(FileCompleter.class)
  List<String> words = List.of();

  @Option(name = "--to", description = "The document to write; it must not be there yet")
  String to;

  @Option(name = "--strict", description = "Fails and writes nothing unless all is converted")
  boolean strict;

  @Option(name = "--dry-run", description = "Writes nothing")
  boolean dryRun;

  @Override
  boolean raise(String flag) {
    strict |= flag.equals("--strict");
    dryRun |= flag.equals("--dry-run");
    return super.raise(flag) || flag.equals("--strict") || flag.equals("--dry-run");
  }

  @Override
  boolean take(String option, String value) {
    boolean known = option.equals("--to");
    to = known ? value : to;
    return known;
  }

  @Override
  void run() throws CommandFailure {
    Path file = StoreCommand.file(argument(words));
    PlanConversion conversion;
    try {
      conversion = server(PlanImport.class).ofDhcpd(file);
    } catch (IOException e) {
      throw StoreCommand.failure("not converted", e);
    }
    List<Entry> changed = conversion.entries(Outcome.CHANGED);
    List<Entry> left = conversion.entries(Outcome.NOT_CONVERTED);
    boolean refused = strict && changed.size() + left.size() > 0;
    boolean write = to != null && !dryRun && !refused;
    if (write) {
      write(StoreCommand.file(to), conversion.document());
    }
    if (json) {
      out.println(Json.of(facts(conversion, write)));
    } else {
      print("changed in meaning", changed);
      print("not converted", left);
      errors(conversion).forEach(out::println);
      out.println(
          "%d statements converted, %d changed in meaning, %d not converted"
              .formatted(
                  conversion.entries(Outcome.CONVERTED).size(), changed.size(), left.size()));
      out.println(write ? "Written to " + StoreCommand.file(to) : "Nothing is written.");
    }
    if (refused) {
      throw new CommandFailure("not everything is converted, and --strict wants that");
    }
    if (!conversion.report().accepted()) {
      throw new CommandFailure("the document needs work before it is accepted as a plan");
    }
  }

  private static List<PlanReport.Finding> errors(PlanConversion conversion) {
    return conversion.report().findings().stream().filter(PlanReport.Finding::error).toList();
  }

  private void print(String title, List<Entry> entries) {
    if (!entries.isEmpty()) {
      out.println(title + ":");
      entries.forEach(entry -> out.println("  " + Sanitizer.line(entry.toString())));
    }
  }

  private static void write(Path file, String document) throws CommandFailure {
    try {
      Files.writeString(file, document, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw StoreCommand.failure("not written", e);
    }
  }

  private static Map<String, Object> facts(PlanConversion conversion, boolean written) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("accepted", conversion.report().accepted());
    facts.put("summary", conversion.report().summary());
    facts.put("written", written);
    facts.put("findings", PlanText.findings(conversion.report()));
    for (Outcome outcome : Outcome.values()) {
      facts.put(
          outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
          conversion.entries(outcome).stream()
              .map(entry -> Map.of("place", entry.place(), "text", entry.text()))
              .toList());
    }
    facts.put("document", conversion.document());
    return facts;
  }
}

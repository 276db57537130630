// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.text.ImportReport;
import io.leasehold.lease.text.LeaseImport;
import io.leasehold.security.Sanitizer;
import io.leasehold.server.LeaseIntake;
import io.leasehold.server.LeaseQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Reads leases from files. */
@Service
@Command(
    scope = "dhcp",
    name = "store-import",
    description =
        "Reads leases from exports, and lease files of Kea (CSV) and ISC dhcpd, into the store",
    detailedDescription =
        "Clients are not answered meanwhile. Several files are read in turn; later lines of a lease"
            + " replace earlier ones, and what the store has of it. The report has how many were taken,"
            + " which of them mean something else here, and what has no place here, with file and line."
            + " Examples: dhcp:store-import --check leases.txt, dhcp:store-import --strict"
            + " /var/lib/kea/kea-leases6.csv, dhcp:store-import /var/lib/dhcp/dhcpd.leases")
public final class StoreImportCommand extends StoreCommand {
  @Argument(description = "The files, from the directory of the instance on", multiValued = true)
  @Completion(FileCompleter.class)
  List<String> words = List.of();

  @Option(name = "--check", description = "Only reads the files and says what is wrong with them")
  boolean check;

  @Option(name = "--strict", description = "Fails and imports nothing unless all is taken as it is")
  boolean strict;

  @Option(name = "--yes", description = "Also where the server has leases already")
  boolean yes;

  @Override
  boolean raise(String flag) {
    check |= flag.equals("--check");
    strict |= flag.equals("--strict");
    yes |= flag.equals("--yes");
    return super.raise(flag) || List.of("--check", "--strict", "--yes").contains(flag);
  }

  @Override
  void run() throws CommandFailure {
    List<Path> files = new ArrayList<>();
    for (String word : arguments(words)) {
      files.add(file(word));
    }
    if (files.isEmpty()) {
      throw new CommandFailure("say which file; --help shows examples");
    }
    try {
      if (strict) {
        refuseUnlessExact(files);
      }
      print(check ? checked(files) : imported(files), check);
    } catch (IOException e) {
      throw failure(check ? "not checked" : "not imported", e);
    }
  }

  private void refuseUnlessExact(List<Path> files) throws CommandFailure, IOException {
    ImportReport report = checked(files);
    if (!report.isExact()) {
      print(report, true);
      throw new CommandFailure(
          "nothing was imported: not everything is taken as it is, and --strict wants that");
    }
  }

  private static ImportReport checked(List<Path> files) throws IOException {
    return new LeaseImport(batch -> CompletableFuture.completedFuture(null)).read(files);
  }

  private ImportReport imported(List<Path> files) throws CommandFailure, IOException {
    if (!yes && !await(ledger().list(LeaseQuery.ALL, Optional.empty(), 1)).isEmpty()) {
      throw new CommandFailure(
          "the server has leases; what is imported replaces those of the same addresses, whoever"
              + " holds them; add --yes if it is meant");
    }
    LeaseIntake intake =
        services
            .find(LeaseIntake.class)
            .orElseThrow(() -> new CommandFailure("this server cannot import leases"));
    return intake.take(files);
  }

  private void print(ImportReport report, boolean onlyRead) throws CommandFailure {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("lines", report.lines());
    facts.put(onlyRead ? "good" : "imported", report.changes());
    facts.put("changed-in-meaning", report.changed().count());
    facts.put("not-converted", report.left().count());
    facts.put("refused", report.refused());
    if (json) {
      facts.put("changed", report.changed().first());
      facts.put("left", report.left().first());
    }
    print(facts, "remarks", report.remarks());
    if (!json) {
      print("Changed in meaning", report.changed());
      print("Not converted", report.left());
    }
    if (report.refused() > 0) {
      throw new CommandFailure(
          report.refused()
              + " lines were refused, the first of them:\n"
              + String.join("\n", report.problems()));
    }
  }

  private void print(String title, ImportReport.Part part) {
    if (part.count() > 0) {
      out.println(title + ":");
      part.first().forEach(line -> out.println("  " + Sanitizer.line(line)));
      if (part.count() > part.first().size()) {
        out.println("  and " + (part.count() - part.first().size()) + " more");
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.text.ImportReport;
import io.leasehold.lease.text.LeaseImport;
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
    description = "Reads leases from exports, or from lease files of Kea (CSV), into the store",
    detailedDescription =
        "Clients are not answered meanwhile. Several files are read in turn; later lines of a lease"
            + " replace earlier ones, and what the store has of it. Examples: dhcp:store-import --check"
            + " leases.txt, dhcp:store-import /var/lib/kea/kea-leases6.csv")
public final class StoreImportCommand extends StoreCommand {
  @Argument(description = "The files, from the directory of the instance on", multiValued = true)
  @Completion(FileCompleter.class)
  List<String> words = List.of();

  @Option(name = "--check", description = "Only reads the files and says what is wrong with them")
  boolean check;

  @Option(name = "--yes", description = "Also where the server has leases already")
  boolean yes;

  @Override
  boolean raise(String flag) {
    check |= flag.equals("--check");
    yes |= flag.equals("--yes");
    return super.raise(flag) || flag.equals("--check") || flag.equals("--yes");
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
      print(check ? checked(files) : imported(files));
    } catch (IOException e) {
      throw failure(check ? "not checked" : "not imported", e);
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

  private void print(ImportReport report) throws CommandFailure {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("lines", report.lines());
    facts.put(check ? "good" : "imported", report.changes());
    facts.put("refused", report.refused());
    print(facts, "remarks", report.remarks());
    if (report.refused() > 0) {
      throw new CommandFailure(
          report.refused()
              + " lines were refused, the first of them:\n"
              + String.join("\n", report.problems()));
    }
  }
}

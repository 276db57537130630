// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Snapshot;
import io.leasehold.lease.Snapshots;
import io.leasehold.lease.text.LeaseExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Writes all leases to a file. */
@Service
@Command(
    scope = "dhcp",
    name = "store-export",
    description = "Writes the leases and notes of the store to a text file, one a line",
    detailedDescription =
        "What the store holds at one moment; clients are answered meanwhile. A file of that name is"
            + " replaced once the export is complete. Example: dhcp:store-export leases.txt")
public final class StoreExportCommand extends StoreCommand {
  @Argument(description = "The file, from the directory of the instance on", multiValued = true)
  @Completion(FileCompleter.class)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    Path file = file(argument(words));
    LeaseStore store = store();
    Snapshots snapshots = ability(store, Snapshots.class, "be exported");
    try (Snapshot snapshot = snapshots.snapshot()) {
      LeaseExport export = LeaseExport.writeFile(snapshot, file);
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("file", file.toString());
      facts.put("leases", export.leases());
      facts.put("notes", export.notes());
      facts.put("store", snapshot.position().store().toString());
      facts.put("sequence", snapshot.position().sequence());
      print(facts, "remarks", List.of());
    } catch (IOException e) {
      throw failure("not exported", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.StoreMaintenance;
import io.leasehold.lease.StoreRepair;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes a damaged lease store usable with what is left of it. */
@Service
@Command(
    scope = "dhcp",
    name = "store-repair",
    description = "Makes a damaged lease store usable again with all that can be read of it",
    detailedDescription =
        "Says what is lost; does it with --yes only. What is lost may have been promised to clients."
            + " The damaged files are kept with the ending .damaged. Example: dhcp:store-repair --yes")
public final class StoreRepairCommand extends StoreCommand {
  @Option(name = "--yes", description = "Really")
  boolean yes;

  @Override
  void run() throws CommandFailure {
    StoreMaintenance maintenance =
        ability(store(), StoreMaintenance.class, "be repaired by a command");
    try {
      StoreRepair repair = maintenance.repair(yes);
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("leases", repair.leases());
      facts.put("notes", repair.notes());
      facts.put("repaired", repair.done());
      print(facts, "losses", repair.losses());
      if (!repair.losses().isEmpty() && !repair.done()) {
        throw new CommandFailure(
            "nothing was changed; the leases above are kept and the rest is lost for good with --yes");
      }
    } catch (IOException e) {
      throw failure("not repaired", e);
    }
  }
}

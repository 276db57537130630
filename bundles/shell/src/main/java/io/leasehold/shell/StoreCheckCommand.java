// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.StoreCheck;
import io.leasehold.lease.StoreMaintenance;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Reads the files of the lease store and says what is not as it was written. */
@Service
@Command(
    scope = "dhcp",
    name = "store-check",
    description = "Reads all files of the lease store and verifies every checksum",
    detailedDescription =
        "Changes nothing; clients are answered meanwhile. Fails when something is damaged, with file"
            + " and offset. Example: dhcp:store-check")
public final class StoreCheckCommand extends StoreCommand {
  @Override
  void run() throws CommandFailure {
    LeaseStore store = store();
    StoreMaintenance maintenance = ability(store, StoreMaintenance.class, "check its files");
    try {
      StoreCheck check = maintenance.check();
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("files", check.files());
      facts.put("octets", check.octets());
      facts.put("records", check.records());
      print(facts, "remarks", check.remarks());
      if (!check.damages().isEmpty()) {
        throw new CommandFailure(
            "the lease store "
                + store.name()
                + " is damaged:\n"
                + String.join("\n", check.damages()));
      }
    } catch (IOException e) {
      throw failure("the store was not checked", e);
    }
  }
}

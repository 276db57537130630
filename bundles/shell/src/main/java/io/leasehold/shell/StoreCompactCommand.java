// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.LeaseStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has the lease store compacted. */
@Service
@Command(
    scope = "dhcp",
    name = "store-compact",
    description = "Writes a checkpoint of the lease store and deletes the journal before it",
    detailedDescription =
        "The store does it by itself when it is due; clients are answered meanwhile. Example:"
            + " dhcp:store-compact")
public final class StoreCompactCommand extends StoreCommand {
  @Override
  void run() throws CommandFailure {
    LeaseStore store = store();
    try {
      store.compact().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new CommandFailure("not compacted: " + e.getCause().getMessage());
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", store.name());
    facts.putAll(FactLines.typed(new TreeMap<>(store.status().facts())));
    print(facts, "remarks", List.of());
  }
}

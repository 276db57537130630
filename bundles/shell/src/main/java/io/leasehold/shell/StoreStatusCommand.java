// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.StoreStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says how the lease stores are. */
@Service
@Command(
    scope = "dhcp",
    name = "store-status",
    description = "Says whether leases are made durable, and how the store is",
    detailedDescription = "Fails when a store takes no changes. Example: dhcp:store-status --json")
public final class StoreStatusCommand extends DhcpCommand {
  @Override
  void run() throws CommandFailure {
    List<LeaseStore> stores = installed(LeaseStore.class, "lease store", "leasehold-store-journal");
    List<Map<String, Object>> all = stores.stream().map(StoreStatusCommand::facts).toList();
    if (json) {
      out.println(Json.of(all));
    } else {
      all.forEach(facts -> facts.values().removeIf(""::equals));
      all.forEach(facts -> FactLines.print(out, facts));
    }
    for (LeaseStore store : stores) {
      StoreStatus status = store.status();
      if (!status.takesChanges()) {
        throw new CommandFailure("store " + store.name() + " takes no changes: " + status.cause());
      }
    }
  }

  private static Map<String, Object> facts(LeaseStore store) {
    StoreStatus status = store.status();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", store.name());
    facts.put("condition", status.condition().name().toLowerCase(Locale.ROOT));
    facts.put("epoch", status.epoch());
    facts.put("cause", status.cause());
    facts.putAll(FactLines.typed(new TreeMap<>(status.facts())));
    return facts;
  }
}

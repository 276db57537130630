// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.pool.PoolElementControl;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.pool.PoolUserControl;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.security.Sanitizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the pools that this host uses, belongs to, or keeps. */
@Service
@Command(
    scope = "dhcp",
    name = "pool-list",
    description = "Lists the pools that this host uses, belongs to, or keeps",
    detailedDescription =
        "A pool is there once for each: the pool user, the pool element, the registrar. Example:"
            + " dhcp:pool-list --json")
public final class PoolListCommand extends DhcpCommand {

  @Override
  void run() throws CommandFailure {
    PoolText.requireAny(services);
    Rows rows = new Rows("pool", "here", "state", "policy", "members", "since", "reason");
    for (PoolUserControl user : services.all(PoolUserControl.class)) {
      for (PoolView each : user.views()) {
        rows.add(
            each.handle().toString(),
            "user",
            PoolText.word(each.state()),
            each.policy(),
            each.members().size(),
            each.since(),
            null);
      }
    }
    for (PoolElementControl element : services.all(PoolElementControl.class)) {
      for (PoolRegistration each : element.registrations()) {
        rows.add(
            each.handle().toString(),
            "element " + element.name(),
            PoolText.word(each.state()),
            each.policy(),
            null,
            each.since(),
            each.why());
      }
    }
    for (RegistrarControl registrar : services.all(RegistrarControl.class)) {
      for (RegistrarControl.Pool each : registrar.pools()) {
        rows.add(
            each.handle().toString(),
            "registrar",
            registrar.isReady() ? "ready" : "not-ready",
            each.policy(),
            each.elements(),
            null,
            registrar.isReady() ? null : registrar.condition());
      }
    }
    print(rows);
  }

  private void print(Rows rows) {
    List<String> alarms = PoolText.alarms(services);
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("pools", rows.json());
      all.put("alarms", alarms);
      out.println(Json.of(all));
    } else {
      rows.table("no pool").print(out);
      alarms.forEach(line -> out.println("  " + Sanitizer.line(line)));
    }
  }
}

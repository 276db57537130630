// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.pool.PoolElementControl;
import io.leasehold.pool.PoolHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes the server of this host out of a pool, or lets it in again. */
@Service
@Command(
    scope = "dhcp",
    name = "pool-drain",
    description = "Takes the server of this host out of a pool, or lets it in again",
    detailedDescription =
        "Before maintenance: relay agents do not find it any more, and whoever asks is answered still."
            + " With --end it joins again. Example: dhcp:pool-drain dhcp6-core")
public final class PoolDrainCommand extends DhcpCommand {

  @Argument(name = "pool", description = "Its name", multiValued = true)
  @Completion(PoolCompleter.class)
  List<String> words = List.of();

  @Option(name = "--end", description = "Lets the server in again")
  boolean end;

  @Override
  boolean raise(String flag) {
    end |= flag.equals("--end");
    return flag.equals("--end") || super.raise(flag);
  }

  @Override
  void run() throws CommandFailure {
    PoolHandle handle = PoolText.handle(argument(words));
    List<PoolElementControl> elements = new ArrayList<>();
    for (PoolElementControl each :
        installed(PoolElementControl.class, "pool element", "leasehold-pool-element")) {
      if (each.registrations().stream().anyMatch(one -> one.handle().equals(handle))) {
        elements.add(each);
      }
    }
    if (elements.isEmpty()) {
      throw new CommandFailure(
          "no server of this host is for pool '" + handle + "'; dhcp:pool-list shows all");
    }
    List<Map<String, Object>> answers = new ArrayList<>();
    for (PoolElementControl each : elements) {
      String answer = await(end ? each.rejoin(handle) : each.drain(handle));
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("pool", handle.toString());
      facts.put("element", each.name());
      facts.put("answer", answer);
      answers.add(facts);
    }
    if (json) {
      out.println(Json.of(answers));
    } else {
      answers.forEach(each -> out.println(each.get("answer")));
    }
  }
}

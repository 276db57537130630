// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import io.leasehold.server.PlanEdit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

/** What commands that change options of the plan have in common. */
abstract class OptionEditing extends PlanEditing {
  @Option(name = "--subnet", description = "Of the subnet with this prefix or id")
  @Completion(SubnetCompleter.class)
  String subnet;

  @Option(name = "--network", description = "Of the shared network with this name")
  String network;

  @Option(name = "--pool", description = "Of the pool with this range or prefix")
  String pool;

  @Option(name = "--class", description = "Of the client class with this name")
  String clientClass;

  @Option(name = "--space", description = "The space of the option, for example vendor-4491")
  String space;

  @Override
  boolean take(String option, String value) {
    switch (option) {
      case "--subnet" -> subnet = value;
      case "--network" -> network = value;
      case "--pool" -> pool = value;
      case "--class" -> clientClass = value;
      case "--space" -> space = value;
      default -> {
        return super.take(option, value);
      }
    }
    return true;
  }

  /** The edit of the level that the options say. */
  final PlanEdit edit(PlanEdit.Action action, String option, Map<String, Object> more)
      throws CommandFailure {
    Map<String, Object> members = new LinkedHashMap<>();
    if (option.matches("[0-9]+")) {
      members.put("code", number(option, "a code"));
    } else {
      members.put("name", option);
    }
    if (space != null) {
      members.put("space", space);
    }
    members.putAll(more);
    if (subnet != null) {
      Prefix prefix = subnet(subnet);
      return new PlanEdit(of(prefix), action, PlanEdit.Level.SUBNET, prefix.toString(), members);
    }
    if (pool != null) {
      Prefix first = Filters.prefix(pool.split("-")[0].strip());
      return new PlanEdit(of(first), action, PlanEdit.Level.POOL, pool, members);
    }
    Family of =
        Families.read(family)
            .orElseThrow(() -> new CommandFailure("say of which family with --family"));
    String name = network != null ? network : clientClass != null ? clientClass : "";
    PlanEdit.Level level =
        network != null
            ? PlanEdit.Level.NETWORK
            : clientClass != null ? PlanEdit.Level.CLASS : PlanEdit.Level.GLOBAL;
    return new PlanEdit(of, action, level, name, members);
  }
}

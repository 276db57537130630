// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Prefix;
import io.leasehold.server.PlanEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Adds a subnet. */
@Service
@Command(
    scope = "dhcp",
    name = "subnet-add",
    description = "Adds a subnet to the plan's documents, and uses them",
    detailedDescription =
        "Pools may follow the prefix. Everything else in the document stays as it is. Examples:"
            + " dhcp:subnet-add 192.0.2.0/24 192.0.2.10-192.0.2.99 --interface eth1,"
            + " dhcp:subnet-add 2001:db8:7::/64 --id 7 --network campus --dry-run")
public final class SubnetAddCommand extends PlanEditing {
  @Argument(name = "prefix", description = "Its prefix, then pools", multiValued = true)
  List<String> words = List.of();

  @Option(name = "--id", description = "Its id; made from the prefix if none is given")
  String id;

  @Option(name = "--network", description = "The shared network that it is in")
  String network;

  @Option(name = "--interface", description = "The interface on which its clients are")
  String interfaceName;

  @Option(name = "--relay", description = "The address of its relay agent")
  String relay;

  @Override
  boolean take(String option, String value) {
    switch (option) {
      case "--id" -> id = value;
      case "--network" -> network = value;
      case "--interface" -> interfaceName = value;
      case "--relay" -> relay = value;
      default -> {
        return super.take(option, value);
      }
    }
    return true;
  }

  @Override
  PlanEdit edit() throws CommandFailure {
    List<String> arguments = arguments(words, 1, Integer.MAX_VALUE);
    Prefix prefix = Filters.prefix(arguments.get(0));
    List<Object> pools = new ArrayList<>();
    arguments.stream().skip(1).forEach(pool -> pools.add(Map.of("pool", pool)));
    Map<String, Object> subnet =
        members(
            "id",
            number(id, "an id"),
            "subnet",
            prefix.toString(),
            "interface",
            interfaceName,
            "relay",
            relay == null ? null : Map.of("ip-addresses", List.of(relay)),
            "pools",
            pools);
    return new PlanEdit(
        of(prefix),
        PlanEdit.Action.ADD_SUBNET,
        network == null ? PlanEdit.Level.GLOBAL : PlanEdit.Level.NETWORK,
        network == null ? "" : network,
        subnet);
  }
}

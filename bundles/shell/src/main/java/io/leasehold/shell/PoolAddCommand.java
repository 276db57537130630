// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Prefix;
import io.leasehold.server.PlanEdit;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Adds a pool. */
@Service
@Command(
    scope = "dhcp",
    name = "pool-add",
    description = "Adds a pool to a subnet in the plan's documents, and uses them",
    detailedDescription =
        "With --delegated-len it is a pool of prefixes. Examples: dhcp:pool-add 12"
            + " 192.0.2.100-192.0.2.199, dhcp:pool-add 2001:db8:1::/64 2001:db8:4000::/36"
            + " --delegated-len 56")
public final class PoolAddCommand extends PlanEditing {
  @Argument(name = "subnet", description = "The subnet, then the pool", multiValued = true)
  @Completion(SubnetCompleter.class)
  List<String> words = List.of();

  @Option(name = "--delegated-len", description = "Length of the prefixes that are delegated")
  String delegatedLength;

  @Override
  boolean take(String option, String value) {
    boolean known = option.equals("--delegated-len");
    delegatedLength = known ? value : delegatedLength;
    return known || super.take(option, value);
  }

  @Override
  PlanEdit edit() throws CommandFailure {
    List<String> arguments = arguments(words, 2, 2);
    Prefix subnet = subnet(arguments.get(0));
    boolean prefixes = delegatedLength != null;
    Map<String, Object> pool =
        prefixes ? prefixPool(Filters.prefix(arguments.get(1))) : Map.of("pool", arguments.get(1));
    return new PlanEdit(
        of(subnet),
        prefixes ? PlanEdit.Action.ADD_PREFIX_POOL : PlanEdit.Action.ADD_POOL,
        PlanEdit.Level.SUBNET,
        subnet.toString(),
        pool);
  }

  private Map<String, Object> prefixPool(Prefix prefix) throws CommandFailure {
    return members(
        "prefix",
        prefix.address().toString(),
        "prefix-len",
        prefix.length(),
        "delegated-len",
        number(delegatedLength, "a length"));
  }
}

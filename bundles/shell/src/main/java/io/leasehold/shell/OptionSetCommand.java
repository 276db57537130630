// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.PlanEdit;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Sets an option. */
@Service
@Command(
    scope = "dhcp",
    name = "option-set",
    description = "Sets an option in the plan's documents, and uses them",
    detailedDescription =
        "Its name or code, then its data as the documents have it. For all clients of a family, or of"
            + " a subnet, network, pool or class. Examples: dhcp:option-set dns-servers 2001:db8::53"
            + " --family v6, dhcp:option-set routers 192.0.2.1 --subnet 12")
public final class OptionSetCommand extends OptionEditing {
  @Argument(name = "option", description = "Its name or code, then its data", multiValued = true)
  List<String> words = List.of();

  @Option(name = "--hex", description = "The data is octets in hexadecimal, whatever the format")
  boolean hex;

  @Option(name = "--always-send", description = "Also to clients that do not ask for it")
  boolean always;

  @Override
  boolean raise(String flag) {
    hex |= flag.equals("--hex");
    always |= flag.equals("--always-send");
    return super.raise(flag) || flag.equals("--hex") || flag.equals("--always-send");
  }

  @Override
  PlanEdit edit() throws CommandFailure {
    List<String> arguments = arguments(words, 1, 2);
    Map<String, Object> more =
        members(
            "data",
            arguments.size() > 1 ? arguments.get(1) : null,
            "csv-format",
            hex ? Boolean.FALSE : null,
            "always-send",
            always ? Boolean.TRUE : null);
    return edit(PlanEdit.Action.SET_OPTION, arguments.get(0), more);
  }
}

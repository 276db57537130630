// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFraming;
import io.leasehold.net.Family;
import io.leasehold.server.DefinedOption;
import io.leasehold.server.OptionLedger;
import java.util.Comparator;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists option definitions. */
@Service
@Command(
    scope = "dhcp",
    name = "option-list",
    description = "Lists the options that bundles and the plan define, and whose are refused",
    detailedDescription =
        "An option whose code or name is taken is refused, and what took it is beside it."
            + " --standard lists the options of the product too. Example: dhcp:option-list --json")
public final class OptionListCommand extends DhcpCommand {
  private static final String STANDARD = "standard";

  @Option(name = "--standard", description = "Lists the options of the product too")
  boolean standard;

  @Override
  void run() throws CommandFailure {
    List<DefinedOption> options =
        server(OptionLedger.class).options().stream()
            .filter(option -> standard || !option.source().equals(STANDARD))
            .sorted(
                Comparator.comparing((DefinedOption option) -> option.definition().space().name())
                    .thenComparing(option -> family(option.definition()))
                    .thenComparingInt(option -> option.definition().code()))
            .toList();
    Rows rows = new Rows("family", "space", "code", "option", "format", "from", "refused for");
    for (DefinedOption option : options) {
      OptionDefinition definition = option.definition();
      rows.add(
          family(definition),
          definition.space(),
          definition.code(),
          definition.name(),
          definition.format(),
          option.source(),
          option.conflict());
    }
    rows.print(out, json, "neither bundles nor the plan define options");
  }

  private static String family(OptionDefinition definition) {
    boolean wide = definition.space().framing() == OptionFraming.WIDE;
    return Families.word(wide ? Family.IPV6 : Family.IPV4);
  }
}

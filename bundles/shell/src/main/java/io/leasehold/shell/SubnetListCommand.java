// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Family;
import io.leasehold.server.SubnetUse;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** Lists subnets and how full they are. */
@Service
@Command(
    scope = "dhcp",
    name = "subnet-list",
    description = "Lists the subnets of the plan and how much of each is in use",
    detailedDescription = "Example: dhcp:subnet-list --family v4 --json")
public final class SubnetListCommand extends OfFamily {
  @Override
  void run() throws CommandFailure {
    Optional<Family> only = family();
    List<SubnetUse> subnets =
        status().subnets().stream()
            .filter(use -> only.isEmpty() || use.family() == only.get())
            .toList();
    if (json) {
      out.println(Json.of(subnets.stream().map(SubnetListCommand::facts).toList()));
      return;
    }
    ShellTable table = new ShellTable().forceAscii();
    table.column("family");
    table.column("id").alignRight();
    table.column("subnet");
    table.column("network");
    table.column("addresses").alignRight();
    table.column("in use").alignRight();
    table.column("declined").alignRight();
    table.column("prefixes").alignRight();
    table.column("in use").alignRight();
    table.emptyTableText("the plan has no subnet");
    for (SubnetUse use : subnets) {
      boolean delegates = use.family() == Family.IPV6;
      table
          .addRow()
          .addContent(
              Families.word(use.family()),
              use.id(),
              use.prefix(),
              use.network(),
              count(use.addresses()),
              share(use.assignedAddresses(), use.addresses()),
              use.declinedAddresses(),
              delegates ? count(use.prefixes()) : "-",
              delegates ? share(use.assignedPrefixes(), use.prefixes()) : "-");
    }
    table.print(out);
  }

  private static Map<String, Object> facts(SubnetUse use) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("family", Families.word(use.family()));
    facts.put("id", use.id());
    facts.put("subnet", use.prefix());
    facts.put("network", use.network());
    facts.put("addresses", use.addresses());
    facts.put("assigned-addresses", use.assignedAddresses());
    facts.put("declined-addresses", use.declinedAddresses());
    facts.put("prefixes", use.prefixes());
    facts.put("assigned-prefixes", use.assignedPrefixes());
    return facts;
  }

  /** Large powers of two are easier to read as such. */
  private static String count(BigInteger number) {
    boolean large = number.bitLength() > 32 && number.bitCount() == 1;
    return large ? "2^" + (number.bitLength() - 1) : number.toString();
  }

  private static String share(long used, BigInteger of) {
    if (of.signum() == 0) {
      return String.valueOf(used);
    }
    BigInteger percent = BigInteger.valueOf(used).multiply(BigInteger.valueOf(100)).divide(of);
    return used + " (" + percent + "%)";
  }
}

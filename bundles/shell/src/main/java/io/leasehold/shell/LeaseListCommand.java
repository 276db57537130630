// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Family;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.LeaseQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists leases. */
@Service
@Command(
    scope = "dhcp",
    name = "lease-list",
    description = "Lists leases in the order of their addresses, those of DHCPv6 first",
    detailedDescription =
        "Examples: dhcp:lease-list --within 2001:db8:1::/64 --state active, dhcp:lease-list"
            + " --family v4 --client 02:00:00:00:00:01. A table ends after 100"
            + " leases unless --limit says otherwise; --json prints all of them, one on a line.")
public final class LeaseListCommand extends OfFamily {
  private static final int PAGE = 1000;
  private static final int TABLE_LIMIT = 100;

  @Option(name = "--subnet", description = "Only of the subnet with this id or prefix")
  @Completion(SubnetCompleter.class)
  String subnet;

  @Option(
      name = "--client",
      description = "Only of the client with this DUID, client identifier or hardware address")
  @Completion(ClientCompleter.class)
  String client;

  @Option(name = "--within", description = "Only inside this prefix")
  @Completion(SubnetPrefixCompleter.class)
  String within;

  @Option(name = "--state", description = "Only in this state")
  @Completion(LeaseStateCompleter.class)
  String state;

  @Option(name = "--limit", description = "At most so many; 0 for all")
  Integer limit;

  @Override
  void run() throws CommandFailure {
    LeaseQuery query = query();
    if (limit != null && limit < 0) {
      throw new CommandFailure("--limit " + limit + " is negative; 0 means all");
    }
    int most = limit == null ? (json ? 0 : TABLE_LIMIT) : limit;
    if (json) {
      printJson(ledger(), query, most == 0 ? Integer.MAX_VALUE : most);
    } else {
      printTable(ledger(), query, most == 0 ? Integer.MAX_VALUE - 1 : most);
    }
  }

  private LeaseQuery query() throws CommandFailure {
    Optional<Family> only = family();
    LeaseQuery query =
        new LeaseQuery(
            only,
            Optional.empty(),
            client == null ? Optional.empty() : Optional.of(Filters.client(client)),
            within == null ? Optional.empty() : Optional.of(Filters.prefix(within)),
            state == null ? Optional.empty() : Optional.of(Filters.state(state)));
    return subnet == null ? query : SubnetTarget.find(status(), subnet, only).in(query);
  }

  private void printTable(LeaseLedger ledger, LeaseQuery query, int most) throws CommandFailure {
    List<Lease> leases = new ArrayList<>();
    Pages pages = new Pages(ledger, query, most + 1);
    for (List<Lease> page = pages.next(); !page.isEmpty(); page = pages.next()) {
      leases.addAll(page);
    }
    boolean more = leases.size() > most;
    LeaseText.table(more ? leases.subList(0, most) : leases).print(out);
    if (more) {
      out.println("There are more than these " + most + "; --limit 0 shows all.");
    }
  }

  /** Page by page, so that any number of leases can be listed. */
  private void printJson(LeaseLedger ledger, LeaseQuery query, int most) throws CommandFailure {
    Pages pages = new Pages(ledger, query, most);
    String separator = "[";
    for (List<Lease> page = pages.next(); !page.isEmpty(); page = pages.next()) {
      for (Lease lease : page) {
        out.print(separator + "\n" + Json.of(LeaseText.json(lease)));
        separator = ",";
      }
    }
    out.println(separator.equals("[") ? "[]" : "\n]");
  }

  private static final class Pages {
    private final LeaseLedger ledger;
    private final LeaseQuery query;
    private int left;
    private Optional<LeaseKey> after = Optional.empty();

    Pages(LeaseLedger ledger, LeaseQuery query, int most) {
      this.ledger = ledger;
      this.query = query;
      this.left = most;
    }

    /** The next page; empty at the end. */
    List<Lease> next() throws CommandFailure {
      if (left == 0) {
        return List.of();
      }
      List<Lease> page = await(ledger.list(query, after, Math.min(left, PAGE)));
      left -= page.size();
      if (!page.isEmpty()) {
        after = Optional.of(page.get(page.size() - 1).key());
      }
      return page;
    }
  }
}

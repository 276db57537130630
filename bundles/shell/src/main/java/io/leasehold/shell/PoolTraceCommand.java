// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolTrace;
import io.leasehold.pool.PoolUserControl;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says which members of pools serve a client, in which order, and why. */
@Service
@Command(
    scope = "dhcp",
    name = "pool-trace",
    description = "Says which members of pools serve a client, in which order, and why",
    detailedDescription =
        "A client of DHCPv6 is its DUID, one of DHCPv4 the first 16 octets of its client identifier,"
            + " or its hardware address if it sends none. Which members a relay agent has found"
            + " silent is in dhcp:relay-list. Example: dhcp:pool-trace 00:03:00:01:02:00:00:00:00:01")
public final class PoolTraceCommand extends DhcpCommand {

  @Argument(name = "client", description = "Its octets in hex", multiValued = true)
  @Completion(ClientCompleter.class)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    Bytes client = Filters.client(argument(words));
    Rows rows = new Rows("pool", "policy", "place", "member", "group", "rank", "why");
    for (PoolUserControl user :
        installed(PoolUserControl.class, "pool user", "leasehold-pool-user")) {
      for (PoolTrace trace : user.trace(client)) {
        int place = 1;
        for (PoolTrace.Step each : trace.steps()) {
          rows.add(
              trace.handle().toString(),
              trace.policy(),
              place++,
              each.member().toString(),
              PoolMember.idText(each.member().group()),
              each.member().rank(),
              each.why());
        }
      }
    }
    rows.print(out, json, "no pool that is used here has a member");
  }
}

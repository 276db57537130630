// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.hop.Connections;
import io.leasehold.hop.LinkStatus;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the connections of hops of both directions. */
@Service
@Command(
    scope = "dhcp",
    name = "link-list",
    description = "Lists the connections of hops of both directions",
    detailedDescription = "Example: dhcp:link-list --json")
public final class LinkListCommand extends DhcpCommand {

  @Override
  void run() throws CommandFailure {
    Rows rows =
        new Rows(
            "link",
            "hop",
            "spoken",
            "direction",
            "remote",
            "channel",
            "state",
            "peer",
            "protocol",
            "cipher",
            "group",
            "assurance",
            "since",
            "sent",
            "received",
            "dropped",
            "reason");
    for (Connections transport :
        installed(Connections.class, "transport of hops", "leasehold-transport-tcp")) {
      transport.links().forEach(link -> add(rows, link));
    }
    rows.print(out, json, "no connection");
  }

  private static void add(Rows rows, LinkStatus link) {
    Optional<ChannelFacts> facts = link.peer().map(AuthenticatedPeer::facts);
    rows.add(
        link.id(),
        link.transport(),
        link.application().protocolName(),
        link.outgoing() ? "out" : "in",
        link.remote(),
        link.channel(),
        link.state().name().toLowerCase(Locale.ROOT),
        link.peer().map(AuthenticatedPeer::peerId),
        facts.map(ChannelFacts::protocol),
        facts.map(ChannelFacts::cipherSuite),
        facts.map(ChannelFacts::group),
        link.assurance(),
        link.since(),
        link.sent(),
        link.received(),
        link.dropped(),
        link.reason());
  }
}

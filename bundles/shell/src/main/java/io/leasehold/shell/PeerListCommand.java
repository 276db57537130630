// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Bytes;
import io.leasehold.net.Prefix;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PoolPattern;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists who may be at the other end of hops, and what they may. */
@Service
@Command(
    scope = "dhcp",
    name = "peer-list",
    description = "Lists who may be at the other end of hops, and what they may",
    detailedDescription = "Example: dhcp:peer-list")
public final class PeerListCommand extends DhcpCommand {

  @Override
  void run() throws CommandFailure {
    PeerDirectory directory =
        installed(PeerDirectory.class, "security", "leasehold-security").get(0);
    Rows rows = new Rows("peer", "roles", "names", "psk", "pins", "scope", "pools", "addresses");
    for (Peer each : directory.peers()) {
      rows.add(
          each.id(),
          each.roles().stream().map(PeerRole::word).sorted().toList(),
          each.names().stream().map(PeerListCommand::text).toList(),
          each.preSharedKeys(),
          each.pins().stream().map(Bytes::toHex).toList(),
          each.scope().stream().map(Prefix::toString).toList(),
          each.pools().stream().map(PoolPattern::text).toList(),
          each.addresses().stream().map(Prefix::toString).toList());
    }
    rows.print(out, json, "no peer is configured");
  }

  private static String text(PeerName name) {
    String kind =
        switch (name.kind()) {
          case DNS -> "dns:";
          case ADDRESS -> "ip:";
          case URI -> "uri:";
        };
    return kind + name.value();
  }
}

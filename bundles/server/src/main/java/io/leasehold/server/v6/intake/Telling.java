// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.explain.MessageFacts;
import io.leasehold.server.protocol.Arrival;
import java.util.ArrayList;
import java.util.List;

/** What there is to tell of a message of DHCPv6 to somebody who listens. */
final class Telling {
  private Telling() {}

  /** What can be told of it as soon as it has been read. */
  static MessageFacts message(RelayChain chain, Arrival arrival) {
    List<Ipv6> relays = new ArrayList<>();
    for (RelayMessage relay : chain.relays()) {
      relays.add(relay.linkAddress());
      relays.add(relay.peerAddress());
    }
    relays.removeIf(address -> address.isUnspecified() || address.isLinkLocal());
    List<Bytes> clients =
        chain.message().options().raw(Dhcp6OptionCode.CLIENT_ID).stream()
            .map(Bytes::compact)
            .toList();
    return new MessageFacts(
        Dhcp6MessageType.name(chain.message().type()),
        chain.message().transactionId(),
        clients,
        relays,
        way(chain, arrival));
  }

  private static String way(RelayChain chain, Arrival arrival) {
    String on = arrival.interfaceName().isEmpty() ? "" : " on " + arrival.interfaceName();
    if (!chain.isRelayed()) {
      return "from " + arrival.remote() + on;
    }
    return "from relay agent %s%s, relayed %d times, nearest link-address %s"
        .formatted(
            arrival.remote(), on, chain.relays().size(), chain.innermostRelay().linkAddress());
  }

  /** Who sent it. */
  static void client(Explanation explanation, Client client) {
    List<Bytes> identifiers = new ArrayList<>();
    if (client.duidOrNull() != null) {
      identifiers.add(client.duidOrNull().value());
    }
    if (client.hardwareOrNull() != null) {
      identifiers.add(client.hardwareOrNull().address());
    }
    explanation.client(identifiers);
    String duid =
        client.duidOrNull() == null ? "does not say who it is" : "DUID " + client.duidOrNull();
    String hardware =
        client.hardwareOrNull() == null ? "" : "hardware address " + client.hardwareOrNull();
    explanation.step(Topic.CLIENT, duid, hardware);
  }
}

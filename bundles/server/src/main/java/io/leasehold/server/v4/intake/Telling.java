// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.explain.MessageFacts;
import io.leasehold.server.protocol.Arrival;
import java.util.ArrayList;
import java.util.List;

/** What there is to tell of a message of DHCPv4 to somebody who listens. */
final class Telling {
  private Telling() {}

  /** What can be told of it as soon as it has been read. */
  static MessageFacts message(Dhcp4Message message, Arrival arrival) {
    List<Bytes> clients = new ArrayList<>();
    clients.add(message.options().rawOrEmpty(Dhcp4OptionCode.CLIENT_ID).compact());
    clients.add(message.hardwareAddress().compact());
    clients.removeIf(Bytes::isEmpty);
    List<Ipv6> relays =
        message.isRelayed() ? List.of(Ipv6.mapped(message.relayAddress())) : List.of();
    return new MessageFacts(
        Dhcp4MessageType.name(message.type()),
        Integer.toUnsignedLong(message.transactionId()),
        clients,
        relays,
        way(message, arrival));
  }

  private static String way(Dhcp4Message message, Arrival arrival) {
    String on = arrival.interfaceName().isEmpty() ? "" : " on " + arrival.interfaceName();
    return message.isRelayed()
        ? "from relay agent %s%s, giaddr %s".formatted(arrival.remote(), on, message.relayAddress())
        : "from " + arrival.remote() + on;
  }

  /** Who sent it. */
  static void client(Explanation explanation, Client client) {
    List<Bytes> identifiers = new ArrayList<>();
    identifiers.add(client.identity().value());
    if (client.hardwareOrNull() != null) {
      identifiers.add(client.hardwareOrNull().address().compact());
    }
    explanation.client(identifiers);
    String hardware =
        client.hardwareOrNull() == null ? "" : "hardware address " + client.hardwareOrNull();
    boolean byId = client.hasClientId();
    explanation.step(
        Topic.CLIENT,
        byId ? "client identifier " + client.identity().value().toHex(":") : hardware,
        byId ? hardware : "");
  }
}

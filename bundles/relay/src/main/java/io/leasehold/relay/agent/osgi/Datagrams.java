// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.InterfaceSettings;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The datagram endpoints of a relay agent: those where clients are, and those towards servers. An
 * interface for both has one endpoint. Changed by one thread at a time, used by any.
 */
final class Datagrams {
  private record Key(Transport transport, BindSpec spec, boolean servers) {}

  private final Supplier<Inbound> clients;
  private final Supplier<Inbound> servers;
  private final Opened<Key, Binding> opened = new Opened<>((key, binding) -> binding.close());
  private volatile Binding towardsClients;
  private volatile Binding towardsServers;

  Datagrams(Supplier<Inbound> clients, Supplier<Inbound> servers) {
    this.clients = clients;
    this.servers = servers;
  }

  /** Opens what the settings want; a transport of null closes all. */
  void open(Transport transport, RelaySettings settings, List<Ipv6> groups) {
    int port = settings.application().streamPort();
    List<String> below =
        new ArrayList<>(settings.interfaces().stream().map(InterfaceSettings::name).toList());
    List<String> above = new ArrayList<>(settings.upstreamInterfaces());
    if (settings.sourcePort() == port) {
      above.removeIf(below::contains);
      if (above.contains("*") && !below.isEmpty()) {
        below.addAll(above); // One endpoint cannot belong to two bindings.
        above.clear();
      }
    }
    Key down = key(transport, settings, below, port, groups, false);
    Key up = key(transport, settings, above, settings.sourcePort(), List.of(), true);
    List<Key> wanted = new ArrayList<>();
    for (Key key : new Key[] {down, up}) {
      if (key != null) {
        wanted.add(key);
      }
    }
    opened.want(wanted, this::bind);
    towardsClients = down == null ? null : opened.get(down);
    towardsServers = up == null ? towardsClients : opened.get(up);
  }

  private static Key key(
      Transport transport,
      RelaySettings settings,
      List<String> places,
      int port,
      List<Ipv6> groups,
      boolean servers) {
    return transport == null || places.isEmpty()
        ? null
        : new Key(transport, new BindSpec(settings.family(), places, port, groups), servers);
  }

  private Binding bind(Key key) {
    return key.transport().bind(key.spec(), key.servers() ? servers.get() : clients.get());
  }

  /** From which clients are answered; null while there is none. */
  Binding towardsClients() {
    return towardsClients;
  }

  /** From which servers are asked; null while there is none. */
  Binding towardsServers() {
    return towardsServers;
  }

  /** Whether anything is bound. */
  boolean isBound() {
    return !opened.values().isEmpty();
  }

  List<EndpointStatus> endpoints() {
    return opened.values().stream().flatMap(each -> each.endpoints().stream()).toList();
  }

  List<Binding> bindings() {
    return opened.values();
  }

  void close() {
    opened.closeAll();
    towardsClients = null;
    towardsServers = null;
  }
}

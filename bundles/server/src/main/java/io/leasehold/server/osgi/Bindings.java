// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.net.Ipv6;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the server listens on. Changed by the control thread, read by any. */
final class Bindings {
  /** All_DHCP_Relay_Agents_and_Servers and All_DHCP_Servers (RFC 8415 section 7.1). */
  private static final List<Ipv6> GROUPS =
      List.of(Ipv6.ofText("ff02::1:2"), Ipv6.ofText("ff05::1:3"));

  private record Open(Transport transport, BindSpec spec, Binding binding) {}

  private volatile Open open;

  /** Listens as asked; does nothing if it already does. A transport of null closes all. */
  void listen(Transport transport, List<String> interfaces, int port, Inbound inbound) {
    BindSpec spec = new BindSpec(interfaces, port, GROUPS);
    Open before = open;
    if (before != null && before.transport() == transport && before.spec().equals(spec)) {
      return;
    }
    close();
    if (transport != null) {
      open = new Open(transport, spec, transport.bind(spec, inbound));
    }
  }

  /** Closes all. */
  void close() {
    Open before = open;
    open = null;
    if (before != null) {
      before.binding().close();
    }
  }

  /** Name of the transport in use, or null. */
  String transportName() {
    Open current = open;
    return current == null ? null : current.transport().name();
  }

  List<EndpointStatus> endpoints() {
    Open current = open;
    return current == null ? List.of() : current.binding().endpoints();
  }

  Map<String, Long> counters() {
    Map<String, Long> named = new TreeMap<>();
    Open current = open;
    if (current != null) {
      current
          .binding()
          .counters()
          .forEach(
              (name, n) -> named.put("transport-" + current.transport().name() + "-" + name, n));
    }
    return named;
  }

  /** Whether an endpoint listens. */
  boolean listens() {
    return endpoints().stream()
        .anyMatch(endpoint -> endpoint.state() == EndpointStatus.State.LISTENING);
  }

  /** Why clients cannot reach the server, a sentence each. */
  List<String> obstacles() {
    List<String> found = new ArrayList<>();
    List<EndpointStatus> endpoints = endpoints();
    for (EndpointStatus endpoint : endpoints) {
      if (endpoint.state() != EndpointStatus.State.LISTENING) {
        found.add(
            "%s port %d on %s does not listen: %s"
                .formatted(
                    endpoint.address(),
                    endpoint.port(),
                    endpoint.interfaceName(),
                    endpoint.reason()));
      }
    }
    if (found.isEmpty() && !listens()) {
      Open current = open;
      found.add(
          current == null
              ? "no transport is installed; install one with feature:install leasehold-transport-udp"
              : "no interface to listen on matches "
                  + Objects.toString(current.spec().interfaces())
                  + "; name one in interfaces-config of the plan or bring it up");
    }
    return found;
  }
}

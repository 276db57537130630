// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.protocol.Glance;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the server listens on. Changed by the control thread, read by any. */
final class Bindings {
  /** All_DHCP_Relay_Agents_and_Servers and All_DHCP_Servers (RFC 8415 section 7.1). */
  private static final List<Ipv6> GROUPS =
      List.of(Ipv6.ofText("ff02::1:2"), Ipv6.ofText("ff05::1:3"));

  /**
   * What a family wants.
   *
   * @param interfaces in the words of {@link BindSpec}
   */
  record Wanted(Family family, List<String> interfaces, int port, Inbound inbound) {
    private BindSpec spec() {
      return new BindSpec(family, interfaces, port, family == Family.IPV6 ? GROUPS : List.of());
    }
  }

  private record Open(Transport transport, BindSpec spec, Binding binding) {}

  private volatile List<Open> open = List.of();

  /** Null until something was asked for. */
  private volatile List<BindSpec> asked;

  /** Listens as asked, leaving open what is right already. A transport of null closes all. */
  void listen(Transport transport, List<Wanted> wanted) {
    List<BindSpec> specs = wanted.stream().map(Wanted::spec).toList();
    asked = specs;
    List<Open> before = open;
    List<Open> after = new ArrayList<>();
    for (Open each : before) {
      if (each.transport() == transport && specs.contains(each.spec())) {
        after.add(each);
      }
    }
    open = List.copyOf(after);
    before.stream().filter(each -> !after.contains(each)).forEach(each -> each.binding().close());
    for (Wanted each : wanted) {
      BindSpec spec = each.spec();
      if (transport != null && after.stream().noneMatch(kept -> kept.spec().equals(spec))) {
        after.add(new Open(transport, spec, transport.bind(spec, each.inbound())));
        open = List.copyOf(after);
      }
    }
  }

  /** Asks that only so many of a thousand beginnings of a family are received. */
  void thin(Family family, int perMille) {
    for (Open each : open) {
      if (each.spec().family() == family) {
        each.binding().thin(Glance.at(family).beginnings(), perMille);
      }
    }
  }

  /** Closes all. */
  void close() {
    listen(null, List.of());
  }

  /** Name of the transport in use, or null. */
  String transportName() {
    List<Open> current = open;
    return current.isEmpty() ? null : current.get(0).transport().name();
  }

  List<EndpointStatus> endpoints() {
    return open.stream().flatMap(each -> each.binding().endpoints().stream()).toList();
  }

  Map<String, Long> counters() {
    Map<String, Long> named = new TreeMap<>();
    for (Open each : open) {
      each.binding()
          .counters()
          .forEach(
              (name, n) ->
                  named.merge("transport-" + each.transport().name() + "-" + name, n, Long::sum));
    }
    return named;
  }

  /** Whether an endpoint listens. */
  boolean listens() {
    return listens(endpoints());
  }

  private static boolean listens(List<EndpointStatus> endpoints) {
    return endpoints.stream()
        .anyMatch(endpoint -> endpoint.state() == EndpointStatus.State.LISTENING);
  }

  /** Why clients cannot reach the server, a sentence each. */
  List<String> obstacles() {
    List<String> found = new ArrayList<>();
    List<Open> current = open;
    for (Open each : current) {
      found.addAll(obstacles(each));
    }
    List<BindSpec> specs = asked;
    if (specs == null) {
      found.add("nothing is listened on yet");
    } else if (current.isEmpty() && !specs.isEmpty()) {
      found.add(
          "no transport is there; install one, for example with feature:install leasehold-transport-epoll, or mend what keeps it from starting");
    }
    return found;
  }

  private static List<String> obstacles(Open open) {
    List<String> found = new ArrayList<>();
    List<EndpointStatus> endpoints = open.binding().endpoints();
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
    if (found.isEmpty() && !listens(endpoints)) {
      found.add(
          "no interface to listen on for port %d matches %s; name one in interfaces-config of the plan or bring it up"
              .formatted(open.spec().port(), open.spec().interfaces()));
    }
    return found;
  }
}

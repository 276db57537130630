// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolView;
import io.leasehold.relay.RelayStatus;
import io.leasehold.relay.agent.InterfaceSettings;
import io.leasehold.relay.agent.ListenSettings;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.RelaySettings.Mode;
import io.leasehold.relay.agent.osgi.RelayInstance.Running;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a relay agent tells operators. Any thread. */
final class InstanceStatus implements RelayStatus {
  private static final String LISTENS = "listens";
  private static final String NO_TRANSPORT =
      "no datagram transport is there; install one, for example with feature:install"
          + " leasehold-transport-epoll";

  private final String name;
  private final RelayInstance instance;
  private final Supplier<List<String>> refused;
  private final Supplier<List<DelegatedPrefix>> prefixes;

  /**
   * Tells of an instance.
   *
   * @param refused why its configuration cannot be used; empty if it can
   */
  InstanceStatus(
      String name,
      RelayInstance instance,
      Supplier<List<String>> refused,
      Supplier<List<DelegatedPrefix>> prefixes) {
    this.name = name;
    this.instance = instance;
    this.refused = refused;
    this.prefixes = prefixes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<RelayInterface> interfaces() {
    Running running = instance.running();
    List<RelayInterface> told = new ArrayList<>();
    if (running != null) {
      List<EndpointStatus> endpoints = instance.datagrams().endpoints();
      for (InterfaceSettings each : running.settings().interfaces()) {
        String role = each.trusted() ? "trusted" : "client";
        told.add(told(running, endpoints, each.name(), role));
      }
      for (String place : running.settings().upstreamInterfaces()) {
        told.add(told(running, endpoints, place.replaceAll("/.*", ""), "upstream"));
      }
    }
    return told;
  }

  private static RelayInterface told(
      Running running, List<EndpointStatus> endpoints, String interfaceName, String role) {
    boolean dhcp6 = running.settings().family() == Family.IPV6;
    boolean has = !role.equals("upstream") && running.settings().mode() == Mode.RELAY;
    String link =
        has
            ? running
                .agent()
                .linkAddress(interfaceName)
                .map(Ipv6::toString)
                .orElseGet(() -> firstAddress(endpoints, interfaceName))
            : "";
    return new RelayInterface(
        interfaceName, role, dhcp6 ? link : "", dhcp6 ? "" : link, state(endpoints, interfaceName));
  }

  /** What the link-address will be, before a message has come. */
  private static String firstAddress(List<EndpointStatus> endpoints, String interfaceName) {
    return endpoints.stream()
        .filter(each -> each.interfaceName().equals(interfaceName))
        .filter(each -> each.state() == EndpointStatus.State.LISTENING)
        .map(EndpointStatus::address)
        .filter(InstanceStatus::isOfLink)
        .findFirst()
        .orElse("");
  }

  private static boolean isOfLink(String text) {
    Ipv6 address = Ipv6.ofText(text);
    return !address.isMulticast()
        && !address.isLinkLocal()
        && !address.equals(Ipv6.mapped(Ipv4.BROADCAST));
  }

  private static String state(List<EndpointStatus> endpoints, String interfaceName) {
    List<EndpointStatus> own =
        endpoints.stream()
            .filter(each -> interfaceName.equals("*") || each.interfaceName().equals(interfaceName))
            .toList();
    for (EndpointStatus each : own) {
      if (each.state() != EndpointStatus.State.LISTENING) {
        return each.reason();
      }
    }
    return own.isEmpty() ? "does not listen" : LISTENS;
  }

  @Override
  public List<Upstream> upstreams() {
    Running running = instance.running();
    return running == null ? List.of() : running.uplinks().status(instance.nowMillis());
  }

  @Override
  public Optional<PoolUse> pool() {
    Running running = instance.running();
    return running == null
        ? Optional.empty()
        : running
            .settings()
            .pool()
            .map(
                each ->
                    new PoolUse(
                        each.handle(),
                        instance.follower().view(),
                        running.uplinks().upstreams().members().isEmpty(),
                        running.uplinks().members(instance.nowMillis())));
  }

  @Override
  public List<DelegatedPrefix> prefixes() {
    return prefixes.get();
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> values = instance.tally().values();
    for (Binding binding : instance.datagrams().bindings()) {
      binding.counters().forEach((key, n) -> values.merge("transport-" + key, n, Long::sum));
    }
    return values;
  }

  @Override
  public List<String> obstacles() {
    Running running = instance.running();
    if (running == null) {
      return refused.get();
    }
    List<String> told = new ArrayList<>();
    RelaySettings settings = running.settings();
    boolean heard =
        interfaces().stream()
                .anyMatch(each -> !each.role().equals("upstream") && each.state().equals(LISTENS))
            || instance.listeners().stream()
                .flatMap(each -> each.endpoints().stream())
                .anyMatch(each -> each.state() == EndpointStatus.State.LISTENING);
    if (!heard) {
      told.add("nobody is heard: " + silence(settings));
    }
    List<Upstream> upstreams = upstreams();
    if (upstreams.stream().noneMatch(Upstream::healthy)) {
      upstreams.forEach(each -> told.add("no way to %s: %s".formatted(each.uri(), each.reason())));
      degradation().ifPresent(told::add);
    }
    return told;
  }

  /** Why nobody is heard, with the remedy. */
  private String silence(RelaySettings settings) {
    if (!settings.interfaces().isEmpty() && !instance.datagrams().isBound()) {
      return NO_TRANSPORT;
    }
    return interfaces().stream()
        .filter(each -> !each.role().equals("upstream"))
        .map(each -> each.name() + " " + each.state())
        .findFirst()
        .orElse("look at listen, and whether leasehold-transport-tcp or -dtls is installed");
  }

  @Override
  public List<String> alarms() {
    List<String> told = new ArrayList<>(refused.get());
    Running running = instance.running();
    if (running != null) {
      endpoints(running, told);
      for (ListenSettings each : running.settings().listen()) {
        if (!instance.hasHopTransport(each.transport())) {
          told.add(
              "%s is not listened on: transport-missing; install leasehold-transport-%s"
                  .formatted(each.uri(), each.transport()));
        }
      }
      for (Upstream each : upstreams()) {
        if (!each.healthy()) {
          told.add("upstream " + each.uri() + " is DOWN: " + each.reason());
        }
      }
    }
    degradation().ifPresent(told::add);
    told.addAll(instance.alarms().sentences(instance.nowMillis()));
    return told;
  }

  /** Why a pool is not as it should be. */
  private Optional<String> degradation() {
    Optional<PoolUse> known = pool();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    PoolUse pool = known.get();
    String otherwise =
        instance.running().settings().uplinks().isEmpty()
            ? "messages are dropped"
            : "pool.fallback is used";
    String meanwhile =
        pool.fallback() ? otherwise : "its members of then are used for as long as that lasts";
    if (pool.view().isEmpty()) {
      return Optional.of(
          "pool %s: no pool user is there, %s; install leasehold-pool-user"
              .formatted(pool.handle(), meanwhile));
    }
    PoolView view = pool.view().get();
    return switch (view.state()) {
      case CURRENT ->
          pool.fallback()
              ? Optional.of(
                  "pool %s has no member that can be used, %s".formatted(pool.handle(), meanwhile))
              : Optional.empty();
      case STALE, UNKNOWN ->
          Optional.of(
              "pool %s: no registrar tells of it since %s, %s; dhcp:pool-list says why"
                  .formatted(
                      pool.handle(), view.since().truncatedTo(ChronoUnit.SECONDS), meanwhile));
    };
  }

  private void endpoints(Running running, List<String> told) {
    boolean wanted =
        !running.settings().interfaces().isEmpty()
            || !running.settings().upstreamInterfaces().isEmpty();
    if (wanted && !instance.datagrams().isBound()) {
      told.add(NO_TRANSPORT);
    }
    List<EndpointStatus> all = new ArrayList<>(instance.datagrams().endpoints());
    instance.listeners().forEach(each -> all.addAll(each.endpoints()));
    for (EndpointStatus each : all) {
      if (each.state() != EndpointStatus.State.LISTENING) {
        told.add(
            "%s port %d on %s does not listen: %s"
                .formatted(each.address(), each.port(), each.interfaceName(), each.reason()));
      }
    }
  }
}

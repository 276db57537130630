// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Ipv6;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.EndpointStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints of a binding, kept in step with the interfaces of the host. Everything but the
 * questions belongs to one thread at a time: the opener, then the watcher, then the closer.
 */
public final class Endpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

  private final BindSpec spec;
  private final Supplier<List<NetworkPort>> ports;
  private final DatagramSockets sockets;
  private Map<Wanted, Endpoint> endpoints = new LinkedHashMap<>();
  private List<NetworkPort> lastPorts; // null before the first scan
  private volatile List<EndpointStatus> status = List.of();
  private volatile Set<Ipv6> listening = Set.of();
  private volatile Map<String, NetworkPort> usable = Map.of();

  /** Endpoints of a specification; opens nothing yet. */
  public Endpoints(BindSpec spec, Supplier<List<NetworkPort>> ports, DatagramSockets sockets) {
    this.spec = spec;
    this.ports = ports;
    this.sockets = sockets;
  }

  /** How every endpoint is. Any thread. */
  public List<EndpointStatus> status() {
    return status;
  }

  /**
   * Addresses of an interface, in the order of the system, without those that are tentative or
   * duplicates. Any thread.
   */
  public List<Ipv6> addressesOf(String interfaceName) {
    NetworkPort port = usable.get(interfaceName);
    return port == null ? List.of() : port.addresses();
  }

  /** An interface with the addresses of it that are good; empty if it is not there. Any thread. */
  Optional<NetworkPort> port(String interfaceName) {
    return Optional.ofNullable(usable.get(interfaceName));
  }

  /** Unicast addresses and groups that are listened on. Any thread. */
  Set<Ipv6> listeningOn() {
    return listening;
  }

  /** What the kernel lost of the sockets that are open now. Any thread. */
  public OptionalLong kernelDrops() {
    return KernelDrops.of(listening, spec.port());
  }

  /** Looks at the interfaces, closes what has gone, opens what has come or is due again. */
  public void scan() {
    List<NetworkPort> now = ports.get();
    if (!now.equals(lastPorts)) {
      lastPorts = now;
      List<Wanted> wanted = Wanted.of(spec, now);
      replace(wanted);
      sockets.changed(now, wanted);
    }
    usable = usable();
    endpoints.values().stream().filter(Endpoint::isDue).forEach(this::open);
    usable = usable();
    listening =
        listening().stream()
            .map(wanted -> wanted.address().orElseThrow())
            .collect(Collectors.toUnmodifiableSet());
    status = endpoints.values().stream().map(this::status).toList();
  }

  private EndpointStatus status(Endpoint endpoint) {
    String remark = endpoint.isListening() ? sockets.remark(endpoint.wanted()) : "";
    return endpoint.status(spec, remark);
  }

  private List<Wanted> listening() {
    return endpoints.values().stream().filter(Endpoint::isListening).map(Endpoint::wanted).toList();
  }

  private Map<String, NetworkPort> usable() {
    Set<Wanted> refused =
        endpoints.values().stream()
            .filter(endpoint -> !endpoint.isListening())
            .map(Endpoint::wanted)
            .collect(Collectors.toSet());
    Map<String, NetworkPort> byName = new HashMap<>();
    for (NetworkPort port : lastPorts) {
      byName.put(
          port.name(),
          port.withAddresses(
              port.addresses().stream()
                  .filter(
                      address ->
                          refused.stream()
                              .noneMatch(
                                  wanted ->
                                      wanted.index() == port.index()
                                          && wanted.address().filter(address::equals).isPresent()))
                  .toList()));
    }
    return byName;
  }

  private void replace(List<Wanted> wanted) {
    Map<Wanted, Endpoint> kept = new LinkedHashMap<>();
    for (Wanted each : wanted) {
      Endpoint old = endpoints.remove(each);
      if (old == null) {
        old = new Endpoint(each);
        sayAbsence(each);
      }
      kept.put(each, old);
    }
    List<Endpoint> gone = List.copyOf(endpoints.values());
    endpoints = kept;
    gone.stream().filter(Endpoint::isListening).forEach(this::leave);
  }

  private void sayAbsence(Wanted wanted) {
    if (!wanted.absence().isEmpty()) {
      LOG.warn(
          "{}: port {} of {} is not listened on: {}; it will be when that changes",
          sockets.transportName(),
          spec.port(),
          wanted.addressText(),
          wanted.absence());
    }
  }

  private void leave(Endpoint gone) {
    sockets.leave(gone.wanted(), listening());
    LOG.info(
        "{}: no longer listening on {} port {}: it is gone",
        sockets.transportName(),
        gone,
        spec.port());
  }

  private void open(Endpoint endpoint) {
    String transport = sockets.transportName();
    try {
      sockets.open(endpoint.wanted());
      endpoint.listens();
      LOG.info("{}: listening on {} port {}", transport, endpoint, spec.port());
    } catch (IOException | RuntimeException e) {
      sockets.counters().endpointFailed.increment();
      String why = explain(e);
      if (endpoint.failed(why)) {
        LOG.warn(
            "{}: cannot listen on {} port {}: {}; trying again",
            transport,
            endpoint,
            spec.port(),
            why);
      }
    }
  }

  private static String explain(Exception e) {
    String text = e.getMessage() == null ? e.toString() : e.getMessage();
    if (text.contains("in use")) {
      return "the port is used by another program (see 'ss -lunp')";
    }
    if (text.contains("assign requested")) {
      return "the address is tentative or a duplicate (see 'ip address')";
    }
    if (text.contains("ermission denied")) {
      return "no permission for the port (needs root or CAP_NET_BIND_SERVICE)";
    }
    return text;
  }

  /** Closes every socket. */
  public void close() {
    sockets.close();
    endpoints = new LinkedHashMap<>();
    listening = Set.of();
    usable = Map.of();
    status = List.of();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Ipv6;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.EndpointStatus;
import java.io.IOException;
import java.net.BindException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints of a binding and the sockets that serve them, kept in step with the interfaces of
 * the host. Everything but {@link #status} belongs to one thread at a time: the opener, then the
 * watcher, then the closer.
 */
final class Endpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

  private final BindSpec spec;
  private final int bufferOctets;
  private final Supplier<List<NetworkPort>> ports;
  private final List<Receiver> receivers;
  private final UdpCounters counters;
  private final Map<Wanted.SocketKey, UdpSocket> sockets = new HashMap<>();
  private Map<Wanted, Endpoint> endpoints = new LinkedHashMap<>();
  private List<NetworkPort> lastPorts; // null before the first scan
  private int nextReceiver;
  private boolean saidSmallBuffer;
  private volatile List<EndpointStatus> status = List.of();

  Endpoints(
      BindSpec spec,
      int bufferOctets,
      Supplier<List<NetworkPort>> ports,
      List<Receiver> receivers,
      UdpCounters counters) {
    this.spec = spec;
    this.bufferOctets = bufferOctets;
    this.ports = ports;
    this.receivers = receivers;
    this.counters = counters;
  }

  List<EndpointStatus> status() {
    return status;
  }

  /** What the kernel lost of the sockets that are open now. */
  OptionalLong kernelDrops() {
    Set<Ipv6> addresses =
        status.stream()
            .filter(endpoint -> endpoint.state() == EndpointStatus.State.LISTENING)
            .map(endpoint -> Ipv6.ofText(endpoint.address()))
            .collect(Collectors.toSet());
    return KernelDrops.of(addresses, spec.port());
  }

  /** Looks at the interfaces, closes what has gone, opens what has come or is due again. */
  void scan() {
    List<NetworkPort> now = ports.get();
    if (!now.equals(lastPorts)) {
      lastPorts = now;
      replace(Wanted.of(spec, now));
    }
    endpoints.values().stream().filter(Endpoint::isDue).forEach(this::open);
    status = endpoints.values().stream().map(each -> each.status(spec.port())).toList();
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
          "udp: port {} of {} is not listened on: {}; it will be when that changes",
          spec.port(),
          wanted.addressText(),
          wanted.absence());
    }
  }

  private void leave(Endpoint gone) {
    Wanted.SocketKey key = gone.wanted().socket();
    UdpSocket socket = sockets.get(key);
    boolean shared =
        endpoints.values().stream()
            .filter(Endpoint::isListening)
            .anyMatch(each -> each.wanted().socket().equals(key));
    if (shared) {
      socket.leave(gone.wanted().index());
    } else {
      sockets.remove(key);
      socket.close();
      receivers.forEach(Receiver::forgetClosed);
    }
    LOG.info("udp: no longer listening on {} port {}: it is gone", gone, spec.port());
  }

  private void open(Endpoint endpoint) {
    Wanted wanted = endpoint.wanted();
    try {
      UdpSocket socket = sockets.get(wanted.socket());
      if (socket == null) {
        socket = openSocket(wanted);
      }
      socket.join(wanted.index());
      endpoint.listens();
      LOG.info("udp: listening on {} port {}", endpoint, spec.port());
    } catch (IOException | RuntimeException e) {
      counters.endpointFailed.increment();
      String why = explain(e);
      if (endpoint.failed(why)) {
        LOG.warn("udp: cannot listen on {} port {}: {}; trying again", endpoint, spec.port(), why);
      }
    }
  }

  private UdpSocket openSocket(Wanted wanted) throws IOException {
    UdpSocket socket =
        UdpSocket.open(
            wanted.socket(), knownInterface(wanted), spec.port(), bufferOctets, counters);
    try {
      socket.join(wanted.index());
      checkBuffer(socket);
      receivers.get(nextReceiver++ % receivers.size()).add(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
    sockets.put(wanted.socket(), socket);
    return socket;
  }

  /**
   * The only interface that a socket can hear, or empty: global addresses may be reached through
   * any.
   */
  private String knownInterface(Wanted wanted) {
    boolean loopback =
        lastPorts.stream().anyMatch(port -> port.loopback() && port.index() == wanted.index());
    boolean oneLink = wanted.socket().index() != 0;
    return oneLink || loopback && !wanted.address().orElseThrow().isMulticast()
        ? wanted.interfaceName()
        : "";
  }

  private void checkBuffer(UdpSocket socket) throws IOException {
    int granted = socket.receiveBufferOctets();
    if (granted < bufferOctets && !saidSmallBuffer) {
      saidSmallBuffer = true;
      LOG.warn(
          "udp: the kernel grants a receive buffer of {} octets instead of {}; bursts may be lost."
              + " Raise it with 'sysctl -w net.core.rmem_max={}' and restart",
          granted,
          bufferOctets,
          bufferOctets);
    }
  }

  private static String explain(Exception e) {
    String text = String.valueOf(e.getMessage());
    if (e instanceof BindException && text.contains("in use")) {
      return "the port is used by another program (see 'ss -lunp')";
    }
    if (e instanceof BindException && text.contains("assign")) {
      return "the address is tentative or a duplicate (see 'ip -6 address')";
    }
    if (e instanceof BindException && text.contains("ermission")) {
      return "no permission for the port (needs root or CAP_NET_BIND_SERVICE)";
    }
    return text;
  }

  /** Closes every socket. */
  void close() {
    sockets.values().forEach(UdpSocket::close);
    sockets.clear();
    endpoints = new LinkedHashMap<>();
    status = List.of();
  }
}

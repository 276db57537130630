// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolDirectory;
import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerRole;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Destination;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;
import io.leasehold.transport.Transport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Everything around a relay agent, in memory. */
final class Wires implements Surroundings {
  final Datagram datagram = new Datagram();
  final Map<String, Hops> hops = new HashMap<>();
  Transport transport = datagram;
  Admission admission = Admission.refused("nobody vouches for it");
  boolean permitted = true;
  PoolDirectory pools;
  long nowMillis;
  private final List<Later> later = new ArrayList<>();

  private record Later(Runnable task, long atMillis) {}

  /** A datagram that was sent. */
  record Sent(String interfaceName, Ipv6 address, int port, Bytes message) {}

  /** Transport of datagrams. */
  static final class Datagram implements Transport {
    final List<Bound> bound = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    boolean listening = true;

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public Binding bind(BindSpec spec, Inbound inbound) {
      Bound binding = new Bound(this, spec, inbound);
      bound.add(binding);
      return binding;
    }

    /** Delivers a datagram to whoever listens on the interface. */
    void deliver(String interfaceName, Ipv6 from, int port, Bytes message) {
      listener(interfaceName).message(message, way(interfaceName, from, port));
    }

    /** Delivers one of a client that has waited. */
    void late(String interfaceName, Ipv6 from, Bytes message) {
      listener(interfaceName).late(message, way(interfaceName, from, 546));
    }

    /** Delivers one that was sent to the interface's address, and came in on another interface. */
    void deliverRouted(String ofInterface, Ipv6 from, int port, Bytes message) {
      listener(ofInterface).message(message, way("", from, port));
    }

    private static Way way(String interfaceName, Ipv6 from, int port) {
      return new Way(interfaceName, from, port, Optional.empty(), unused -> false);
    }

    private Inbound listener(String interfaceName) {
      return bound.stream()
          .filter(each -> each.spec.interfaces().contains(interfaceName))
          .map(each -> each.inbound)
          .findFirst()
          .orElseThrow(() -> new AssertionError("nobody listens on " + interfaceName));
    }
  }

  /** What is bound. */
  static final class Bound implements Binding {
    final Datagram of;
    final BindSpec spec;
    final Inbound inbound;

    Bound(Datagram of, BindSpec spec, Inbound inbound) {
      this.of = of;
      this.spec = spec;
      this.inbound = inbound;
    }

    @Override
    public List<EndpointStatus> endpoints() {
      return spec.interfaces().stream()
          .map(
              each ->
                  new EndpointStatus(
                      spec.family(),
                      each,
                      "2001:db8:1::1",
                      spec.port(),
                      of.listening ? EndpointStatus.State.LISTENING : EndpointStatus.State.RETRYING,
                      of.listening ? "" : "its address is tentative"))
          .toList();
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of();
    }

    @Override
    public boolean send(Bytes message, Destination to, String interfaceName) {
      return of.sent.add(new Sent(interfaceName, to.address(), to.port(), message));
    }

    @Override
    public void close() {
      of.bound.remove(this);
    }
  }

  /** A way that a message came. */
  record Way(
      String interfaceName,
      Ipv6 remote,
      int remotePort,
      Optional<AuthenticatedPeer> peer,
      Predicate<Bytes> back)
      implements Path {
    @Override
    public Ipv6 local() {
      return Ipv6.ofText("2001:db8:1::1");
    }

    @Override
    public List<Ipv6> interfaceAddresses() {
      return List.of(Ipv6.ofText("2001:db8:1::1"));
    }

    @Override
    public boolean send(Bytes message, Destination to) {
      return back.test(message);
    }

    @Override
    public Assurance assurance() {
      return peer.isPresent() ? Assurance.PRIVATE : Assurance.NONE;
    }
  }

  /** Transport of connections. */
  static final class Hops implements HopTransport {
    final List<Connection> links = new ArrayList<>();
    final List<Listener> listeners = new ArrayList<>();

    @Override
    public String name() {
      return "tcp";
    }

    @Override
    public Binding listen(ListenSpec spec, Inbound inbound) {
      Listener listener = new Listener(this, spec, inbound);
      listeners.add(listener);
      return listener;
    }

    @Override
    public Link connect(ConnectSpec spec, Inbound inbound) {
      Connection link = new Connection(this, spec, inbound);
      links.add(link);
      return link;
    }

    @Override
    public List<LinkStatus> links() {
      return List.of();
    }

    @Override
    public boolean drain(String id) {
      return false;
    }
  }

  /** Where connections are accepted. */
  record Listener(Hops of, ListenSpec spec, Inbound inbound) implements Binding {
    @Override
    public List<EndpointStatus> endpoints() {
      return List.of();
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of();
    }

    @Override
    public void close() {
      of.listeners.remove(this);
    }
  }

  /** A connection. */
  static final class Connection implements Link {
    final Hops of;
    final ConnectSpec spec;
    final Inbound inbound;
    final List<Bytes> sent = new ArrayList<>();
    boolean up = true;
    int renewals;

    Connection(Hops of, ConnectSpec spec, Inbound inbound) {
      this.of = of;
      this.spec = spec;
      this.inbound = inbound;
    }

    @Override
    public LinkStatus status() {
      return new LinkStatus(
          "1",
          "tcp",
          Application.DHCPV6_RELAY,
          true,
          "",
          spec.remote().toString(),
          spec.channel(),
          up ? LinkStatus.State.UP : LinkStatus.State.DOWN,
          up ? "" : "refused",
          Optional.empty(),
          up ? Assurance.PRIVATE : Assurance.NONE,
          Instant.EPOCH,
          0,
          0,
          0);
    }

    @Override
    public boolean isUp() {
      return up;
    }

    @Override
    public boolean send(Bytes message) {
      return up && sent.add(message);
    }

    @Override
    public void renew() {
      renewals++;
    }

    @Override
    public void close() {
      of.links.remove(this);
    }
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public PoolDirectory pools() {
    return pools;
  }

  @Override
  public HopTransport hopTransport(String name) {
    return hops.get(name);
  }

  @Override
  public boolean permits(AuthenticatedPeer peer, PeerRole role) {
    return permitted;
  }

  @Override
  public boolean permits(AuthenticatedPeer peer, Ipv6 link) {
    return permitted;
  }

  @Override
  public Admission admit(String channel, HopEnd local, HopEnd remote) {
    return admission;
  }

  @Override
  public void later(Runnable task, long millis) {
    later.add(new Later(task, nowMillis + millis));
  }

  /** Time passes. */
  void pass(long millis) {
    nowMillis += millis;
    List<Later> due = later.stream().filter(each -> each.atMillis() <= nowMillis).toList();
    later.removeAll(due);
    due.forEach(each -> each.task().run());
  }

  @Override
  public long nowMillis() {
    return nowMillis;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import static java.util.stream.Collectors.toSet;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.ListenSpec;
import io.leasehold.relay.agent.Agent;
import io.leasehold.relay.agent.Alarms;
import io.leasehold.relay.agent.Intake;
import io.leasehold.relay.agent.ListenSettings;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.Tally;
import io.leasehold.relay.agent.UplinkSettings;
import io.leasehold.relay.agent.upstream.DatagramUplink;
import io.leasehold.relay.agent.upstream.LinkUplink;
import io.leasehold.relay.agent.upstream.Uplink;
import io.leasehold.relay.agent.upstream.Uplinks;
import io.leasehold.relay.agent.upstream.Upstreams;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.transport.Binding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A relay agent at work. Configuration and services change on any thread, one after the other;
 * messages pass meanwhile, by what is in force when they come.
 */
final class RelayInstance implements AutoCloseable {
  private record Listening(HopTransport transport, ListenSpec spec) {}

  private record Connecting(
      HopTransport transport, Application application, UplinkSettings settings) {}

  private record Leaving(Link link, long number) {}

  /** For answers to what was sent by a link that is configured no more. */
  static final long LEAVE_MILLIS = 5000;

  /**
   * What is in force.
   *
   * @param intake in front of the agent
   */
  record Running(RelaySettings settings, Agent agent, Intake intake, Uplinks uplinks) {}

  private final Surroundings surroundings;
  private final Tally tally = new Tally();
  private final Alarms alarms = new Alarms();
  private final Traffic traffic;
  private final Datagrams datagrams;
  private final PoolFollower follower;
  private final Opened<Listening, Binding> listeners =
      new Opened<>((key, binding) -> binding.close());
  private final Opened<Connecting, Link> links = new Opened<>(this::leave);

  /** Links that are configured no more, and what is still on its way by them. */
  private final Map<Connecting, Leaving> leaving = new HashMap<>();

  private volatile Running running;
  private boolean closed;
  private long leavings;

  RelayInstance(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.datagrams = new Datagrams(() -> traffic().clients(), () -> traffic().servers());
    this.follower =
        new PoolFollower(
            alarms, tally, surroundings, () -> surroundings.later(this::poolChanged, 0));
    this.traffic = new Traffic(surroundings, tally, alarms, datagrams, () -> running);
  }

  private Traffic traffic() {
    return traffic;
  }

  /** Works as configured from now on; what is the same stays open. */
  synchronized void apply(Configured next) {
    Agent agent = next.agent();
    tally.declare(next.reasons());
    RelaySettings settings = next.settings();
    if (running != null) {
      agent.learnFrom(running.agent());
    }
    follower.follow(settings.pool(), surroundings.pools());
    run(settings, agent, new Intake(agent, settings, tally));
  }

  private void run(RelaySettings settings, Agent agent, Intake intake) {
    Uplinks.Before before =
        running == null ? null : new Uplinks.Before(running.uplinks(), nowMillis());
    Upstreams upstreams =
        new Upstreams(
            settings.uplinks().stream().map(each -> uplink(settings, each)).toList(),
            follower.members(member -> uplink(settings, member)),
            follower.subscription());
    Uplinks uplinks = new Uplinks(settings, agent, tally, upstreams, before);
    uplinks.all().forEach(each -> use(settings, each)); // Links that stay are not missed meanwhile.
    running = new Running(settings, agent, intake, uplinks);
    open();
  }

  private Uplink uplink(RelaySettings settings, UplinkSettings to) {
    return to.isDatagrams()
        ? new DatagramUplink(to, settings.sourcePort(), datagrams::towardsServers, surroundings)
        : new LinkUplink(to);
  }

  /** Services have come or gone. */
  synchronized void servicesChanged() {
    if (running == null || closed) {
      return;
    }
    if (follower.follow(running.settings().pool(), surroundings.pools())) {
      run(running.settings(), running.agent(), running.intake());
    } else {
      open();
    }
  }

  /** Members of the pool have come, gone or changed. */
  private synchronized void poolChanged() {
    if (running != null && !closed) {
      run(running.settings(), running.agent(), running.intake());
    }
  }

  private void open() {
    if (closed) {
      return;
    }
    RelaySettings settings = running.settings();
    datagrams.open(surroundings.transport(), settings, running.agent().groups());
    List<Listening> wanted = new ArrayList<>();
    for (ListenSettings each : settings.listen()) {
      HopTransport transport = surroundings.hopTransport(each.transport());
      if (transport != null) {
        wanted.add(new Listening(transport, each.spec()));
      }
    }
    listeners.want(wanted, key -> key.transport().listen(key.spec(), traffic.below()));
    List<Connecting> connecting = new ArrayList<>();
    for (Uplink each : running.uplinks().all()) {
      Connecting key = key(settings, each);
      if (each instanceof LinkUplink && key.transport() != null) {
        connecting.add(key);
      }
    }
    links.want(connecting, this::connect);
    List.copyOf(leaving.keySet()).stream()
        .filter(each -> !mayLeaveSlowly(each))
        .forEach(this::left);
    tellLeaving();
    running.uplinks().all().forEach(each -> use(settings, each));
  }

  private Connecting key(RelaySettings settings, Uplink uplink) {
    HopTransport transport = surroundings.hopTransport(uplink.settings().transport());
    return new Connecting(transport, settings.application(), uplink.settings());
  }

  private void use(RelaySettings settings, Uplink uplink) {
    if (uplink instanceof LinkUplink link) {
      link.use(links.get(key(settings, uplink)));
    }
  }

  /** Answers to what was sent by the link may be on their way. */
  private void leave(Connecting key, Link link) {
    if (closed || !mayLeaveSlowly(key)) {
      link.close();
      return;
    }
    Leaving slowly = new Leaving(link, leavings++);
    leaving.put(key, slowly);
    surroundings.later(() -> left(key, slowly), LEAVE_MILLIS);
  }

  /** Not without its transport, nor if its messages are of another family. */
  private boolean mayLeaveSlowly(Connecting key) {
    return surroundings.hopTransport(key.settings().transport()) == key.transport()
        && running.settings().application() == key.application();
  }

  private synchronized void left(Connecting key, Leaving which) {
    if (which.equals(leaving.get(key))) {
      left(key);
    }
  }

  private void left(Connecting key) {
    leaving.remove(key).link().close();
    tellLeaving();
  }

  private void tellLeaving() {
    running
        .uplinks()
        .onlyLeaving(leaving.keySet().stream().map(Connecting::settings).collect(toSet()));
  }

  private Link connect(Connecting key) {
    Leaving back = leaving.remove(key);
    return back != null ? back.link() : newLink(key);
  }

  private Link newLink(Connecting key) {
    UplinkSettings to = key.settings();
    PeerSelector expected =
        to.peer().isEmpty()
            ? PeerSelector.anyOf(PeerRole.SERVER)
            : PeerSelector.only(to.peer(), PeerRole.SERVER);
    ConnectSpec spec =
        new ConnectSpec(
            key.application(),
            to.address(),
            to.port(),
            to.channel(),
            expected,
            to.startTls(),
            to.scheme().equals("tcp"),
            to.transport());
    return key.transport().connect(spec, traffic.uplink(to));
  }

  /** What is in force; null before the first configuration that can be used. */
  Running running() {
    return running;
  }

  Tally tally() {
    return tally;
  }

  Alarms alarms() {
    return alarms;
  }

  PoolFollower follower() {
    return follower;
  }

  Datagrams datagrams() {
    return datagrams;
  }

  /** Bindings for relay agents below. */
  List<Binding> listeners() {
    return listeners.values();
  }

  long nowMillis() {
    return surroundings.nowMillis();
  }

  /** Whether a transport for connections is there. */
  boolean hasHopTransport(String name) {
    return surroundings.hopTransport(name) != null;
  }

  @Override
  public synchronized void close() {
    closed = true;
    follower.close();
    datagrams.close();
    listeners.closeAll();
    links.closeAll();
    leaving.values().forEach(each -> each.link().close());
    leaving.clear();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.Decision;
import io.leasehold.server.PacketTrial;
import io.leasehold.server.explain.Recording;
import io.leasehold.server.lane.Job;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.HookBook;
import io.leasehold.server.protocol.LogNames;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.relay.AccessIdentifiers;
import io.leasehold.server.relay.Entrance;
import io.leasehold.server.relay.RelayGate;
import io.leasehold.transport.EndpointStatus;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Has messages answered that never came in. They are read and answered by the same code as others,
 * under a regime that counts for nobody. Any thread.
 */
final class Trials {
  private static final Ipv6 ALL_RELAYS_AND_SERVERS = Ipv6.ofText("ff02::1:2");
  private static final Ipv6 SOMEBODY = Ipv6.ofText("fe80::1");
  private static final Ipv6 BROADCAST = Ipv6.ofText("255.255.255.255");
  private static final Ipv6 NOWHERE = Ipv6.ofText("0.0.0.0");
  private static final int CLIENT6 = 546;
  private static final int RELAY6 = 547;
  private static final int RELAY4 = 67;
  private static final int CLIENT4 = 68;
  private static final int LINK_ADDRESS = 2;
  private static final int GIADDR = 24;

  private final Engine engine;
  private final Supplier<List<EndpointStatus>> endpoints;
  private final RelayGate gate;
  private final HookBook hooks;
  private final InstantSource clock;

  /**
   * Tries nothing yet.
   *
   * @param endpoints where the server listens
   * @param gate says from which relay agents it would take it
   * @param hooks who is asked, and does not count it
   */
  Trials(
      Engine engine,
      Supplier<List<EndpointStatus>> endpoints,
      RelayGate gate,
      HookBook hooks,
      InstantSource clock) {
    this.engine = engine;
    this.endpoints = endpoints;
    this.gate = gate;
    this.hooks = hooks;
    this.clock = clock;
  }

  /** Keeps the one decision that there is. */
  private static final class Capture implements Recording.Audience {
    private volatile Decision decision;

    @Override
    public boolean wants(
        Collection<Bytes> clients, Collection<Ipv6> relays, OptionalLong transactionId) {
      return true;
    }

    @Override
    public void take(Recording.Subject subject, Decision taken) {
      decision = taken;
    }

    Decision decision() {
      if (decision == null) {
        throw new IllegalStateException("nothing was decided; the log may say why");
      }
      return decision;
    }
  }

  /** See {@link io.leasehold.server.DecisionLedger#tryOut}. */
  CompletableFuture<Decision> tryOut(PacketTrial trial) {
    try {
      Regime current = engine.regime();
      if (current == null) {
        throw new IllegalStateException("no plan is in force yet; see dhcp:status");
      }
      Capture capture = new Capture();
      Bytes datagram = packet(trial);
      boolean relayed = isRelayed(trial.family(), datagram);
      Ipv6 remote = remote(trial, datagram, relayed);
      List<EndpointStatus> endpointsOfFamily = endpointsOf(trial.family());
      String interfaceName =
          relayed || !trial.interfaceName().isEmpty()
              ? trial.interfaceName()
              : only(endpointsOfFamily);
      List<EndpointStatus> here =
          endpointsOfFamily.stream()
              .filter(one -> interfaceName.isEmpty() || one.interfaceName().equals(interfaceName))
              .toList();
      Entrance entrance = entrance(trial, relayed, here);
      Bytes packet = entrance.admit(trial.family(), datagram, null);
      Arrival arrival =
          arrival(trial.family(), interfaceName, addresses(here), remote, relayed)
              .under(entrance.right(null))
              .explainedTo(new Recording(capture, clock.instant(), NOWHERE, true));
      Observers nobody = new Observers(hooks.onTrial(), new Counters(), LogNames.NOBODY);
      Job<?> job = current.toldTo(nobody).accept(trial.family(), packet, arrival, null);
      return job == null
          ? CompletableFuture.completedFuture(capture.decision())
          : engine.tryOut(job, clock.millis() / 1000).thenApply(done -> decision(done, capture));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Decision decision(boolean done, Capture capture) {
    if (!done) {
      throw new IllegalStateException("the plan has changed meanwhile; try again");
    }
    return capture.decision();
  }

  /** The datagram as it would come by the relay agent. */
  private static Bytes packet(PacketTrial trial) {
    if (trial.relay().isEmpty()) {
      return trial.packet();
    }
    Ipv6 relay = trial.relay().get();
    if (relay.isMapped() != (trial.family() == Family.IPV4)) {
      throw new IllegalArgumentException(relay + " is no relay agent of this protocol");
    }
    if (trial.family() == Family.IPV6) {
      Options options = Options.builder().add(Dhcp6OptionCode.RELAY_MSG, trial.packet()).build();
      return RelayMessage.forward(0, relay, SOMEBODY, options).encode();
    }
    try {
      Dhcp4Message message = Dhcp4Message.decode(trial.packet());
      return message.toBuilder().relayAddress(relay.toIpv4()).build().encode();
    } catch (MalformedPacketException e) {
      throw new IllegalArgumentException("no relay agent forwards this: " + e.getMessage());
    }
  }

  private static boolean isRelayed(Family family, Bytes datagram) {
    return family == Family.IPV6
        ? AccessIdentifiers.isRelay(datagram)
        : AccessIdentifiers.hasRelayAddress(datagram);
  }

  /** Where it comes from: as it is said, or as far as the message tells. */
  private static Ipv6 remote(PacketTrial trial, Bytes datagram, boolean relayed) {
    if (trial.source().isPresent()) {
      Ipv6 source = trial.source().get();
      if (source.isMapped() != (trial.family() == Family.IPV4)) {
        throw new IllegalArgumentException(source + " is no address of this protocol");
      }
      return source;
    }
    if (trial.family() == Family.IPV4) {
      return relayed ? Ipv6.mapped(Ipv4.of(datagram.slice(GIADDR, GIADDR + 4))) : NOWHERE;
    }
    Ipv6 link = relayed ? Ipv6.of(datagram.slice(LINK_ADDRESS, LINK_ADDRESS + 16)) : SOMEBODY;
    return link.isUnspecified() ? SOMEBODY : link;
  }

  private List<EndpointStatus> endpointsOf(Family family) {
    return endpoints.get().stream().filter(endpoint -> endpoint.family() == family).toList();
  }

  private Entrance entrance(PacketTrial trial, boolean relayed, List<EndpointStatus> here) {
    if (!relayed && !trial.peer().isEmpty()) {
      throw new IllegalArgumentException(
          "peers on hops are relay agents, and this is a client's message; --relay puts one"
              + " around it");
    }
    int usual = trial.family() == Family.IPV6 ? RELAY6 : RELAY4;
    return gate.trial(here.isEmpty() ? usual : here.get(0).port(), trial.peer());
  }

  private static List<Ipv6> addresses(List<EndpointStatus> here) {
    return here.stream()
        .map(EndpointStatus::address)
        .map(Ipv6::ofText)
        .filter(address -> !address.isMulticast() && !address.equals(BROADCAST))
        .toList();
  }

  private static Arrival arrival(
      Family family, String interfaceName, List<Ipv6> addresses, Ipv6 remote, boolean relayed) {
    if (family == Family.IPV6) {
      int port = relayed ? RELAY6 : CLIENT6;
      return new Arrival(interfaceName, addresses, ALL_RELAYS_AND_SERVERS, remote, port);
    }
    Ipv6 local = relayed && !addresses.isEmpty() ? addresses.get(0) : BROADCAST;
    return new Arrival(interfaceName, addresses, local, remote, relayed ? RELAY4 : CLIENT4);
  }

  private static String only(List<EndpointStatus> here) {
    List<String> names =
        here.stream()
            .map(EndpointStatus::interfaceName)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    if (names.size() > 1) {
      throw new IllegalArgumentException(
          "say on which interface it comes in: " + String.join(", ", names));
    }
    return names.isEmpty() ? "" : names.get(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
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

  private final Engine engine;
  private final Supplier<List<EndpointStatus>> endpoints;
  private final HookBook hooks;
  private final InstantSource clock;

  /**
   * Tries nothing yet.
   *
   * @param endpoints where the server listens
   * @param hooks who is asked, and does not count it
   */
  Trials(
      Engine engine,
      Supplier<List<EndpointStatus>> endpoints,
      HookBook hooks,
      InstantSource clock) {
    this.engine = engine;
    this.endpoints = endpoints;
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
      Bytes packet = packet(trial);
      Arrival arrival = arrival(trial, packet, capture);
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

  private Arrival arrival(PacketTrial trial, Bytes packet, Capture capture) {
    Ipv6 giaddr = trial.family() == Family.IPV4 ? giaddr(packet) : null;
    boolean relayed =
        trial.family() == Family.IPV4
            ? giaddr != null
            : !packet.isEmpty() && packet.at(0) == Dhcp6MessageType.RELAY_FORW;
    List<EndpointStatus> here =
        endpoints.get().stream().filter(endpoint -> endpoint.family() == trial.family()).toList();
    String interfaceName =
        relayed || !trial.interfaceName().isEmpty() ? trial.interfaceName() : only(here);
    List<Ipv6> addresses =
        here.stream()
            .filter(one -> interfaceName.isEmpty() || one.interfaceName().equals(interfaceName))
            .map(EndpointStatus::address)
            .map(Ipv6::ofText)
            .filter(address -> !address.isMulticast() && !address.equals(BROADCAST))
            .toList();
    return trial.family() == Family.IPV6
        ? arrival6(interfaceName, addresses, relayed, trial).explainedTo(listener(capture))
        : arrival4(interfaceName, addresses, giaddr).explainedTo(listener(capture));
  }

  private Recording listener(Capture capture) {
    return new Recording(capture, clock.instant(), NOWHERE, true);
  }

  private static Arrival arrival6(
      String interfaceName, List<Ipv6> addresses, boolean relayed, PacketTrial trial) {
    Ipv6 remote = relayed ? trial.relay().orElse(SOMEBODY) : SOMEBODY;
    return new Arrival(
        interfaceName, addresses, ALL_RELAYS_AND_SERVERS, remote, relayed ? RELAY6 : CLIENT6);
  }

  private static Arrival arrival4(String interfaceName, List<Ipv6> addresses, Ipv6 giaddrOrNull) {
    boolean relayed = giaddrOrNull != null;
    Ipv6 local = relayed && !addresses.isEmpty() ? addresses.get(0) : BROADCAST;
    return new Arrival(
        interfaceName,
        addresses,
        local,
        relayed ? giaddrOrNull : NOWHERE,
        relayed ? RELAY4 : CLIENT4);
  }

  /** The relay agent that a message of DHCPv4 names; null if it does not or cannot be read. */
  private static Ipv6 giaddr(Bytes packet) {
    try {
      Dhcp4Message message = Dhcp4Message.decode(packet);
      return message.isRelayed() ? Ipv6.mapped(message.relayAddress()) : null;
    } catch (MalformedPacketException e) {
      return null;
    }
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

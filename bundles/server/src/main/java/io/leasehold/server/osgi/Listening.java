// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.net.Family;
import io.leasehold.security.AuditSink;
import io.leasehold.security.Channel;
import io.leasehold.security.Channels;
import io.leasehold.security.PeerDirectory;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.relay.RelayGate;
import io.leasehold.server.relay.RelaysSeen;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the server listens on, and who may speak there. Changed by the control thread. */
final class Listening {
  private final ServerSettings settings;
  private final Surroundings surroundings;
  private final Engine engine;
  private final Bindings bindings = new Bindings();
  private final HopBindings hops = new HopBindings();
  private final RelayGate gate;
  private AuditSink toldOrNull;

  Listening(ServerSettings settings, Surroundings surroundings, Engine engine, Counters counters) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.engine = engine;
    this.gate =
        new RelayGate(
            settings.hops().gate(), new RelaysSeen(settings.clock(), this::audit), counters);
  }

  /** Listens as a plan and the configuration want, with what is there. */
  void listen(ServerPlan wanted) {
    followPeers();
    auditOpenness();
    Set<Family> served = EnumSet.noneOf(Family.class);
    List<Bindings.Wanted> families = new ArrayList<>();
    for (Family family : Family.values()) {
      FamilyPlan plan = wanted.of(family);
      if (plan.served()) {
        served.add(family);
        List<String> asked = plan.settings().interfaces();
        families.add(
            new Bindings.Wanted(
                family,
                asked.isEmpty() ? settings.interfaces() : asked,
                settings.port(family),
                engine.inbound(family, gate.datagrams(settings.port(family)))));
      }
    }
    bindings.listen(surroundings.transport(), families);
    hops.listen(
        settings.hops().listeners(),
        served,
        new HopBindings.Around(surroundings.hopTransports(), surroundings.channelsOrNull()),
        (scheme, family) -> engine.inbound(family, gate.hop(scheme)));
  }

  private void audit(String kind, String subject, String detail) {
    AuditSink sink = surroundings.auditOrNull();
    if (sink != null) {
      sink.event(kind, subject, detail);
    }
  }

  /** What weakens the protection of clients has to be provable later. */
  private void auditOpenness() {
    AuditSink sink = surroundings.auditOrNull();
    if (sink != null && sink != toldOrNull && gate.settings().accessInClear()) {
      sink.event(
          "access-identifiers-in-clear",
          "server",
          "ani.accept.over.cleartext is true: where clients are attached is taken from hops that"
              + " others can read");
    }
    toldOrNull = sink;
  }

  /** While nobody knows the peers, those hold that were known: nothing opens by that. */
  private void followPeers() {
    PeerDirectory directory = surroundings.directoryOrNull();
    gate.follow(
        directory == null ? gate.peers() : directory.peers(),
        relayChannel(),
        surroundings.authorizerOrNull());
  }

  private Channel relayChannel() {
    String name = settings.hops().relayChannel();
    if (name.isEmpty()) {
      return null;
    }
    Channels channels = surroundings.channelsOrNull();
    return channels == null ? new AbsentChannel(name) : channels.channel(name);
  }

  /** Why clients cannot reach the server, a sentence each. Any thread. */
  List<String> obstacles() {
    List<String> found = new ArrayList<>(bindings.obstacles());
    found.addAll(hops.obstacles());
    return found;
  }

  Bindings bindings() {
    return bindings;
  }

  HopBindings hops() {
    return hops;
  }

  RelayGate gate() {
    return gate;
  }

  /** Closes all. */
  void close() {
    bindings.close();
    hops.close();
  }
}

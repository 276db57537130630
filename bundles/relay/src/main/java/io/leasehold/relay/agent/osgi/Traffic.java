// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.net.Bytes;
import io.leasehold.relay.agent.Alarms;
import io.leasehold.relay.agent.Arrival;
import io.leasehold.relay.agent.Arrival.Side;
import io.leasehold.relay.agent.CommonDrop;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.InterfaceSettings;
import io.leasehold.relay.agent.Tally;
import io.leasehold.relay.agent.UplinkSettings;
import io.leasehold.relay.agent.osgi.RelayInstance.Running;
import io.leasehold.security.Admission;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerRole;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands messages to the agent and does what it says. On the threads of the transports. */
final class Traffic {
  private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);
  private static final int NO_UPLINK = -1;

  private final Surroundings surroundings;
  private final Tally tally;
  private final Alarms alarms;
  private final Datagrams datagrams;
  private final Supplier<Running> running;
  private final Ways ways = new Ways();

  Traffic(
      Surroundings surroundings,
      Tally tally,
      Alarms alarms,
      Datagrams datagrams,
      Supplier<Running> running) {
    this.surroundings = surroundings;
    this.tally = tally;
    this.alarms = alarms;
    this.datagrams = datagrams;
    this.running = running;
  }

  /** For datagrams from where clients are. */
  Inbound clients() {
    return new Inbound() {
      @Override
      public void message(Bytes message, Path path) {
        fromLink(message, path);
      }

      /** Who begins asks again; what others wait for comes sooner if that is left out. */
      @Override
      public void late(Bytes message, Path path) {
        if (running.get().agent().begins(message)) {
          tally.count(CommonDrop.LATE);
        } else {
          fromLink(message, path);
        }
      }
    };
  }

  /** For datagrams from where servers are. */
  Inbound servers() {
    return (message, path) -> fromServer(running.get(), message, path);
  }

  /** For connections of relay agents below. */
  Inbound below() {
    return this::fromBelow;
  }

  /** For a connection to a server. */
  Inbound uplink(UplinkSettings settings) {
    return (message, path) -> {
      Running now = running.get();
      int index = now.uplinks().indexOf(settings);
      boolean awaited = index >= 0 || now.uplinks().isLeaving(settings);
      if (!awaited || !permitted(path, PeerRole.SERVER)) {
        tally.count(CommonDrop.NOT_ADMITTED);
      } else {
        now.uplinks().answered(index);
        handle(now, message, Arrival.of(Side.UPSTREAM, path), path, index);
      }
    };
  }

  private void fromLink(Bytes message, Path path) {
    Running now = running.get();
    String interfaceName = path.interfaceName();
    // RFC 1542 section 4.1.2: a server answers to giaddr, an address of a link of clients, from
    // whichever link leads to it; that no interface is named means that it is none of clients.
    boolean mayBeServer = interfaceName.isEmpty() || now.settings().isUpstream(interfaceName);
    if (mayBeServer && now.agent().isForUs(message)) {
      fromServer(now, message, path);
      return;
    }
    Arrival arrival = Arrival.of(Side.CLIENTS, path);
    String channel =
        now.settings().interfaceNamed(interfaceName).map(InterfaceSettings::channel).orElse("");
    int port = now.settings().application().streamPort();
    Arrival admitted = admitted(arrival, channel, port);
    if (admitted == null || !permitted(admitted, PeerRole.RELAY)) {
      tally.count(CommonDrop.NOT_ADMITTED);
    } else {
      handle(now, message, admitted, path, NO_UPLINK);
    }
  }

  private void fromServer(Running now, Bytes message, Path path) {
    int sender = now.uplinks().sender(path.remote(), surroundings.nowMillis());
    if (sender < 0) {
      unknownServer(now, message, path);
      return;
    }
    Arrival arrival =
        admitted(
            Arrival.of(Side.UPSTREAM, path),
            now.uplinks().channel(sender),
            now.settings().sourcePort());
    if (arrival == null || !permitted(arrival, PeerRole.SERVER)) {
      tally.count(CommonDrop.NOT_ADMITTED);
    } else {
      if (now.agent().isForUs(message)) {
        now.uplinks().answered(sender);
      }
      handle(now, message, arrival, path, sender);
    }
  }

  /** It is told of, because a server with several addresses looks like that, too. */
  private void unknownServer(Running now, Bytes message, Path path) {
    tally.count(CommonDrop.UNKNOWN_SERVER);
    if (now.agent().isForUs(message)) {
      String sentence =
          "answers of %s are dropped, because it is not in upstream; if it is one of these servers,"
              + " add the address to upstream.sources";
      raise(now, "unknown-server", sentence.formatted(path.remote()), surroundings.nowMillis());
    }
  }

  private void raise(Running now, String key, String sentence, long nowMillis) {
    if (alarms.raise(key, sentence, nowMillis)) {
      LOG.warn("relay {}: {}", now.settings().name(), sentence);
    }
  }

  private void fromBelow(Bytes message, Path path) {
    if (!permitted(path, PeerRole.RELAY)) {
      tally.count(CommonDrop.NOT_ADMITTED);
      return;
    }
    handle(running.get(), message, Arrival.of(Side.BELOW, path), path, NO_UPLINK);
  }

  private boolean permitted(Path path, PeerRole role) {
    return path.peer().isEmpty() || surroundings.permits(path.peer().get(), role);
  }

  private boolean permitted(Arrival arrival, PeerRole role) {
    return arrival.peer().isEmpty() || surroundings.permits(arrival.peer().get(), role);
  }

  /** The arrival with what the channel vouches for; null if it does not admit the sender. */
  private Arrival admitted(Arrival arrival, String channel, int port) {
    if (channel.isEmpty()) {
      return arrival;
    }
    Admission admission =
        surroundings.admit(
            channel,
            new HopEnd(arrival.local(), port),
            new HopEnd(arrival.remote(), arrival.remotePort()));
    return admission.admitted() ? arrival.vouchedFor(admission) : null;
  }

  private void handle(Running now, Bytes message, Arrival arrival, Path path, int uplink) {
    long nowMillis = surroundings.nowMillis();
    for (Effect effect : now.intake().arrived(message, arrival, nowMillis)) {
      perform(now, effect, path, uplink, nowMillis);
    }
  }

  private void perform(Running now, Effect effect, Path path, int uplink, long nowMillis) {
    if (effect instanceof Effect.ToUpstream up) {
      now.uplinks().forward(up, nowMillis);
    } else if (effect instanceof Effect.ToClient down) {
      Binding from = datagrams.towardsClients();
      count(from != null && from.send(down.message(), down.to(), down.interfaceName()));
    } else if (effect instanceof Effect.Drop drop) {
      tally.count(drop.reason());
      LOG.debug("from {} on {}: {}", path.remote(), path.interfaceName(), drop.reason());
    } else if (effect instanceof Effect.Count count) {
      tally.count(count.what());
    } else if (effect instanceof Effect.Remember way) {
      ways.remember(way.way(), path);
    } else if (effect instanceof Effect.ToBelow below) {
      tally.count(
          ways.send(below.way(), below.message()) ? CommonDrop.RETURNED : CommonDrop.NO_WAY_BACK);
    } else if (effect instanceof Effect.Answered answer) {
      now.uplinks().learn(uplink, answer.flow(), nowMillis);
    } else if (effect instanceof Effect.Alarm alarm) {
      raise(now, alarm.key(), alarm.sentence(), nowMillis);
    }
  }

  private void count(boolean sent) {
    tally.count(sent ? CommonDrop.RETURNED : CommonDrop.RETURN_FAILED);
  }
}

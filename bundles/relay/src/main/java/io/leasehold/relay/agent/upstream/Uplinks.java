// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.relay.RelayStatus;
import io.leasehold.relay.agent.Agent;
import io.leasehold.relay.agent.CommonDrop;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.Flow;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.RelaySettings.Delivery;
import io.leasehold.relay.agent.Tally;
import io.leasehold.relay.agent.UplinkSettings;
import io.leasehold.security.Assurance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sends messages on, to all uplinks or to the first healthy one, and learns from the answers. Any
 * thread.
 */
public final class Uplinks {
  /** What a hop must vouch for to count as protected. */
  private static final Assurance PROTECTED = new Assurance(true, true, false, false, false, false);

  private static final int CLIENTS = 65_536;
  private static final int SERVERS = 1024;
  private static final long CLIENT_MILLIS = 300_000;
  private static final long SERVER_MILLIS = 86_400_000;

  private final RelaySettings settings;
  private final Agent agent;
  private final Tally tally;
  private final List<Uplink> uplinks;
  private final List<Integer> every;
  private final List<UplinkHealth> health = new ArrayList<>();
  private final Attachments clients;
  private final Attachments servers;

  /** Connections that are configured no more, and still bring answers. */
  private final List<Uplink> leaving = new CopyOnWriteArrayList<>();

  /**
   * Uses uplinks. Connections among those of before that are not wanted any more take leave, as
   * long as {@link #onlyLeaving} lets them.
   *
   * @param uplinks in the order of the settings
   * @param before whose knowledge of uplinks that are the same is kept; null if there is none
   */
  public Uplinks(
      RelaySettings settings, Agent agent, Tally tally, List<Uplink> uplinks, Uplinks before) {
    this.settings = settings;
    this.agent = agent;
    this.tally = tally;
    this.uplinks = List.copyOf(uplinks);
    this.every = IntStream.range(0, uplinks.size()).boxed().toList();
    boolean all = before != null && before.settings.uplinks().equals(settings.uplinks());
    this.clients = all ? before.clients : new Attachments(CLIENTS, CLIENT_MILLIS);
    this.servers = all ? before.servers : new Attachments(SERVERS, SERVER_MILLIS);
    for (Uplink each : uplinks) {
      int known = before == null ? -1 : before.indexOf(each.settings());
      boolean same = known >= 0 && before.settings.health().equals(settings.health());
      health.add(same ? before.health.get(known) : new UplinkHealth(settings.health()));
    }
    if (before != null && before.settings.application() == settings.application()) {
      Stream.concat(before.leaving.stream(), before.uplinks.stream())
          .filter(each -> !each.settings().isDatagrams() && indexOf(each.settings()) < 0)
          .forEach(leaving::add);
    }
  }

  /** Whether answers of a connection are waited for that is configured no more. */
  public boolean isLeaving(UplinkSettings sought) {
    return leaving.stream().anyMatch(each -> each.settings().equals(sought));
  }

  /** Of connections that are configured no more only these are still open. */
  public void onlyLeaving(Set<UplinkSettings> open) {
    leaving.removeIf(each -> !open.contains(each.settings()));
  }

  /** The uplinks, in the order of the settings. */
  public List<Uplink> all() {
    return uplinks;
  }

  /** Index of the uplink with these settings; -1 if there is none. */
  public int indexOf(UplinkSettings sought) {
    for (int i = 0; i < uplinks.size(); i++) {
      if (uplinks.get(i).settings().equals(sought)) {
        return i;
      }
    }
    return -1;
  }

  /** The channel that must admit datagrams of a {@link #sender}; empty if none must. */
  public String channel(int sender) {
    if (sender < uplinks.size()) {
      return uplinks.get(sender).settings().channel();
    }
    // Of those that are allowed beside the uplinks: as the uplinks themselves.
    for (Uplink each : uplinks) {
      if (each.settings().isDatagrams() && !each.settings().channel().isEmpty()) {
        return each.settings().channel();
      }
    }
    return "";
  }

  /** Sends a message on. */
  public void forward(Effect.ToUpstream message, long nowMillis) {
    boolean sent = false;
    for (int uplink : targets(message.flow(), nowMillis)) {
      sent |= send(uplink, message, nowMillis);
    }
    if (!sent) {
      tally.count(CommonDrop.NO_UPLINK);
    }
  }

  private boolean send(int index, Effect.ToUpstream message, long nowMillis) {
    Uplink uplink = uplinks.get(index);
    Uplink.State state = uplink.state(nowMillis);
    if (!state.isUp()) {
      tally.count(CommonDrop.FORWARD_FAILED);
      return false;
    }
    // RFC 8213 section 3: each hop is protected by itself; what was protected stays so.
    if (!settings.allowUnprotectedUpstream()
        && message.origin().covers(PROTECTED)
        && !state.assurance().covers(PROTECTED)) {
      tally.count(CommonDrop.NOT_PROTECTED);
      return false;
    }
    Bytes octets = message.message();
    if (!state.assurance().covers(Assurance.PRIVATE)) {
      octets = agent.withoutAccessIdentifiers(octets);
      if (octets != message.message()) {
        tally.count(CommonDrop.IDENTIFIERS_STRIPPED);
      }
    }
    if (!uplink.send(octets, nowMillis)) {
      tally.count(CommonDrop.FORWARD_FAILED);
      return false;
    }
    if (health.get(index).sent(nowMillis)) {
      uplink.renew();
    }
    tally.count(CommonDrop.FORWARDED);
    return true;
  }

  private List<Integer> targets(Flow flow, long nowMillis) {
    if (settings.delivery() == Delivery.ALL) {
      return every;
    }
    int chosen = choose(flow, nowMillis);
    if (chosen < 0) {
      return every; // None is known to answer: whichever comes back first is used.
    }
    clients.note(flow.client(), chosen, nowMillis);
    List<Integer> targets = new ArrayList<>(2);
    targets.add(chosen);
    for (int i = 0; i < uplinks.size(); i++) {
      if (i != chosen && health.get(i).isProbeDue(nowMillis)) {
        targets.add(i);
      }
    }
    return targets;
  }

  /** The one for a message; -1 if none is healthy. */
  private int choose(Flow flow, long nowMillis) {
    int server = servers.of(flow.server(), nowMillis);
    if (server >= 0 && uplinks.get(server).state(nowMillis).isUp()) {
      return server;
    }
    int before = clients.of(flow.client(), nowMillis);
    if (before >= 0 && isHealthy(before, nowMillis)) {
      return before;
    }
    for (int i = 0; i < uplinks.size(); i++) {
      if (isHealthy(i, nowMillis)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isHealthy(int index, long nowMillis) {
    return !health.get(index).isDead() && uplinks.get(index).state(nowMillis).isUp();
  }

  /**
   * The uplink that a datagram from upstream is of.
   *
   * @return its index; the number of uplinks for a sender that is allowed beside them; -1 for all
   *     others
   */
  public int sender(Ipv6 remote) {
    int group = -1;
    for (int i = 0; i < uplinks.size(); i++) {
      if (uplinks.get(i).settings().isDatagrams()) {
        Ipv6 address = uplinks.get(i).settings().address();
        if (address.equals(remote)) {
          return i;
        }
        group = group < 0 && address.isMulticast() ? i : group;
      }
    }
    if (group >= 0) {
      return group;
    }
    for (Prefix each : settings.upstreamSources()) {
      if (each.contains(remote)) {
        return uplinks.size();
      }
    }
    return -1;
  }

  /** An answer came from an uplink. */
  public void answered(int index) {
    if (index >= 0 && index < uplinks.size()) {
      health.get(index).answered();
    }
  }

  /** Learns at which uplink client and server are. */
  public void learn(int index, Flow flow, long nowMillis) {
    if (index >= 0 && index < uplinks.size()) {
      servers.note(flow.server(), index, nowMillis);
      clients.note(flow.client(), index, nowMillis);
    }
  }

  /** How they are. */
  public List<RelayStatus.Upstream> status(long nowMillis) {
    List<RelayStatus.Upstream> told = new ArrayList<>();
    for (int i = 0; i < uplinks.size(); i++) {
      Uplink.State state = uplinks.get(i).state(nowMillis);
      UplinkHealth of = health.get(i);
      String reason = state.isUp() ? of.complaint(nowMillis) : state.obstacle();
      told.add(
          new RelayStatus.Upstream(
              uplinks.get(i).settings().uri(),
              reason.isEmpty(),
              reason,
              state.assurance(),
              of.forwarded(),
              of.answers()));
    }
    return told;
  }
}

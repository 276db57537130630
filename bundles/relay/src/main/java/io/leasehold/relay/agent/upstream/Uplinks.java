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
import io.leasehold.relay.agent.RelaySettings.HealthSettings;
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
 * Sends messages on by the uplinks that a {@link Selection} says, and learns from the answers. Any
 * thread.
 */
public final class Uplinks {
  /** What a hop must vouch for to count as protected. */
  private static final Assurance PROTECTED = new Assurance(true, true, false, false, false, false);

  private static final int CLIENTS = 65_536;
  private static final int SERVERS = 1024;
  private static final long CLIENT_MILLIS = 300_000;
  private static final long SERVER_MILLIS = 86_400_000;

  /** For answers of members that have just left, whose address is nobody's any more. */
  private static final long LEFT_MILLIS = 5000;

  private record Left(Ipv6 address, String channel, long untilMillis) {}

  private final RelaySettings settings;
  private final Agent agent;
  private final Tally tally;
  private final Upstreams upstreams;
  private final List<Uplink> uplinks;
  private final List<UplinkHealth> health = new ArrayList<>();
  private final Attachments clients;
  private final Attachments servers;
  private final Selection selection;

  /** Connections that are configured no more, and still bring answers. */
  private final List<Uplink> leaving = new CopyOnWriteArrayList<>();

  /** Members of a pool that are so no more, and are spoken to by datagrams. */
  private final List<Left> left = new ArrayList<>();

  /**
   * Uses uplinks. Connections among those of before that are not wanted any more take leave, as
   * long as {@link #onlyLeaving} lets them.
   *
   * @param upstreams the fixed ones in the order of the settings
   * @param before whose knowledge of uplinks that are the same is kept; null if there is none
   */
  public Uplinks(
      RelaySettings settings, Agent agent, Tally tally, Upstreams upstreams, Before before) {
    this.settings = settings;
    this.agent = agent;
    this.tally = tally;
    this.upstreams = upstreams;
    this.uplinks = upstreams.all();
    Uplinks known = before == null ? null : before.uplinks();
    this.clients =
        known == null ? new Attachments(CLIENTS, CLIENT_MILLIS) : kept(known, known.clients);
    this.servers =
        known == null ? new Attachments(SERVERS, SERVER_MILLIS) : kept(known, known.servers);
    for (Uplink each : uplinks) {
      HealthSettings wanted = healthSettings(health.size());
      int index = known == null ? -1 : known.indexOf(each.settings());
      boolean same = index >= 0 && known.health.get(index).settings().equals(wanted);
      health.add(same ? known.health.get(index) : new UplinkHealth(wanted));
    }
    this.selection = selection();
    if (known != null && known.settings.application() == settings.application()) {
      Stream.concat(known.leaving.stream(), known.uplinks.stream())
          .filter(each -> !each.settings().isDatagrams() && indexOf(each.settings()) < 0)
          .forEach(leaving::add);
      remember(known, before.nowMillis());
    }
  }

  /**
   * What was in force before.
   *
   * @param nowMillis when it ended
   */
  public record Before(Uplinks uplinks, long nowMillis) {}

  private Attachments kept(Uplinks before, Attachments met) {
    int[] now = before.uplinks.stream().mapToInt(each -> indexOf(each.settings())).toArray();
    boolean same =
        now.length == uplinks.size() && IntStream.range(0, now.length).allMatch(i -> now[i] == i);
    return same ? met : met.moved(index -> now[index]);
  }

  private HealthSettings healthSettings(int index) {
    return index < upstreams.fixed().size() || settings.pool().isEmpty()
        ? settings.health()
        : settings.pool().get().health();
  }

  private Selection selection() {
    int fixed = upstreams.fixed().size();
    Knowledge known = new Knowledge(uplinks, health, clients, servers);
    Selection configured = new FixedSelection(settings.delivery(), fixed, known);
    return upstreams.members().isEmpty() || settings.pool().isEmpty()
        ? configured
        : new PoolSelection(settings.pool().get().spill(), upstreams, known, configured);
  }

  private void remember(Uplinks before, long nowMillis) {
    before.left.stream().filter(each -> each.untilMillis() > nowMillis).forEach(left::add);
    for (Upstreams.Member each : before.upstreams.members()) {
      UplinkSettings gone = each.uplink().settings();
      if (gone.isDatagrams() && indexOf(gone) < 0) {
        left.add(new Left(gone.address(), gone.channel(), nowMillis + LEFT_MILLIS));
      }
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
    Stream<String> used =
        Stream.concat(
            uplinks.stream()
                .map(Uplink::settings)
                .filter(UplinkSettings::isDatagrams)
                .map(UplinkSettings::channel),
            left.stream().map(Left::channel));
    return used.filter(each -> !each.isEmpty()).findFirst().orElse("");
  }

  /** Sends a message on. */
  public void forward(Effect.ToUpstream message, long nowMillis) {
    boolean sent = false;
    for (int uplink : selection.targets(message.flow(), nowMillis)) {
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
    if (!isAwaited(index, message.flow(), nowMillis)) {
      health.get(index).passed();
    } else if (health.get(index).sent(message.flow().client(), nowMillis)) {
      uplink.renew();
      selection.died(index);
    }
    tally.count(CommonDrop.FORWARDED);
    return true;
  }

  /** Whether an uplink must answer, so that its silence says something. */
  private boolean isAwaited(int index, Flow flow, long nowMillis) {
    return index < upstreams.fixed().size()
        || flow.answered()
            && (flow.server().isEmpty() || servers.of(flow.server(), nowMillis) == index);
  }

  /**
   * The uplink that a datagram from upstream is of.
   *
   * @return its index; the number of uplinks for a sender that is allowed beside them; -1 for all
   *     others
   */
  public int sender(Ipv6 remote, long nowMillis) {
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
    for (Left each : left) {
      if (each.address().equals(remote) && nowMillis < each.untilMillis()) {
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

  /** Learns at which uplink client and server are. Where clients of a pool go its members say. */
  public void learn(int index, Flow flow, long nowMillis) {
    if (index >= 0 && index < uplinks.size()) {
      servers.note(flow.server(), index, nowMillis);
      if (index < upstreams.fixed().size()) {
        clients.note(flow.client(), index, nowMillis);
      }
    }
  }

  /** How they are. */
  public List<RelayStatus.Upstream> status(long nowMillis) {
    return IntStream.range(0, uplinks.size()).mapToObj(each -> status(each, nowMillis)).toList();
  }

  private RelayStatus.Upstream status(int index, long nowMillis) {
    Uplink.State state = uplinks.get(index).state(nowMillis);
    UplinkHealth of = health.get(index);
    String reason = state.isUp() ? of.complaint(nowMillis) : state.obstacle();
    return new RelayStatus.Upstream(
        uplinks.get(index).settings().uri(),
        reason.isEmpty(),
        reason,
        state.assurance(),
        of.forwarded(),
        of.answers());
  }

  /** Members of the pool that are used, each with how its uplink is. */
  public List<RelayStatus.MemberUse> members(long nowMillis) {
    int fixed = upstreams.fixed().size();
    return IntStream.range(0, upstreams.members().size())
        .mapToObj(
            each ->
                new RelayStatus.MemberUse(
                    upstreams.members().get(each).member(), status(fixed + each, nowMillis)))
        .toList();
  }

  /** Where messages may go. */
  public Upstreams upstreams() {
    return upstreams;
  }
}

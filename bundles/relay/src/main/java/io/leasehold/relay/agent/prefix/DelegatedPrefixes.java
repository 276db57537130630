// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaPd;
import io.leasehold.codec.v6.IaPrefix;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.relay.agent.Alarms;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which client has which prefix, learned from what passes between clients and servers. Messages are
 * neither held up nor changed (RFC 8987 G-1): what is learned becomes durable and routed right
 * after, see {@link PrefixKeeper}. Any thread.
 */
final class DelegatedPrefixes implements ClientWatch {
  private static final long INFINITE = 0xffff_ffffL;

  /** Shorter ones would take in what is no client's. */
  private static final int SHORTEST = 16;

  private final Tally tally;
  private final Alarms alarms;
  private final Runnable wake;
  private final Map<Prefix, Delegation> delegations = new HashMap<>();
  private final Map<Client, Integer> perClient = new HashMap<>();
  private final Map<String, Integer> perInterface = new HashMap<>();

  /** No prefix ends before. */
  private long nextEndMillis = Long.MAX_VALUE;

  /** Not taken yet; the last one about each prefix. */
  private Map<Prefix, PrefixChange> changes = new LinkedHashMap<>();

  private volatile PrefixSettings settings = PrefixSettings.NONE;

  private record Client(Bytes duid, String interfaceName) {}

  /**
   * Knows none.
   *
   * @param wake called when there are changes to take
   */
  DelegatedPrefixes(Tally tally, Alarms alarms, Runnable wake) {
    this.tally = tally;
    this.alarms = alarms;
    this.wake = wake;
  }

  /** Works by these settings from now on; what is known stays. */
  void configure(PrefixSettings next) {
    if (next.remembered()) {
      tally.declare(PrefixEvent.values());
    }
    settings = next;
  }

  @Override
  public boolean fromClient(Bytes message, String interfaceName, Ipv6 client, long nowMillis) {
    PrefixSettings now = settings;
    if (now.checked() && !client.isLinkLocal() && isSpoofed(message, interfaceName, client)) {
      return false;
    }
    if (now.remembered() && isOfType(message, Dhcp6MessageType.RELEASE)) {
      released(message, interfaceName);
    }
    return true;
  }

  @Override
  public void toClient(Bytes message, String interfaceName, Ipv6 client, long nowMillis) {
    if (settings.remembered() && isOfType(message, Dhcp6MessageType.REPLY)) {
      try {
        ClientServerMessage reply = ClientServerMessage.decode(message);
        Bytes duid = reply.options().rawOrEmpty(Dhcp6OptionCode.CLIENT_ID).compact();
        for (IaPd association : reply.options().all(Dhcp6Options.IA_PD)) {
          for (IaPrefix each : association.options().all(Dhcp6Options.IAPREFIX)) {
            said(
                each,
                new Delegation(
                    each.prefix(),
                    client,
                    interfaceName,
                    duid,
                    association.iaid(),
                    until(each, nowMillis)),
                nowMillis);
          }
        }
      } catch (MalformedPacketException e) {
        // RFC 8987 G-1: it is the client's to judge.
        tally.count(PrefixEvent.PREFIX_UNREADABLE);
      }
    }
  }

  private static boolean isOfType(Bytes message, int type) {
    return !message.isEmpty() && message.at(0) == type;
  }

  private static long until(IaPrefix prefix, long nowMillis) {
    return prefix.validSeconds() == INFINITE
        ? Delegation.FOR_EVER
        : nowMillis + prefix.validSeconds() * 1000;
  }

  /** A server says for how long a client has a prefix. */
  private void said(IaPrefix said, Delegation delegation, long nowMillis) {
    // RFC 8415 section 21.22: such lifetimes say nothing.
    boolean nonsense = said.preferredSeconds() > said.validSeconds();
    if (nonsense || !isDelegable(said.prefix()) || delegation.client().isEmpty()) {
      tally.count(PrefixEvent.PREFIX_UNREADABLE);
    } else if (!delegation.nextHop().isLinkLocal()) {
      tally.count(PrefixEvent.PREFIX_WITHOUT_NEXT_HOP);
    } else if (said.validSeconds() == 0) {
      withdrawn(delegation);
    } else {
      delegated(delegation, nowMillis);
    }
  }

  private static boolean isDelegable(Prefix prefix) {
    Ipv6 first = prefix.address();
    return prefix.length() >= SHORTEST
        && !first.isUnspecified()
        && !first.isMulticast()
        && !first.isLinkLocal()
        && !first.isLoopback()
        && !first.isMapped();
  }

  private synchronized void withdrawn(Delegation delegation) {
    Delegation before = delegations.get(delegation.prefix());
    if (before != null && before.isOf(delegation.client(), delegation.interfaceName())) {
      remove(before);
      tally.count(PrefixEvent.PREFIX_WITHDRAWN);
      wake.run();
    }
  }

  private synchronized void delegated(Delegation delegation, long nowMillis) {
    Delegation before = delegations.get(delegation.prefix());
    boolean same = before != null && before.isOf(delegation.client(), delegation.interfaceName());
    if (!same && !hasRoom(delegation, nowMillis)) {
      return;
    }
    put(delegation);
    tally.count(same ? PrefixEvent.PREFIX_RENEWED : PrefixEvent.PREFIX_DELEGATED);
    wake.run();
  }

  private boolean hasRoom(Delegation delegation, long nowMillis) {
    String interfaceName = delegation.interfaceName();
    Client client = new Client(delegation.client(), interfaceName);
    if (perInterface.getOrDefault(interfaceName, 0) >= settings.perInterface()) {
      tally.count(PrefixEvent.PREFIX_OVER_INTERFACE_LIMIT);
      alarm(interfaceName, "there are", settings.perInterface(), "interface", nowMillis);
      return false;
    }
    if (perClient.getOrDefault(client, 0) >= settings.perClient()) {
      tally.count(PrefixEvent.PREFIX_OVER_CLIENT_LIMIT);
      alarm(interfaceName, "a client has", settings.perClient(), "client", nowMillis);
      return false;
    }
    return true;
  }

  private void alarm(String interfaceName, String who, int most, String per, long nowMillis) {
    alarms.raise(
        "prefixes-per-" + per + "-" + interfaceName,
        "interface "
            + interfaceName
            + ": "
            + who
            + " more than "
            + most
            + " delegated prefixes; others are not routed (prefixes.per."
            + per
            + ")",
        nowMillis);
  }

  private void put(Delegation delegation) {
    Delegation before = delegations.put(delegation.prefix(), delegation);
    if (before != null) {
      count(before, -1);
    }
    count(delegation, 1);
    nextEndMillis = Math.min(nextEndMillis, delegation.validUntilMillis());
    changes.put(delegation.prefix(), new PrefixChange(delegation, false));
  }

  private void remove(Delegation delegation) {
    delegations.remove(delegation.prefix());
    count(delegation, -1);
    changes.put(delegation.prefix(), new PrefixChange(delegation, true));
  }

  private void count(Delegation delegation, int more) {
    Client client = new Client(delegation.client(), delegation.interfaceName());
    perClient.merge(client, more, DelegatedPrefixes::sumOrNone);
    perInterface.merge(delegation.interfaceName(), more, DelegatedPrefixes::sumOrNone);
  }

  private static Integer sumOrNone(int count, int more) {
    return count + more == 0 ? null : count + more;
  }

  /** RFC 8987 G-9. Which of its prefixes a client releases is what it lists. */
  private void released(Bytes message, String interfaceName) {
    try {
      ClientServerMessage release = ClientServerMessage.decode(message);
      Bytes duid = release.options().rawOrEmpty(Dhcp6OptionCode.CLIENT_ID);
      for (IaPd association : release.options().all(Dhcp6Options.IA_PD)) {
        List<Prefix> listed = new ArrayList<>();
        association.options().all(Dhcp6Options.IAPREFIX).forEach(each -> listed.add(each.prefix()));
        released(duid, interfaceName, association.iaid(), listed);
      }
    } catch (MalformedPacketException e) {
      tally.count(PrefixEvent.PREFIX_UNREADABLE);
    }
  }

  private synchronized void released(
      Bytes duid, String interfaceName, long iaid, List<Prefix> listed) {
    if (!perClient.containsKey(new Client(duid, interfaceName))) {
      return;
    }
    for (Delegation each : List.copyOf(delegations.values())) {
      boolean meant = each.iaid() == iaid && (listed.isEmpty() || listed.contains(each.prefix()));
      if (meant && each.isOf(duid, interfaceName)) {
        remove(each);
        tally.count(PrefixEvent.PREFIX_RELEASED);
        wake.run();
      }
    }
  }

  /** RFC 8987 R-3, as far as it concerns messages to the relay agent. */
  private boolean isSpoofed(Bytes message, String interfaceName, Ipv6 source) {
    Delegation owner = owner(source);
    return owner != null && !owner.isOf(client(message), interfaceName);
  }

  private static Bytes client(Bytes message) {
    try {
      return ClientServerMessage.decode(message).options().rawOrEmpty(Dhcp6OptionCode.CLIENT_ID);
    } catch (MalformedPacketException e) {
      return Bytes.EMPTY;
    }
  }

  /** Who has the longest prefix of an address, or null. */
  private synchronized Delegation owner(Ipv6 address) {
    for (int length = 128; length >= SHORTEST; length--) {
      Delegation found = delegations.get(address.prefix(length));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Puts back what was kept; what is over meanwhile has gone. */
  synchronized void restore(Collection<Delegation> kept, long nowMillis) {
    for (Delegation each : kept) {
      if (each.isOver(nowMillis)) {
        changes.put(each.prefix(), new PrefixChange(each, true));
      } else if (!delegations.containsKey(each.prefix())) {
        put(each);
      }
    }
    wake.run();
  }

  /** RFC 8987 G-8: ends what is over, and only that. */
  synchronized void expire(long nowMillis) {
    if (nextEndMillis > nowMillis) {
      return;
    }
    nextEndMillis = Long.MAX_VALUE;
    for (Delegation each : List.copyOf(delegations.values())) {
      if (each.isOver(nowMillis)) {
        remove(each);
        tally.count(PrefixEvent.PREFIX_EXPIRED);
      } else {
        nextEndMillis = Math.min(nextEndMillis, each.validUntilMillis());
      }
    }
  }

  /** No prefix is over before; {@link Long#MAX_VALUE} if none ever is. */
  synchronized long nextEndMillis() {
    return nextEndMillis;
  }

  /** Takes all changes since the last time. */
  synchronized List<PrefixChange> takeChanges() {
    List<PrefixChange> taken = List.copyOf(changes.values());
    changes = new LinkedHashMap<>();
    return taken;
  }

  /** All of them, by prefix. */
  synchronized List<Delegation> all() {
    return delegations.values().stream().sorted(Comparator.comparing(Delegation::prefix)).toList();
  }
}

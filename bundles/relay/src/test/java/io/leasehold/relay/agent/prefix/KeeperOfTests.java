// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaPd;
import io.leasehold.codec.v6.IaPrefix;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.relay.RouteSink;
import io.leasehold.relay.agent.Alarms;
import io.leasehold.relay.agent.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A keeper with a medium and routes in memory, and a clock that is set. */
final class KeeperOfTests {
  static final PrefixSettings SETTINGS = new PrefixSettings(true, 8, 100, true, 0);
  static final Bytes CLIENT = Bytes.ofHex("0003000102000000000a");
  static final Bytes OTHER = Bytes.ofHex("0003000102000000000b");
  static final Ipv6 HOP = Ipv6.ofText("fe80::a");
  static final Ipv6 OTHER_HOP = Ipv6.ofText("fe80::b");
  static final Prefix FIRST = Prefix.ofText("2001:db8:1::/48");
  static final Prefix SECOND = Prefix.ofText("2001:db8:2:300::/56");

  final MemoryMedium medium;
  final Table table = new Table();
  final Tally tally = new Tally();
  final Alarms alarms = new Alarms();
  final PrefixKeeper keeper;
  long nowMillis = 1_000_000;
  int wakes;

  KeeperOfTests() {
    this(new MemoryMedium(), SETTINGS);
  }

  KeeperOfTests(MemoryMedium medium, PrefixSettings settings) {
    this.medium = medium;
    this.keeper = new PrefixKeeper(medium, tally, alarms, () -> wakes++);
    keeper.configure(settings);
    keeper.use(table);
  }

  /** One that starts on what this one has left. */
  KeeperOfTests restarted() {
    KeeperOfTests next = new KeeperOfTests(medium, SETTINGS);
    next.nowMillis = nowMillis;
    return next;
  }

  /** Turns until there is nothing to do now; when the next turn is due. */
  long turn() {
    long next = keeper.turn(nowMillis);
    while (next <= nowMillis) {
      next = keeper.turn(nowMillis);
    }
    return next;
  }

  long later(long millis) {
    nowMillis += millis;
    return turn();
  }

  /** A server tells a client on eth1 that it has a prefix. */
  void delegated(Prefix prefix, long seconds) {
    reply("eth1", HOP, CLIENT, association(1, prefix, seconds));
  }

  void reply(String interfaceName, Ipv6 hop, Bytes client, IaPd... associations) {
    keeper
        .watch()
        .toClient(
            message(Dhcp6MessageType.REPLY, client, associations), interfaceName, hop, nowMillis);
  }

  boolean fromClient(int type, String interfaceName, Ipv6 source, Bytes client, IaPd... all) {
    return keeper.watch().fromClient(message(type, client, all), interfaceName, source, nowMillis);
  }

  static Bytes message(int type, Bytes client, IaPd... associations) {
    Options.Builder options = Options.builder();
    options.add(Dhcp6OptionCode.CLIENT_ID, client);
    for (IaPd each : associations) {
      options.add(Dhcp6Options.IA_PD, each);
    }
    return new ClientServerMessage(type, 7, options.build()).encode();
  }

  static IaPd association(long iaid, Prefix prefix, long validSeconds) {
    return association(iaid, prefixOption(prefix, validSeconds, validSeconds));
  }

  static IaPd association(long iaid, IaPrefix... prefixes) {
    Options.Builder options = Options.builder();
    for (IaPrefix each : prefixes) {
      options.add(Dhcp6Options.IAPREFIX, each);
    }
    return new IaPd(iaid, 0, 0, options.build());
  }

  static IaPrefix prefixOption(Prefix prefix, long preferredSeconds, long validSeconds) {
    return new IaPrefix(prefix, preferredSeconds, validSeconds, Options.EMPTY);
  }

  /** Prefixes as texts, with where they are routed to. */
  List<String> prefixes() {
    return keeper.prefixes().stream()
        .map(each -> each.prefix() + " " + each.nextHop() + " " + each.interfaceName())
        .toList();
  }

  long count(PrefixEvent event) {
    return tally.values().get(event.counter());
  }

  /** Routes that are in place, and what was done to them. */
  static final class Table implements RouteSink {
    final Map<Prefix, String> routes = new TreeMap<>();
    final List<String> done = new ArrayList<>();
    String failure = "";

    @Override
    public String name() {
      return "table";
    }

    @Override
    public void add(Prefix prefix, Ipv6 nextHop, String interfaceName) throws IOException {
      change("add", prefix, nextHop, interfaceName);
      routes.put(prefix, nextHop + " " + interfaceName);
    }

    @Override
    public void remove(Prefix prefix, Ipv6 nextHop, String interfaceName) throws IOException {
      change("remove", prefix, nextHop, interfaceName);
      routes.remove(prefix);
    }

    private void change(String verb, Prefix prefix, Ipv6 nextHop, String interfaceName)
        throws IOException {
      done.add(verb + " " + prefix + " " + nextHop + " " + interfaceName);
      if (!failure.isEmpty()) {
        throw new IOException(failure);
      }
    }
  }

  /** A medium that may fail, or stop in the middle of an append. */
  static final class MemoryMedium implements PrefixMedium {
    Bytes content = Bytes.EMPTY;
    int appends;
    int replaces;
    boolean failing;
    int octetsUntilFailure = -1;

    @Override
    public Bytes read() throws IOException {
      fail();
      return content;
    }

    @Override
    public void append(Bytes octets) throws IOException {
      fail();
      appends++;
      int whole =
          octetsUntilFailure < 0 ? octets.length() : Math.min(octetsUntilFailure, octets.length());
      content = Bytes.ofUtf8(content.toUtf8() + octets.slice(0, whole).toUtf8());
      if (octetsUntilFailure >= 0) {
        throw new IOException("no space left");
      }
    }

    @Override
    public void replace(Bytes octets) throws IOException {
      fail();
      replaces++;
      content = octets;
    }

    private void fail() throws IOException {
      if (failing) {
        throw new IOException("no medium");
      }
    }

    @Override
    public String place() {
      return "memory";
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.pool.PoolMember;
import io.leasehold.relay.RelayStatus;
import io.leasehold.security.Sanitizer;
import io.leasehold.server.RelayLedger;
import io.leasehold.server.RelaySeen;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists relay agents: those that the server has heard, and those of this host. */
@Service
@Command(
    scope = "dhcp",
    name = "relay-list",
    description = "Lists relay agents: those that the server has heard, and those of this host",
    detailedDescription =
        "What is INSECURE came in clear: nobody vouches for it. Example: dhcp:relay-list --json")
public final class RelayListCommand extends DhcpCommand {

  @Override
  void run() throws CommandFailure {
    Optional<RelayLedger> server = services.find(RelayLedger.class);
    List<RelayStatus> agents = services.all(RelayStatus.class);
    if (server.isEmpty() && agents.isEmpty()) {
      throw new CommandFailure(
          "neither server nor relay agent is here; install one, for example feature:install"
              + " leasehold-relay");
    }
    Rows seen = seen(server.map(RelayLedger::relays).orElse(List.of()));
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("policy", server.map(RelayLedger::policy));
      all.put("seen", seen.json());
      all.put("agents", agents.stream().map(RelayListCommand::agent).toList());
      out.println(Json.of(all));
      return;
    }
    if (server.isPresent()) {
      out.println("Heard by the server, whose relay.policy is " + server.get().policy() + ":");
      seen.table("no relay agent was heard").print(out);
    }
    agents.forEach(this::print);
  }

  private static Rows seen(List<RelaySeen> relays) {
    Rows rows =
        new Rows(
            "relay",
            "peer",
            "carrier",
            "assurance",
            "links",
            "first",
            "last",
            "messages",
            "refused");
    for (RelaySeen each : relays) {
      rows.add(
          each.address(),
          each.peer(),
          each.carrier(),
          each.assurance(),
          each.links(),
          each.first(),
          each.last(),
          each.messages(),
          each.refusal());
    }
    return rows;
  }

  private static Map<String, Object> agent(RelayStatus agent) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", agent.name());
    facts.put("interfaces", interfaces(agent).json());
    facts.put("upstreams", upstreams(agent).json());
    facts.put("pool", agent.pool().map(RelayListCommand::pool));
    facts.put("counters", new TreeMap<>(agent.counters()));
    facts.put("alarms", agent.alarms());
    return facts;
  }

  private void print(RelayStatus agent) {
    out.println();
    out.println("Relay agent " + Sanitizer.line(agent.name()) + " of this host:");
    interfaces(agent).table("no interface").print(out);
    upstreams(agent).table("no upstream").print(out);
    agent.pool().ifPresent(this::print);
    agent.alarms().forEach(line -> out.println("  " + line));
  }

  private static Map<String, Object> pool(RelayStatus.PoolUse pool) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("pool", pool.handle().toString());
    facts.put("state", pool.view().map(each -> PoolText.word(each.state())));
    facts.put("since", pool.view().map(each -> each.since().truncatedTo(ChronoUnit.SECONDS)));
    facts.put("fallback", pool.fallback());
    facts.put("members", members(pool).json());
    return facts;
  }

  private void print(RelayStatus.PoolUse pool) {
    out.println(
        "Pool %s, %s:"
            .formatted(
                pool.handle(),
                pool.view()
                    .map(
                        each ->
                            PoolText.word(each.state())
                                + " since "
                                + each.since().truncatedTo(ChronoUnit.SECONDS))
                    .orElse("which nobody knows here")));
    members(pool).table("no member that can be used").print(out);
  }

  private static Rows members(RelayStatus.PoolUse pool) {
    Rows rows = new Rows("member", "group", "rank", "healthy", "chosen", "answered", "reason");
    for (RelayStatus.MemberUse each : pool.members()) {
      rows.add(
          each.member().toString(),
          PoolMember.idText(each.member().group()),
          each.member().rank(),
          each.upstream().healthy(),
          each.upstream().forwarded(),
          each.upstream().answered(),
          each.upstream().reason());
    }
    return rows;
  }

  private static Rows interfaces(RelayStatus agent) {
    Rows rows = new Rows("interface", "role", "link-address", "giaddr", "state");
    for (RelayStatus.RelayInterface each : agent.interfaces()) {
      rows.add(each.name(), each.role(), each.linkAddress6(), each.relayAddress4(), each.state());
    }
    return rows;
  }

  private static Rows upstreams(RelayStatus agent) {
    Rows rows = new Rows("upstream", "healthy", "assurance", "forwarded", "answered", "reason");
    for (RelayStatus.Upstream each : agent.upstreams()) {
      rows.add(
          each.uri(),
          each.healthy(),
          each.assurance(),
          each.forwarded(),
          each.answered(),
          each.reason());
    }
    return rows;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.pool.PoolElementControl;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolUserControl;
import io.leasehold.pool.RegistrarContact;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.security.Sanitizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists registrars of pools: those that this host asks, its own, and the peers of that. */
@Service
@Command(
    scope = "dhcp",
    name = "registrar-list",
    description = "Lists registrars of pools: those that are asked, that of this host, its peers",
    detailedDescription =
        "The checksum of a peer's elements is here and there the same, or they are downloaded again."
            + " Example: dhcp:registrar-list --json")
public final class RegistrarListCommand extends DhcpCommand {

  @Override
  void run() throws CommandFailure {
    PoolText.requireAny(services);
    Optional<RegistrarControl> own = services.find(RegistrarControl.class);
    Rows asked = asked();
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("asked", asked.json());
      all.put("own", own.map(RegistrarListCommand::facts));
      all.put("alarms", PoolText.alarms(services));
      out.println(Json.of(all));
      return;
    }
    if (!asked.isEmpty()) {
      out.println("Asked by this host:");
      asked.table("no registrar").print(out);
    }
    own.ifPresent(this::print);
    PoolText.alarms(services).forEach(line -> out.println("  " + Sanitizer.line(line)));
  }

  private Rows asked() {
    Rows rows = new Rows("registrar", "by", "state", "assurance", "since", "reason");
    for (PoolUserControl user : services.all(PoolUserControl.class)) {
      add(rows, "user", user.registrars());
    }
    for (PoolElementControl element : services.all(PoolElementControl.class)) {
      add(rows, "element " + element.name(), element.registrars());
    }
    return rows;
  }

  private static void add(Rows rows, String by, List<RegistrarContact> contacts) {
    for (RegistrarContact each : contacts) {
      boolean connected = each.state() == RegistrarContact.State.HOME;
      rows.add(
          each.address(),
          by,
          PoolText.word(each.state()),
          connected ? each.assurance() : null,
          each.since(),
          each.why());
    }
  }

  private static Map<String, Object> facts(RegistrarControl registrar) {
    Map<String, Object> facts = summary(registrar);
    facts.put("peers", peers(registrar).json());
    facts.put("counters", new TreeMap<>(registrar.counters()));
    facts.put("events", registrar.events().stream().map(RegistrarListCommand::event).toList());
    return facts;
  }

  private static Map<String, Object> summary(RegistrarControl registrar) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("registrar", PoolMember.idText(registrar.serverId()));
    facts.put("ready", registrar.isReady());
    facts.put("condition", registrar.condition());
    facts.put("secure", registrar.isSecure());
    facts.put("checksum", PoolText.checksum(registrar.checksum()));
    facts.put("pools", registrar.pools().size());
    facts.put(
        "elements", registrar.pools().stream().mapToInt(RegistrarControl.Pool::elements).sum());
    facts.put(
        "own-elements", registrar.pools().stream().mapToInt(RegistrarControl.Pool::own).sum());
    return facts;
  }

  private static Map<String, Object> event(RegistrarControl.Event event) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("at", seconds(event.at()));
    facts.put("what", event.what());
    return facts;
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private void print(RegistrarControl registrar) {
    out.println("Registrar of this host:");
    Map<String, String> lines = new LinkedHashMap<>();
    summary(registrar).forEach((name, value) -> lines.put(name, text(value)));
    FactLines.print(out, lines);
    peers(registrar).table("no other registrar").print(out);
    registrar
        .events()
        .forEach(
            each -> out.println("  " + seconds(each.at()) + " " + Sanitizer.line(each.what())));
  }

  private static String text(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "yes" : "no";
    }
    return value.equals("") ? "-" : Sanitizer.line(value.toString());
  }

  private static Rows peers(RegistrarControl registrar) {
    Rows rows =
        new Rows(
            "registrar",
            "peer",
            "address",
            "state",
            "assurance",
            "elements",
            "checksum",
            "told checksum",
            "last heard");
    for (RegistrarControl.Peer each : registrar.peers()) {
      rows.add(
          PoolMember.idText(each.serverId()),
          each.peer(),
          each.address(),
          PoolText.word(each.state()),
          each.assurance(),
          each.elements(),
          PoolText.checksum(each.checksum()),
          each.toldChecksum().map(PoolText::checksum),
          each.lastHeard());
    }
    return rows;
  }
}

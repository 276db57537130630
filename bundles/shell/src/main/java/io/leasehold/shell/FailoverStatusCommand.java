// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.failover.FailoverStatus;
import io.leasehold.security.Sanitizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says how a failover relationship is, and what it waits for. */
@Service
@Command(
    scope = "dhcp",
    name = "failover-status",
    description = "Says how a failover relationship is, and what it waits for",
    detailedDescription =
        "A negative skew is a partner whose clock is behind. Example: dhcp:failover-status pair-1"
            + " --json")
public final class FailoverStatusCommand extends DhcpCommand {
  @Argument(name = "relationship", description = "Its name", multiValued = true)
  @Completion(FailoverCompleter.class)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    String name = argument(words);
    FailoverStatus status =
        FailoverRows.named(
            name,
            installed(FailoverStatus.class, "failover relationship", "leasehold-failover"),
            FailoverStatus::name);
    Map<String, Object> facts = Attempt.of(() -> facts(status));
    if (json) {
      facts.put("counters", new TreeMap<>(status.counters()));
      facts.put("events", status.events().stream().map(FailoverStatusCommand::event).toList());
      out.println(Json.of(facts));
    } else {
      print(facts, status);
    }
  }

  private static Map<String, Object> facts(FailoverStatus status) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("relationship", status.name());
    facts.put("role", FailoverRows.role(status));
    standing("", status.standing(), facts);
    facts.put("ways-out", status.waysOut());
    status
        .partner()
        .ifPresentOrElse(
            each -> standing("partner-", each, facts), () -> facts.put("partner-state", null));
    FailoverStatus.Contact contact = status.contact();
    facts.put("connected", contact.up());
    facts.put("skew-millis", contact.skewMillis());
    facts.put("last-heard", contact.lastHeard().map(FailoverStatusCommand::seconds));
    facts.put("mclt-seconds", contact.mcltSeconds());
    FailoverStatus.Updates updates = status.updates();
    facts.put("updates-waiting", updates.waiting());
    facts.put("updates-unanswered", updates.unanswered());
    facts.put("last-answered", updates.lastAnswered().map(FailoverStatusCommand::seconds));
    facts.put("shares", status.shares().stream().map(FailoverStatusCommand::share).toList());
    facts.put("differences", status.differences());
    facts.put("alarms", status.alarms());
    return facts;
  }

  private static void standing(
      String prefix, FailoverStatus.Standing standing, Map<String, Object> facts) {
    facts.put(prefix + "state", standing.state());
    facts.put(prefix + "since", seconds(standing.since()));
    facts.put(prefix + "why", standing.why());
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Map<String, Object> share(FailoverStatus.Share share) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("pool", share.pool());
    facts.put("units", share.units());
    facts.put("primary", share.primarys());
    facts.put("secondary", share.secondarys());
    facts.put("secondary-wanted", share.secondarysWanted());
    facts.put("taken", share.taken());
    return facts;
  }

  private static Map<String, Object> event(FailoverStatus.Event event) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("at", seconds(event.at()));
    facts.put("what", event.what());
    return facts;
  }

  private void print(Map<String, Object> facts, FailoverStatus status) {
    Map<String, Object> lines = new LinkedHashMap<>();
    facts.forEach(
        (name, value) -> {
          if (!(value instanceof List<?>)) {
            lines.put(name, text(value));
          }
        });
    FactLines.print(out, lines);
    list("Would end the state:", status.waysOut());
    list(
        "Available to whom, pool by pool:",
        status.shares().stream().map(FailoverStatusCommand::shared).toList());
    list("Differs at the partner:", status.differences());
    list("Wants attention:", status.alarms());
    list(
        "Happened:",
        status.events().stream().map(each -> seconds(each.at()) + " " + each.what()).toList());
  }

  private static String shared(FailoverStatus.Share share) {
    return "%s: primary %d, secondary %d (should have %d), taken %d of %d"
        .formatted(
            share.pool(),
            share.primarys(),
            share.secondarys(),
            share.secondarysWanted(),
            share.taken(),
            share.units());
  }

  private static String text(Object value) {
    Object there = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (there instanceof Boolean truth) {
      return truth ? "yes" : "no";
    }
    return there == null || there.equals("") ? "-" : Sanitizer.line(there.toString());
  }

  private void list(String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      out.println();
      out.println(title);
      sentences.forEach(sentence -> out.println("  " + Sanitizer.line(sentence)));
    }
  }
}

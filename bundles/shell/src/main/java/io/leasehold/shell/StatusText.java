// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Family;
import io.leasehold.server.ServerStatus;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.EndpointStatus.State;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.support.table.ShellTable;

/** The server's status for people and for programs. */
final class StatusText {
  private StatusText() {}

  static Map<String, Object> json(
      ServerStatus server, List<String> obstacles, List<String> alarms) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("ready", obstacles.isEmpty());
    facts.put("obstacles", obstacles);
    facts.put("alarms", alarms);
    facts.put("facts", FactLines.typed(server.facts()));
    facts.put("endpoints", endpoints(server.endpoints()));
    return facts;
  }

  static void print(
      PrintStream out, ServerStatus server, List<String> obstacles, List<String> alarms) {
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("ready", obstacles.isEmpty() ? "yes" : "no");
    lines.putAll(server.facts());
    server.endpoints().forEach((name, list) -> lines.putAll(summaries("transport " + name, list)));
    FactLines.print(out, lines);
    list(out, "In the way:", obstacles);
    list(out, "Wants attention:", alarms);
  }

  private static void list(PrintStream out, String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      out.println();
      out.println(title);
      sentences.forEach(sentence -> out.println("  " + sentence));
    }
  }

  /** A line for each family that has endpoints. */
  private static Map<String, String> summaries(String name, List<EndpointStatus> endpoints) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Family family : Family.values()) {
      List<EndpointStatus> its =
          endpoints.stream().filter(each -> each.family() == family).toList();
      if (!its.isEmpty()) {
        lines.put(name + " " + Families.word(family), summary(its));
      }
    }
    return lines.isEmpty() ? Map.of(name, summary(endpoints)) : lines;
  }

  private static String summary(List<EndpointStatus> endpoints) {
    long listening =
        endpoints.stream().filter(endpoint -> endpoint.state() == State.LISTENING).count();
    return listening + " of " + endpoints.size() + " endpoints listen";
  }

  /** A row for each endpoint of each transport. */
  static ShellTable table(Map<String, List<EndpointStatus>> transports) {
    ShellTable table = new ShellTable().forceAscii();
    table.column("transport");
    table.column("family");
    table.column("interface");
    table.column("address");
    table.column("port").alignRight();
    table.column("state");
    table.column("reason");
    table.emptyTableText("no endpoint");
    transports.forEach(
        (name, endpoints) -> {
          for (EndpointStatus each : endpoints) {
            table
                .addRow()
                .addContent(
                    name,
                    Families.word(each.family()),
                    each.interfaceName(),
                    each.address(),
                    each.port(),
                    word(each.state()),
                    each.reason());
          }
        });
    return table;
  }

  /** The same for programs. */
  static List<Map<String, Object>> endpoints(Map<String, List<EndpointStatus>> transports) {
    return transports.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(each -> endpoint(entry.getKey(), each)))
        .toList();
  }

  private static Map<String, Object> endpoint(String transport, EndpointStatus status) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("transport", transport);
    facts.put("family", Families.word(status.family()));
    facts.put("interface", status.interfaceName());
    facts.put("address", status.address());
    facts.put("port", status.port());
    facts.put("state", word(status.state()));
    facts.put("reason", status.reason());
    return facts;
  }

  private static String word(State state) {
    return switch (state) {
      case LISTENING -> "listening";
      case RETRYING -> "retrying";
      case ABSENT -> "absent";
    };
  }
}

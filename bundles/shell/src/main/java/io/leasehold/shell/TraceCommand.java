// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.Decision;
import io.leasehold.server.DecisionLedger;
import io.leasehold.server.TracePattern;
import io.leasehold.server.TraceState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows why clients get what they get. */
@Service
@Command(
    scope = "dhcp",
    name = "trace",
    description = "Shows why a client got its answer, or none",
    detailedDescription =
        "Begins to note what is decided about the messages of a client, of a relay agent or of a"
            + " transaction, and prints what was noted so far. A trace ends by itself, after 10"
            + " minutes or 100 messages unless told otherwise, and is forgotten 10 minutes after"
            + " that. Without an argument it lists traces. Examples: dhcp:trace 02:00:00:00:00:01"
            + " --follow, dhcp:trace 2001:db8:1::1 --count 5 --follow, dhcp:trace 0x123456,"
            + " dhcp:trace any --dropped")
public final class TraceCommand extends DhcpCommand {
  private static final long LOOK_MILLIS = 100;

  @Argument(
      name = "client|relay|xid",
      description =
          "DUID, client identifier or hardware address; address of a relay agent; 0x and a"
              + " transaction id; or any",
      multiValued = true)
  @Completion(TraceCompleter.class)
  List<String> words = List.of();

  @Option(name = "--follow", description = "Waits for further messages until the trace ends")
  boolean follow;

  @Option(name = "--dropped", description = "Only messages that are not answered")
  boolean dropped;

  @Option(name = "--packets", description = "Prints messages and answers, too")
  boolean packets;

  @Option(name = "--off", description = "Ends the trace and forgets it")
  boolean off;

  @Option(name = "--count", description = "Prints so many and no more")
  int count = Integer.MAX_VALUE;

  @Option(name = "--minutes", description = "The trace ends after so many minutes")
  long minutes;

  @Option(name = "--records", description = "The trace ends with so many messages")
  int records;

  @Override
  boolean raise(String flag) {
    follow |= flag.equals("--follow");
    dropped |= flag.equals("--dropped");
    packets |= flag.equals("--packets");
    off |= flag.equals("--off");
    return List.of("--follow", "--dropped", "--packets", "--off").contains(flag)
        || super.raise(flag);
  }

  @Override
  boolean take(String option, String value) {
    try {
      switch (option) {
        case "--count" -> count = Integer.parseInt(value);
        case "--minutes" -> minutes = Long.parseLong(value);
        case "--records" -> records = Integer.parseInt(value);
        default -> {
          return false;
        }
      }
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  void run() throws CommandFailure {
    DecisionLedger ledger = server(DecisionLedger.class);
    List<String> arguments = arguments(words);
    if (arguments.isEmpty()) {
      list(ledger.traces());
      return;
    }
    TracePattern meant = TraceTarget.read(argument(arguments));
    TracePattern pattern = dropped ? meant.onlyDropped() : meant;
    if (off) {
      end(ledger, pattern);
      return;
    }
    List<Decision> there = ledger.decisions(pattern, 0);
    TraceState state = begun(ledger, pattern);
    long last = print(there, 0);
    if (follow) {
      follow(ledger, pattern, last, there.size());
    } else if (!json && there.isEmpty()) {
      out.println(
          "Nothing yet. Until %s messages of %s are noted; the same command shows them, and with --follow it waits."
              .formatted(state.until().truncatedTo(ChronoUnit.SECONDS), TraceTarget.text(pattern)));
    }
  }

  private void end(DecisionLedger ledger, TracePattern pattern) throws CommandFailure {
    if (!ledger.end(pattern)) {
      throw new CommandFailure("there is no such trace; dhcp:trace lists all");
    }
    out.println(
        json ? Json.of(Map.of("ended", TraceTarget.text(pattern))) : "Ended and forgotten.");
  }

  /** The trace, which runs from now on if it did not before. */
  private TraceState begun(DecisionLedger ledger, TracePattern pattern) throws CommandFailure {
    Optional<TraceState> running =
        ledger.traces().stream()
            .filter(trace -> trace.running() && trace.pattern().equals(pattern))
            .findFirst();
    if (running.isPresent() && minutes == 0 && records == 0) {
      return running.get();
    }
    Duration time = minutes == 0 ? DecisionLedger.USUAL_TIME : Duration.ofMinutes(minutes);
    int most = records == 0 ? DecisionLedger.USUAL_COUNT : records;
    return Attempt.of(() -> ledger.begin(pattern, time, most));
  }

  private void follow(DecisionLedger ledger, TracePattern pattern, long after, int before)
      throws CommandFailure {
    long last = after;
    int printed = before;
    boolean runs = true;
    while (runs && printed < count) {
      runs =
          ledger.traces().stream()
              .anyMatch(trace -> trace.running() && trace.pattern().equals(pattern));
      List<Decision> news = ledger.decisions(pattern, last);
      last = print(news, printed) == 0 ? last : news.get(news.size() - 1).number();
      printed += news.size();
      if (news.isEmpty() && runs) {
        pause();
      }
    }
  }

  private static void pause() throws CommandFailure {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }

  /** Prints decisions; returns the number of the last one, 0 if there is none. */
  private long print(List<Decision> decisions, int before) {
    DecisionText text = new DecisionText(Packets.catalogue(services));
    List<Decision> wanted =
        decisions.subList(0, Math.max(0, Math.min(decisions.size(), count - before)));
    if (json && !follow) {
      out.println(Json.of(wanted.stream().map(text::json).toList()));
    } else {
      wanted.forEach(decision -> print(text, decision));
    }
    out.flush();
    return decisions.isEmpty() ? 0 : decisions.get(decisions.size() - 1).number();
  }

  private void print(DecisionText text, Decision decision) {
    if (json) {
      out.println(Json.of(text.json(decision)));
      return;
    }
    text.print(out, decision);
    if (packets) {
      out.print(text.packets(decision));
    }
    out.println();
  }

  private void list(List<TraceState> traces) {
    Rows rows = new Rows("trace", "only", "until", "noted", "most", "running");
    for (TraceState trace : traces) {
      rows.add(
          TraceTarget.text(trace.pattern()),
          trace.pattern().dropped() ? "dropped" : "",
          trace.until(),
          trace.taken(),
          trace.most(),
          trace.running());
    }
    rows.print(out, json, "no trace");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** Prints counters. */
@Service
@Command(
    scope = "dhcp",
    name = "counters",
    description = "Prints the counters of the server and its transports",
    detailedDescription = "Example: dhcp:counters --nonzero drop")
public final class CountersCommand extends DhcpCommand {
  @Argument(
      name = "part",
      description = "Only counters with this in their names; * stands for anything",
      multiValued = true)
  @Completion(CounterCompleter.class)
  List<String> words = List.of();

  @Option(name = "--nonzero", description = "Leaves out what never happened")
  boolean nonzero;

  @Override
  boolean raise(String flag) {
    nonzero |= flag.equals("--nonzero");
    return flag.equals("--nonzero") || super.raise(flag);
  }

  @Override
  void run() throws CommandFailure {
    String part = words.isEmpty() ? "" : argument(words);
    Map<String, Long> counters = new TreeMap<>(status().counters());
    Predicate<String> wanted = matching(part);
    counters.keySet().removeIf(name -> !wanted.test(name));
    counters.values().removeIf(count -> nonzero && count == 0);
    if (json) {
      out.println(Json.of(counters));
      return;
    }
    ShellTable table = new ShellTable().forceAscii();
    table.column("counter");
    table.column("count").alignRight();
    table.emptyTableText("no such counter has counted");
    counters.forEach((name, count) -> table.addRow().addContent(name, count));
    table.print(out);
  }

  /** A name matches if the part is anywhere in it; a star stands for anything. */
  private static Predicate<String> matching(String part) {
    return Arrays.stream(part.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.collectingAndThen(Collectors.joining(".*"), Pattern::compile))
        .asPredicate();
  }
}

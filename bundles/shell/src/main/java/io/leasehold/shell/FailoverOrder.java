// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.failover.FailoverControl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;

/** What commands that change a failover relationship have in common. */
abstract class FailoverOrder extends DhcpCommand {
  @Argument(name = "relationship", description = "Its name", multiValued = true)
  @Completion(FailoverCompleter.class)
  List<String> words = List.of();

  /** Gives the order. */
  abstract CompletionStage<String> order(FailoverControl control) throws CommandFailure;

  @Override
  final void run() throws CommandFailure {
    String name = argument(words);
    FailoverControl control =
        FailoverRows.named(
            name,
            installed(FailoverControl.class, "failover relationship", "leasehold-failover"),
            FailoverControl::name);
    String answer = await(order(control));
    if (json) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("relationship", name);
      facts.put("answer", answer);
      out.println(Json.of(facts));
    } else {
      out.println(answer);
    }
  }
}

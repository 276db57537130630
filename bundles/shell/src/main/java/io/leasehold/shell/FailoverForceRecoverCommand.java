// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.failover.FailoverControl;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lets this server learn all leases of a relationship anew. */
@Service
@Command(
    scope = "dhcp",
    name = "failover-force-recover",
    description = "Lets this server learn all leases of a relationship anew from its partner",
    detailedDescription =
        "What only this server knows is at risk: leases that the partner has not heard of yet."
            + " Until the partner has told everything and the MCLT is over, nobody is answered"
            + " here. The name is wanted twice. Example: dhcp:failover-force-recover pair-1 --yes"
            + " pair-1")
public final class FailoverForceRecoverCommand extends FailoverOrder {
  @Option(name = "--yes", description = "The name of the relationship once more: really")
  String yes = "";

  @Override
  boolean take(String option, String value) {
    if (option.equals("--yes")) {
      yes = value;
      return true;
    }
    return super.take(option, value);
  }

  @Override
  CompletionStage<String> order(FailoverControl control) throws CommandFailure {
    if (!yes.equals(control.name())) {
      throw new CommandFailure(
          "this server forgets how it stood with its partner, and answers nobody until it has"
              + " learnt everything from it and the MCLT is over; leases that the partner has not"
              + " heard of are at risk ("
              + control.name()
              + " in dhcp:failover-status shows updates-waiting). Add --yes "
              + control.name()
              + " if it is meant");
    }
    return control.forceRecover();
  }
}

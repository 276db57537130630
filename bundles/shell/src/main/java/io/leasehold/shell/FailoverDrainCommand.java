// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.failover.FailoverControl;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Hands the clients of a relationship over to the partner. */
@Service
@Command(
    scope = "dhcp",
    name = "failover-drain",
    description = "Hands the clients of a relationship over to the partner",
    detailedDescription =
        "The partner is told all that it has still to hear, and then that this server shuts down;"
            + " nobody is answered here any more. Before maintenance. Example: dhcp:failover-drain"
            + " pair-1")
public final class FailoverDrainCommand extends FailoverOrder {

  @Override
  CompletionStage<String> order(FailoverControl control) {
    return control.drain();
  }
}

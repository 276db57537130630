// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.failover.FailoverControl;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says that the partner does not serve, and will not by itself. */
@Service
@Command(
    scope = "dhcp",
    name = "failover-partner-down",
    description = "Says that the partner does not serve, and will not by itself",
    detailedDescription =
        "This server then gives out what was the partner's, in time. Say it only when it is true:"
            + " while the partner serves, two clients may get one address. Example:"
            + " dhcp:failover-partner-down pair-1")
public final class FailoverPartnerDownCommand extends FailoverOrder {
  @Option(
      name = "--force",
      description = "Also in states from which the protocol has no such way; there is a warning")
  boolean force;

  @Override
  boolean raise(String flag) {
    force |= flag.equals("--force");
    return flag.equals("--force") || super.raise(flag);
  }

  @Override
  CompletionStage<String> order(FailoverControl control) {
    return control.partnerDown(force);
  }
}

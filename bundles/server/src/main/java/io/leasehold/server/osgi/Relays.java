// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.RelayLedger;
import io.leasehold.server.RelaySeen;
import java.util.List;

/** Relay agents as a service. Any thread. */
record Relays(ServerControl control) implements RelayLedger {
  @Override
  public List<RelaySeen> relays() {
    return control.listening().gate().seen().relays();
  }

  @Override
  public String policy() {
    return control.listening().gate().settings().policy().word();
  }
}

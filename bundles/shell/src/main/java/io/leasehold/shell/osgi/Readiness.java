// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import io.leasehold.pool.RegistrarControl;
import io.leasehold.relay.RelayStatus;
import io.leasehold.server.ConfigurationFindings;
import io.leasehold.server.ServerStatus;
import io.leasehold.shell.client.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether who asks is served by what is installed: a server, relay agents, a registrar, or several
 * of them.
 *
 * @param server null if there is none
 * @param relays the relay agents that are configured
 * @param registrar null if there is none
 * @param configuration null if nobody looks at the configuration
 * @param starting whether bundles are still being started
 */
record Readiness(
    ServerStatus server,
    List<RelayStatus> relays,
    RegistrarControl registrar,
    ConfigurationFindings configuration,
    boolean starting) {
  private static final int FAILED = 1;
  private static final String ATTENTION = "wants attention: ";
  private static final String REGISTRAR = "registrar: ";
  private static final String NOBODY =
      "the server is not there: its bundle is missing or stopped, or could not start; the log says why";

  /** Why somebody is not served, a sentence each; empty if they are. */
  List<String> obstacles() {
    if (server == null && relays.isEmpty() && registrar == null) {
      return List.of(NOBODY);
    }
    List<String> found = new ArrayList<>();
    if (server != null) {
      found.addAll(server.obstacles());
    }
    for (RelayStatus relay : relays) {
      relay.obstacles().forEach(obstacle -> found.add(of(relay) + obstacle));
    }
    if (registrar != null && !registrar.isReady()) {
      found.add(REGISTRAR + registrar.condition());
    }
    return found;
  }

  private static String of(RelayStatus relay) {
    return "relay " + relay.name() + ": ";
  }

  /** What is to be told beside the obstacles. */
  List<String> alarms() {
    List<String> found = new ArrayList<>();
    if (server != null) {
      server.alarms().forEach(alarm -> found.add(ATTENTION + alarm));
    }
    for (RelayStatus relay : relays) {
      relay.alarms().forEach(alarm -> found.add(ATTENTION + of(relay) + alarm));
    }
    if (registrar != null) {
      registrar.alarms().forEach(alarm -> found.add(ATTENTION + REGISTRAR + alarm));
    }
    if (configuration != null && !starting) {
      configuration.findings().forEach(finding -> found.add(ATTENTION + finding));
    }
    return found;
  }

  /** The exit status for the launcher; what is missing may come while bundles are being started. */
  int status(List<String> obstacles, List<String> alarms) {
    if (starting && !(obstacles.isEmpty() && alarms.isEmpty())) {
      return Frame.TRY_LATER;
    }
    if (obstacles.isEmpty()) {
      return 0;
    }
    boolean some =
        server != null && server.servesSome()
            || relays.stream().anyMatch(relay -> relay.obstacles().isEmpty())
            || registrar != null && registrar.isReady();
    return some ? Frame.IN_PART : FAILED;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.ServerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says whether the server does its work, and if not, why. */
@Service
@Command(
    scope = "dhcp",
    name = "status",
    description = "Says whether the server answers clients, and if not, why",
    detailedDescription =
        "Fails when it is not ready. Example for scripts: dhcp:status --ready --wait 30")
public final class StatusCommand extends DhcpCommand {
  private static final int LOOKS_PER_SECOND = 10;

  @Option(name = "--ready", description = "Prints nothing but what is in the way, as the error")
  boolean ready;

  @Option(name = "--wait", description = "Waits so many seconds for the server to be ready")
  int waitSeconds;

  @Override
  void run() throws CommandFailure {
    awaitReady();
    ServerStatus server = status();
    List<String> obstacles = server.obstacles();
    List<String> alarms = new ArrayList<>(server.alarms());
    alarms.addAll(configurationFindings());
    alarms.addAll(PoolText.alarms(services));
    if (!ready && json) {
      out.println(Json.of(StatusText.json(server, obstacles, alarms)));
    } else if (!ready) {
      StatusText.print(out, server, obstacles, alarms);
    }
    if (!obstacles.isEmpty()) {
      throw new CommandFailure(
          ready ? String.join("\n", obstacles) : "not ready: " + obstacles.get(0));
    }
  }

  private void awaitReady() throws CommandFailure {
    for (long look = 0; look < (long) waitSeconds * LOOKS_PER_SECOND; look++) {
      Optional<ServerStatus> server = services.find(ServerStatus.class);
      if (server.isPresent() && server.get().obstacles().isEmpty()) {
        return;
      }
      services.close();
      try {
        TimeUnit.MILLISECONDS.sleep(1000 / LOOKS_PER_SECOND);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("interrupted");
      }
    }
  }
}

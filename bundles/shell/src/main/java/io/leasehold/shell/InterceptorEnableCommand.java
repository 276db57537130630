// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.InterceptorControl;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Asks an interceptor again that was disabled. */
@Service
@Command(
    scope = "dhcp",
    name = "interceptor-enable",
    description = "Asks an interceptor again that was disabled for its failures",
    detailedDescription = "Example: dhcp:interceptor-enable second-choice")
public final class InterceptorEnableCommand extends DhcpCommand {
  @Argument(name = "interceptor", description = "Its name", multiValued = true)
  @Completion(InterceptorCompleter.class)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    String name = argument(words);
    if (!server(InterceptorControl.class).enable(name)) {
      throw new CommandFailure(
          "there is no interceptor '" + name + "'; dhcp:interceptor-list shows all");
    }
    out.println(json ? Json.of(Map.of("enabled", name)) : name + " is asked from now on.");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Reads a plan without using it. */
@Service
@Command(
    scope = "dhcp",
    name = "plan-check",
    description = "Reads a plan without using it, and says what is wrong with it",
    detailedDescription =
        "Without a file it reads the server's own documents. A directory stands for its *.json."
            + " Relative names start at the server's directory. Fails when the plan would be"
            + " refused. Example: dhcp:plan-check /etc/kea/kea-dhcp6.conf"
            + " /etc/kea/kea-dhcp4.conf")
public final class PlanCheckCommand extends DhcpCommand {
  @Argument(
      name = "file",
      description = "Documents or directories that make up the plan",
      multiValued = true)
  @Completion(FileCompleter.class)
  List<String> files = List.of();

  @Override
  void run() throws CommandFailure {
    List<Path> documents =
        arguments(files).stream().map(Path::of).map(Path::toAbsolutePath).toList();
    PlanText.print(out, json, plan().check(documents), "this plan would be refused");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.SecurityControl;
import io.leasehold.security.SecurityControl.KeyFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes a pre-shared key and the credential for it. */
@Service
@Command(
    scope = "dhcp",
    name = "psk-generate",
    description = "Makes a pre-shared key and the credential for it",
    detailedDescription =
        "The key is shown nowhere: it is in a file that only the server may read, to be carried to the"
            + " peer in safety. Example: dhcp:psk-generate r17-key r17#1")
public final class PskGenerateCommand extends DhcpCommand {

  @Argument(
      name = "name identity",
      description =
          "Name of the credential; then by what the peer finds the key, NAME#1 if not said",
      multiValued = true)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    List<String> arguments = arguments(words);
    if (arguments.isEmpty() || arguments.size() > 2) {
      throw new CommandFailure("a name is wanted, and an identity may follow; --help says more");
    }
    String identity = arguments.size() == 2 ? arguments.get(1) : arguments.get(0) + "#1";
    SecurityControl control =
        installed(SecurityControl.class, "security", "leasehold-security").get(0);
    KeyFiles made = Attempt.of(() -> control.generatePsk(arguments.get(0), identity));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("credential", made.credential());
    facts.put("identity", made.identity());
    facts.put("key-file", made.keyFile());
    facts.put("configuration", made.configuration());
    if (json) {
      out.println(Json.of(facts));
    } else {
      FactLines.print(out, facts);
    }
  }
}

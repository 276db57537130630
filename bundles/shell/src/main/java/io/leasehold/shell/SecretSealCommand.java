// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.Secret;
import io.leasehold.security.SecurityControl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Seals what a file holds, for configurations. */
@Service
@Command(
    scope = "dhcp",
    name = "secret-seal",
    description = "Seals a secret, so that it may stand in a configuration",
    detailedDescription =
        "The secret comes from a file, as it is, because what is typed is remembered. What is printed"
            + " opens on this installation only, where a reference to a secret is wanted. Erase the"
            + " file afterwards. Example: dhcp:secret-seal etc/leasehold/keys/r17-key.psk")
public final class SecretSealCommand extends DhcpCommand {
  /** No secret is as long; it was another file that was meant. */
  private static final int MOST_OCTETS = 64 * 1024;

  @Argument(name = "file", description = "File that holds the secret", multiValued = true)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    List<String> arguments = arguments(words);
    if (arguments.size() != 1) {
      throw new CommandFailure("one file is wanted; --help says more");
    }
    SecurityControl control =
        installed(SecurityControl.class, "security", "leasehold-security").get(0);
    try (Secret secret = read(StoreCommand.file(arguments.get(0)))) {
      String sealed = Attempt.of(() -> control.seal(secret));
      out.println(json ? Json.of(Map.of("reference", sealed)) : sealed);
    }
  }

  private static Secret read(Path file) throws CommandFailure {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MOST_OCTETS + 1);
      if (octets.length == 0 || octets.length > MOST_OCTETS) {
        Arrays.fill(octets, (byte) 0);
        throw new CommandFailure(file + " holds nothing, or too much for a secret");
      }
      return Secret.of(octets);
    } catch (IOException e) {
      throw StoreCommand.failure("the secret cannot be read", e);
    }
  }
}

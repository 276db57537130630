// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.ProtectionWriter;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Writes what strongSwan needs for a channel. */
@Service
@Command(
    scope = "dhcp",
    name = "ipsec-generate",
    description = "Prints the configuration of strongSwan for a channel of provider ipsec",
    detailedDescription =
        "The argument is the NAME of etc/io.leasehold.security.channel-NAME.cfg. What is printed"
            + " belongs into /etc/swanctl/conf.d; secrets are named in it and have to be filled"
            + " in. With --xfrm it prints commands of ip xfrm instead, for a laboratory. Example:"
            + " dhcp:ipsec-generate relays")
public final class IpsecGenerateCommand extends DhcpCommand {
  @Argument(name = "channel", description = "Name of the channel", multiValued = true)
  List<String> words = List.of();

  @Option(name = "--xfrm", description = "Prints commands with manual keys, for a laboratory")
  boolean xfrm;

  @Override
  boolean raise(String flag) {
    xfrm |= flag.equals("--xfrm");
    return flag.equals("--xfrm") || super.raise(flag);
  }

  @Override
  void run() throws CommandFailure {
    String channel = argument(words);
    ProtectionWriter writer =
        installed(ProtectionWriter.class, "provider ipsec", "leasehold-security-ipsec").get(0);
    try {
      String text = xfrm ? writer.laboratory(channel) : writer.configuration(channel);
      out.print(json ? Json.of(Map.of("text", text)) + "\n" : text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage());
    }
  }
}

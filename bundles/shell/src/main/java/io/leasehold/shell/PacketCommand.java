// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** What commands about one packet have in common: how it is given. */
abstract class PacketCommand extends DhcpCommand {
  @Argument(name = "hex", description = "The message in hex", multiValued = true)
  List<String> hex = List.of();

  @Option(name = "--file", description = "Reads the message from a file")
  @Completion(FileCompleter.class)
  String file;

  @Option(name = "--v6", description = "The message is one of DHCPv6")
  boolean v6;

  @Option(name = "--v4", description = "The message is one of DHCPv4 or BOOTP")
  boolean v4;

  @Override
  final boolean raise(String flag) {
    v6 |= flag.equals("--v6");
    v4 |= flag.equals("--v4");
    return flag.equals("--v6") || flag.equals("--v4") || super.raise(flag);
  }

  @Override
  boolean take(String option, String value) {
    boolean known = option.equals("--file");
    file = known ? value : file;
    return known;
  }

  @Override
  final void run() throws CommandFailure {
    Bytes packet = Packets.read(arguments(hex), file);
    run(packet, Packets.family(packet, v6, v4));
  }

  /** Does the work. */
  abstract void run(Bytes packet, Family family) throws CommandFailure;
}

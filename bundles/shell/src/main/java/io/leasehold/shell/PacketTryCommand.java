// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.Decision;
import io.leasehold.server.DecisionLedger;
import io.leasehold.server.PacketTrial;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says what the server would answer to a packet. */
@Service
@Command(
    scope = "dhcp",
    name = "packet-try",
    description = "Says what the server would answer to a packet now, and why",
    detailedDescription =
        "The message is read and answered as if it had come in, but no lease is given or offered,"
            + " nothing is counted and nothing is sent. It is written as for dhcp:packet-decode."
            + " Messages of relay agents are taken as they are; --relay puts one around a client's"
            + " message. What relay.policy and the peer directory say of the relay agent counts,"
            + " as it comes --from an address or is a --peer on a hop. Example: dhcp:packet-try --interface eth0 01123456"
            + " 0001000a00030001020000000001 0003000c000000010000000000000000 000800020000")
public final class PacketTryCommand extends PacketCommand {
  @Option(
      name = "--interface",
      description = "It comes in on this interface; the only one if there is one only")
  @Completion(InterfaceCompleter.class)
  String interfaceName = "";

  @Option(
      name = "--relay",
      description = "It comes by the relay agent with this link-address or giaddr")
  @Completion(RelayAddressCompleter.class)
  String relay;

  @Option(
      name = "--from",
      description = "It comes from this address; that of the relay agent, if nothing else is said")
  @Completion(RelayAddressCompleter.class)
  String from;

  @Option(
      name = "--peer",
      description = "It comes by a hop on which the relay agent proves to be this peer")
  @Completion(PeerCompleter.class)
  String peer = "";

  @Override
  boolean take(String option, String value) {
    switch (option) {
      case "--interface" -> interfaceName = value;
      case "--relay" -> relay = value;
      case "--from" -> from = value;
      case "--peer" -> peer = value;
      default -> {
        return super.take(option, value);
      }
    }
    return true;
  }

  @Override
  void run(Bytes packet, Family family) throws CommandFailure {
    DecisionLedger ledger = server(DecisionLedger.class);
    PacketTrial trial =
        new PacketTrial(family, packet, interfaceName, address(relay), address(from), peer);
    Decision decision = await(ledger.tryOut(trial));
    OptionCatalogue catalogue = Packets.catalogue(services);
    DecisionText text = new DecisionText(catalogue);
    if (json) {
      Map<String, Object> facts = text.json(decision);
      facts.put(
          "answer-decoded",
          decision.answer().isEmpty() ? null : Packets.tree(decision.answer(), family, catalogue));
      out.println(Json.of(facts));
      return;
    }
    text.print(out, decision);
    out.println();
    out.print(
        decision.answer().isEmpty()
            ? "Nothing would be sent." + System.lineSeparator()
            : Packets.text(decision.answer(), family, catalogue));
  }

  private static Optional<Ipv6> address(String textOrNull) throws CommandFailure {
    if (textOrNull == null) {
      return Optional.empty();
    }
    Optional<Ipv6> address = TraceTarget.address(textOrNull);
    if (address.isEmpty()) {
      throw new CommandFailure("'" + textOrNull + "' is not the address of a relay agent");
    }
    return address;
  }
}

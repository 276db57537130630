// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Decodes a packet. */
@Service
@Command(
    scope = "dhcp",
    name = "packet-decode",
    description = "Decodes a DHCPv6 or DHCPv4 message and names what is wrong with it",
    detailedDescription =
        "Colons, spaces and line ends between the octets do not matter. A file holds hex or the"
            + " octets themselves. A message with DHCPv4's magic cookie in its place is one of DHCPv4"
            + " unless --v6 is given. Fails when the packet is malformed. Example: dhcp:packet-decode"
            + " 0b123456 0001000a00030001020000000001")
public final class PacketDecodeCommand extends PacketCommand {
  /** The key under which a description says what is wrong. */
  private static final String MALFORMED = "malformed";

  @Override
  void run(Bytes packet, Family family) throws CommandFailure {
    Map<String, Object> tree = print(packet, family);
    Optional<Object> complaint = complaint(tree);
    if (complaint.isPresent()) {
      throw new CommandFailure("malformed: " + complaint.get());
    }
  }

  /** Prints a packet; returns its description. */
  private Map<String, Object> print(Bytes packet, Family family) {
    OptionCatalogue catalogue = Packets.catalogue(services);
    Map<String, Object> tree = Packets.tree(packet, family, catalogue);
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("family", Families.word(family));
      document.putAll(tree);
      out.println(Json.of(document));
    } else {
      out.print(Packets.text(packet, family, catalogue));
    }
    return tree;
  }

  /** The first complaint anywhere in the description. */
  private static Optional<Object> complaint(Object node) {
    if (node instanceof Map<?, ?> map) {
      Object here = map.get(MALFORMED);
      return here == null ? complaint(map.values()) : Optional.of(here);
    }
    if (node instanceof Collection<?> parts) {
      return parts.stream()
          .map(PacketDecodeCommand::complaint)
          .flatMap(Optional::stream)
          .findFirst();
    }
    return Optional.empty();
  }
}

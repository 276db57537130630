// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionText;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which packets come from a shared network or subnet. */
final class SelectorReader {
  private SelectorReader() {}

  static Selectors read(Fields fields) {
    Optional<String> interfaceName = fields.text("interface");
    Optional<Bytes> interfaceId =
        fields.rawText("interface-id").filter(t -> !t.isEmpty()).map(text -> octets(fields, text));
    if (interfaceName.isPresent() && interfaceId.isPresent()) {
      fields.error(
          "interface-id",
          "\"interface\" is for clients on the server's own link and \"interface-id\" for clients behind a relay; accepted is one of them");
    }
    interfaceName
        .filter(name -> !name.matches("[^\\s/]{1,15}"))
        .ifPresent(
            name ->
                fields.error(
                    "interface",
                    "\""
                        + name
                        + "\" is not the name of an interface; accepted is a name like \"eth0\""));
    List<Ipv6> relays =
        fields.object("relay", ObjectKind.RELAY).map(SelectorReader::relays).orElse(List.of());
    return new Selectors(interfaceName, interfaceId, relays);
  }

  /** Octets after {@code 0x}, otherwise the text itself, with or without single quotation marks. */
  private static Bytes octets(Fields fields, String text) {
    boolean quoted = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
    if (!quoted && !text.matches("0[xX][0-9a-fA-F]+")) {
      return Bytes.ofUtf8(text);
    }
    return OptionText.octets(text);
  }

  private static List<Ipv6> relays(Fields relay) {
    List<Ipv6> addresses = new ArrayList<>();
    if (relay.has("ip-address") && relay.has("ip-addresses")) {
      relay.error(
          "ip-address",
          "\"ip-address\" is the older word for \"ip-addresses\"; accepted is one of them");
    }
    relay
        .text("ip-address")
        .flatMap(text -> AddressText.address(relay, relay.place("ip-address"), text))
        .ifPresent(addresses::add);
    for (JsonText text : relay.texts("ip-addresses")) {
      AddressText.address(relay, text.place(), text.text()).ifPresent(addresses::add);
    }
    return addresses;
  }
}

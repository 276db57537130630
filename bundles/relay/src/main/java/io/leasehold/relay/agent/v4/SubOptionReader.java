// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.configuration.Keys;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Prefix;
import java.nio.charset.StandardCharsets;

/** Reads the sub-options of an interface; what is wrong is noted in the keys. One thread. */
final class SubOptionReader {
  private static final int ACCESS_TECHNOLOGY = 13;
  private static final int NETWORK_NAME = 14;
  private static final int ACCESS_POINT_NAME = 15;
  private static final int ACCESS_POINT_BSSID = 16;
  private static final int OPERATOR = 17;
  private static final int OPERATOR_REALM = 18;

  private static final int VSS_NAME = 0;
  private static final int VSS_VPN_ID = 1;
  private static final int VSS_GLOBAL = 255;
  private static final int VPN_ID_OCTETS = 7;
  private static final int BSSID_OCTETS = 6;

  private final Keys keys;
  private final String relayName;
  private final String interfaceName;
  private final Options.Builder said = Options.builder();

  private SubOptionReader(Keys keys, String relayName, String interfaceName) {
    this.keys = keys;
    this.relayName = relayName;
    this.interfaceName = interfaceName;
  }

  /**
   * Reads them.
   *
   * @param shared whether the relay agent's address does not tell the interface
   */
  static Options read(Keys keys, String relayName, String interfaceName, boolean shared) {
    SubOptionReader reader = new SubOptionReader(keys, relayName, interfaceName);
    reader.readAll(shared ? interfaceName : "");
    return reader.said.build();
  }

  private void readAll(String circuit) {
    text(RelayAgentOptions.CIRCUIT_ID.code(), "circuit.id", circuit);
    text(RelayAgentOptions.REMOTE_ID.code(), "remote.id", "");
    // RFC 3527 section 3: an address of the subnet, its host part zero.
    value(
        RelayAgentOptions.LINK_SELECTION.code(),
        "link.selection",
        "a subnet or an address, for example 192.0.2.0/24",
        SubOptionReader::subnet);
    // RFC 3993 section 3.1.
    value(
        RelayAgentOptions.SUBSCRIBER_ID.code(),
        "subscriber.id",
        "ASCII text; %i is the interface, %n the relay agent",
        value -> ascii(expanded(value)));
    vendors();
    text(RelayAgentOptions.RELAY_ID.code(), "relay.id", "");
    accessNetwork();
    virtualNetwork();
  }

  private void text(int code, String key, String otherwise) {
    String value = keys.text(key, otherwise);
    if (!value.isEmpty()) {
      value(code, key, "text or 0x and hexadecimal digits", value, text -> octets(expanded(text)));
    }
  }

  private void value(int code, String key, String accepted, Form form) {
    String value = keys.text(key, "");
    if (!value.isEmpty()) {
      value(code, key, accepted, value, form);
    }
  }

  private void value(int code, String key, String accepted, String value, Form form) {
    try {
      said.add(code, form.octets(value));
    } catch (IllegalArgumentException e) {
      keys.refuse(key, value, accepted);
    }
  }

  /** How a text becomes octets; refuses it with {@link IllegalArgumentException}. */
  private interface Form {
    Bytes octets(String text);
  }

  private String expanded(String text) {
    return text.replace("%i", interfaceName).replace("%n", relayName);
  }

  private static Bytes octets(String text) {
    return text.startsWith("0x") ? notEmpty(Bytes.ofHex(text)) : Bytes.ofUtf8(text);
  }

  private static Bytes notEmpty(Bytes octets) {
    if (octets.isEmpty()) {
      throw new IllegalArgumentException("no octets");
    }
    return octets;
  }

  private static Bytes ascii(String text) {
    if (!text.chars().allMatch(each -> each >= ' ' && each <= '~')) {
      throw new IllegalArgumentException(text);
    }
    return Bytes.copyOf(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Bytes subnet(String text) {
    if (text.contains("/")) {
      Prefix prefix = Prefix.ofText(text);
      if (!prefix.isMapped()) {
        throw new IllegalArgumentException(text);
      }
      return prefix.first().toIpv4().bytes();
    }
    return Ipv4.ofText(text).bytes();
  }

  /** RFC 4243 section 3. */
  private void vendors() {
    ByteWriter all = new ByteWriter(MessageOctets.MAX_OPTION_LENGTH);
    for (String each : keys.list("vendor.options")) {
      try {
        int colon = each.indexOf(':');
        Bytes data = octets(each.substring(colon + 1));
        all.u32(Long.parseLong(each.substring(0, Math.max(0, colon))));
        all.u8(data.length()).bytes(data);
      } catch (IllegalArgumentException e) {
        keys.refuse("vendor.options", each, "ENTERPRISE:TEXT or ENTERPRISE:0xDIGITS");
        return;
      }
    }
    if (all.length() > 0) {
      said.add(RelayAgentOptions.VENDOR_SPECIFIC.code(), all.toBytes());
    }
  }

  /** RFC 7839 section 4. */
  private void accessNetwork() {
    int technology = keys.number("access.technology", -1, 0, 255);
    if (technology >= 0) {
      said.add(ACCESS_TECHNOLOGY, Bytes.of(0, technology));
    }
    text(NETWORK_NAME, "access.network", "");
    text(ACCESS_POINT_NAME, "access.point", "");
    value(
        ACCESS_POINT_BSSID,
        "access.bssid",
        "6 octets, for example 02:00:00:00:00:01",
        value -> sized(Bytes.ofHex(value), BSSID_OCTETS));
    boolean named =
        said.has(NETWORK_NAME) || said.has(ACCESS_POINT_NAME) || said.has(ACCESS_POINT_BSSID);
    if (named && technology < 0) {
      // RFC 7839 section 6.
      keys.refuse("access.network, access.point and access.bssid need access.technology");
    }
    value(
        OPERATOR,
        "access.operator",
        "an enterprise number",
        value -> new ByteWriter(4).u32(Long.parseLong(value)).toBytes());
    text(OPERATOR_REALM, "access.realm", "");
  }

  /** RFC 6607 section 3.5. */
  private void virtualNetwork() {
    value(
        RelayAgentOptions.VSS.code(),
        "virtual.network",
        "a name in ASCII, vpn-id: and 14 hexadecimal digits, or global",
        SubOptionReader::virtualNetwork);
    if (said.has(RelayAgentOptions.VSS.code())) {
      // RFC 6607 section 5: a server that heeds the other one leaves this one out.
      said.add(RelayAgentOptions.VSS_CONTROL.code(), Bytes.EMPTY);
    }
  }

  private static Bytes virtualNetwork(String text) {
    if (text.equals("global")) {
      return Bytes.of(VSS_GLOBAL);
    }
    boolean numbered = text.startsWith("vpn-id:");
    Bytes information =
        numbered
            ? sized(Bytes.ofHex(text.substring("vpn-id:".length())), VPN_ID_OCTETS)
            : ascii(text);
    return new ByteWriter(1 + information.length())
        .u8(numbered ? VSS_VPN_ID : VSS_NAME)
        .bytes(information)
        .toBytes();
  }

  private static Bytes sized(Bytes octets, int length) {
    if (octets.length() != length) {
      throw new IllegalArgumentException(octets.length() + " octets");
    }
    return octets;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;

/**
 * What expressions may ask of one packet. Nothing is computed before it is asked. Options are those
 * of the client's own message. For one thread.
 */
public interface PacketFacts extends Membership {
  /** The value of the first option with the code; null without one. */
  Bytes optionOrNull(int code);

  /** Name of the interface it came in on; empty if that is not known. */
  String interfaceName();

  /** Whom the datagram came from; mapped in DHCPv4. */
  Ipv6 source();

  /** Where the datagram was sent to; mapped in DHCPv4. */
  Ipv6 destination();

  /** Octets of the message with those of relay agents around it. */
  int length();

  /** Type of the client's message. */
  int messageType();

  /** The client's transaction identifier, unsigned. */
  long transactionId();

  /** How many relay agents have put themselves around the message; 0 in DHCPv4. */
  default int relayCount() {
    return 0;
  }

  /**
   * The value of the first option with the code of a relay agent; null without one.
   *
   * @param relay 0 is the relay agent nearest to the server
   */
  default Bytes relayOptionOrNull(int relay, int code) {
    return null;
  }

  /** The link-address that a relay agent wrote, counted in the same way. */
  default Ipv6 relayLink(int relay) {
    return Ipv6.UNSPECIFIED;
  }

  /** The peer-address that a relay agent wrote, counted in the same way. */
  default Ipv6 relayPeer(int relay) {
    return Ipv6.UNSPECIFIED;
  }

  /** The hardware address in a DHCPv4 message, as long as that says. */
  default Bytes hardwareAddress() {
    return Bytes.EMPTY;
  }

  /** The type of that address. */
  default int hardwareType() {
    return 0;
  }

  /** An address in the header of a DHCPv4 message. */
  default Ipv4 address(AddressField field) {
    return Ipv4.UNSPECIFIED;
  }

  /** The addresses in the header of a DHCPv4 message. */
  enum AddressField {
    /** What the client has. */
    CIADDR,
    /** What the client is given. */
    YIADDR,
    /** Whom to boot from. */
    SIADDR,
    /** The first relay agent. */
    GIADDR
  }
}

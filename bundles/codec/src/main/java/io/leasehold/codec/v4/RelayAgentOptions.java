// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.ValueTypes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;

/** Typed keys of the sub-options in {@link RelayAgentInfo}. */
public final class RelayAgentOptions {
  public static final OptionType<Bytes> CIRCUIT_ID = Values.octets(1, "circuit-id", 1);
  public static final OptionType<Bytes> REMOTE_ID = Values.octets(2, "remote-id", 1);

  /** The subnet to choose an address from, in place of the relay's own (RFC 3527). */
  public static final OptionType<Ipv4> LINK_SELECTION = Values.ipv4(5, "link-selection");

  public static final OptionType<Bytes> SUBSCRIBER_ID = Values.octets(6, "subscriber-id", 1);
  public static final OptionType<Bytes> RADIUS = Values.octets(7, "radius", 1);
  public static final OptionType<Bytes> AUTH = Values.octets(8, "auth", 1);

  /** Enterprises, each with octets of its own (RFC 4243), not taken apart. */
  public static final OptionType<Bytes> VENDOR_SPECIFIC = Values.octets(9, "vendor-specific", 1);

  /** {@link #UNICAST} and others to come (RFC 5010). */
  public static final OptionType<Integer> FLAGS = ValueTypes.u8(10, "relay-flags");

  /** What the client is to take for the server's address (RFC 5107). */
  public static final OptionType<Ipv4> SERVER_ID_OVERRIDE = Values.ipv4(11, "server-id-override");

  public static final OptionType<Bytes> RELAY_ID = Values.octets(12, "relay-id", 1);

  /** Present or not; the value is {@link Bytes#EMPTY} (RFC 8357). */
  public static final OptionType<Bytes> RELAY_PORT = ValueTypes.empty(19, "relay-port");

  /** A type and what it says of the virtual network (RFC 6607), not taken apart. */
  public static final OptionType<Bytes> VSS = Values.octets(151, "virtual-subnet-select", 1);

  /**
   * Present or not; the value is {@link Bytes#EMPTY}. A server that uses VSS does not return it.
   */
  public static final OptionType<Bytes> VSS_CONTROL =
      ValueTypes.empty(152, "virtual-subnet-select-control");

  /** The bit of {@link #FLAGS} that says the client's message came by unicast. */
  public static final int UNICAST = 0x80;

  private RelayAgentOptions() {}
}

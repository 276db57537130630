// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Bytes;

/**
 * By what a reservation knows its client.
 *
 * @param type what the value is
 * @param value the identifier
 */
public record HostIdentifier(Type type, Bytes value) {
  /** Kinds of identifier. */
  public enum Type {
    /** The client's DUID. */
    DUID,
    /** A DHCPv4 client identifier (RFC 2132 section 9.14). */
    CLIENT_ID,
    /** The circuit that a relay agent names (RFC 3046 section 3.1). */
    CIRCUIT_ID,
    /** The client's link-layer address, without its type. */
    HW_ADDRESS,
    /** What an expression makes of a packet, see {@link FlexId}. */
    FLEX_ID
  }
}

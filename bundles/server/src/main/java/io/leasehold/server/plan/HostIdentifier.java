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
    /** The client's link-layer address, without its type. */
    HW_ADDRESS,
    /**
     * What an expression makes of a packet. No client is recognised by it, so that what is reserved
     * for one is kept from everybody.
     */
    FLEX_ID
  }
}

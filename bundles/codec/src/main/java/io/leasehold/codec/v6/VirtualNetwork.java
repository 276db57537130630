// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * Which virtual private network addresses belong to (RFC 6607 section 3.4).
 *
 * @param type how the identifier is to be read, 0 to 255
 * @param id as it came; empty for the global network
 */
public record VirtualNetwork(int type, Bytes id) {
  /** The identifier is a name in ASCII. */
  public static final int NAME = 0;

  /** The identifier is a VPN-ID of RFC 2685. */
  public static final int VPN_ID = 1;

  /** There is no identifier: the global, default network. */
  public static final int GLOBAL = 255;

  /** Refuses a type that does not fit an octet. */
  public VirtualNetwork {
    Objects.requireNonNull(id);
    if ((type & ~0xff) != 0) {
      throw new IllegalArgumentException("type " + type + " is not 0 to 255");
    }
  }

  static VirtualNetwork decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    return new VirtualNetwork(in.u8(), in.rest());
  }

  Bytes encode() {
    return new ByteWriter(1 + id.length()).u8(type).bytes(id).toBytes();
  }

  /** Whether this is the global network. */
  public boolean isGlobal() {
    return type == GLOBAL;
  }
}

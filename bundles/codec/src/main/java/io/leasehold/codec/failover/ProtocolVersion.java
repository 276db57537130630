// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;

/**
 * The version of the protocol that a server sends (RFC 8156 section 5.5.11); each direction has its
 * own.
 *
 * @param major 0 to 65535
 * @param minor 0 to 65535
 */
public record ProtocolVersion(int major, int minor) {
  /** The version of RFC 8156. */
  public static final ProtocolVersion CURRENT = new ProtocolVersion(1, 0);

  /** Refuses numbers that do not fit. */
  public ProtocolVersion {
    if ((major & ~0xffff) != 0 || (minor & ~0xffff) != 0) {
      throw new IllegalArgumentException(major + "." + minor + " is not a version");
    }
  }

  Bytes encode() {
    return new ByteWriter(4).u16(major).u16(minor).toBytes();
  }

  /** {@code 1.0}. */
  @Override
  public String toString() {
    return major + "." + minor;
  }
}

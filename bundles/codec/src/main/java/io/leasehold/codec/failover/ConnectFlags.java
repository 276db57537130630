// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;

/**
 * How a server works (RFC 8156 section 5.5.2). Other bits are zero when sent and ignored when
 * received.
 *
 * @param fixedPrefixLength whether prefixes cut from one delegable prefix all have one length
 */
public record ConnectFlags(boolean fixedPrefixLength) {
  private static final int FIXED_PD_LENGTH = 1;

  static ConnectFlags of(int bits) {
    return new ConnectFlags((bits & FIXED_PD_LENGTH) != 0);
  }

  Bytes encode() {
    return new ByteWriter(2).u16(fixedPrefixLength ? FIXED_PD_LENGTH : 0).toBytes();
  }
}

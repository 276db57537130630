// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;

/**
 * What is in the DNS, and where the name is from (RFC 8156 section 5.5.3.3). With neither of the
 * last two the name is from other configuration. Other bits are zero when sent and ignored when
 * received.
 *
 * @param forwardUpToDate whether the address record has been updated
 * @param reverseUpToDate whether the pointer record has been
 * @param synthesized whether the server made the name
 * @param requested whether the name is that of the client's FQDN
 */
public record DnsFlags(
    boolean forwardUpToDate, boolean reverseUpToDate, boolean synthesized, boolean requested) {
  private static final int FWD_UPTODATE = 1;
  private static final int REV_UPTODATE = 2;
  private static final int SYNTHESIZED_NAME = 4;
  private static final int USING_REQUESTED_FQDN = 8;

  static DnsFlags of(int bits) {
    return new DnsFlags(
        (bits & FWD_UPTODATE) != 0,
        (bits & REV_UPTODATE) != 0,
        (bits & SYNTHESIZED_NAME) != 0,
        (bits & USING_REQUESTED_FQDN) != 0);
  }

  Bytes encode() {
    int bits =
        (forwardUpToDate ? FWD_UPTODATE : 0)
            | (reverseUpToDate ? REV_UPTODATE : 0)
            | (synthesized ? SYNTHESIZED_NAME : 0)
            | (requested ? USING_REQUESTED_FQDN : 0);
    return new ByteWriter(2).u16(bits).toBytes();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.net.Bytes;

/**
 * What a server says of itself beside its state (RFC 8156 section 5.5.15). Other bits are zero when
 * sent and ignored when received.
 *
 * @param communicated whether, by its stable storage, it has ever been in contact with the partner
 * @param startup whether it is in STARTUP
 * @param startupSeen whether the partner's last flags said that the partner is
 */
public record ServerFlags(boolean communicated, boolean startup, boolean startupSeen) {
  private static final int COMMUNICATED = 1;
  private static final int STARTUP = 2;
  private static final int ACK_STARTUP = 4;

  static ServerFlags of(int bits) {
    return new ServerFlags(
        (bits & COMMUNICATED) != 0, (bits & STARTUP) != 0, (bits & ACK_STARTUP) != 0);
  }

  Bytes encode() {
    return Bytes.of(
        (communicated ? COMMUNICATED : 0)
            | (startup ? STARTUP : 0)
            | (startupSeen ? ACK_STARTUP : 0));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.ProtocolVersion;

/**
 * Versions that the partner may send. What this server sends is another matter: each direction has
 * a version of its own (RFC 8156 sections 6.1.1 to 6.1.3).
 *
 * @param leastMajor the first one
 * @param mostMajor the last one; minor versions do not matter
 */
record VersionRange(int leastMajor, int mostMajor) {
  /** What this server understands. */
  static final VersionRange ACCEPTED = new VersionRange(1, 1);

  /** Whether a version is understood. */
  boolean has(ProtocolVersion version) {
    return version.major() >= leastMajor && version.major() <= mostMajor;
  }

  /** {@code major versions 1 to 1}. */
  @Override
  public String toString() {
    return "major versions " + leastMajor + " to " + mostMajor;
  }
}

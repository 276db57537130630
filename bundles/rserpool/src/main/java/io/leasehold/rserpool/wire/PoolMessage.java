// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.net.Bytes;

/** A message of ASAP or ENRP (RFC 5354 section 4). Immutable. */
public interface PoolMessage {
  /** Octets of type, flags and length. */
  int HEADER_LENGTH = 4;

  /** The most octets that the length of a message announces. */
  int MAX_LENGTH = 65535;

  /** 0 to 255. */
  int type();

  /**
   * The octets of the message, with padding to a multiple of four.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX_LENGTH} before the padding
   */
  Bytes encode();
}

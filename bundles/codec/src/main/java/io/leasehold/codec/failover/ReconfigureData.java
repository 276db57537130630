// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * The key that authenticates a Reconfigure to the client (RFC 8156 section 5.5.13). Whoever knows
 * it can command the client: it is for protected connections, and never shown.
 *
 * @param created when the key was made
 * @param key secret, not empty
 */
public record ReconfigureData(AbsoluteTime created, Bytes key) {
  /** Refuses an empty key. */
  public ReconfigureData {
    Objects.requireNonNull(created);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a key has octets");
    }
  }

  static ReconfigureData decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    AbsoluteTime created = AbsoluteTime.read(in);
    if (!in.hasRemaining()) {
      throw in.malformed(MalformedReason.TRUNCATED);
    }
    return new ReconfigureData(created, in.rest());
  }

  Bytes encode() {
    return new ByteWriter(4 + key.length()).u32(created.seconds()).bytes(key).toBytes();
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "key of " + created;
  }
}

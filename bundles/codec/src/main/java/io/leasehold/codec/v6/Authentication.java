// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * What authenticates a message (RFC 8415 section 21.11).
 *
 * @param protocol 0 to 255
 * @param algorithm 0 to 255
 * @param replayMethod 0 to 255
 * @param replayDetection 64 bits
 * @param information as the protocol says; may be empty
 */
public record Authentication(
    int protocol, int algorithm, int replayMethod, long replayDetection, Bytes information) {
  /** Refuses numbers that do not fit an octet. */
  public Authentication {
    Objects.requireNonNull(information);
    if (((protocol | algorithm | replayMethod) & ~0xff) != 0) {
      throw new IllegalArgumentException("protocol, algorithm and method are one octet each");
    }
  }

  static Authentication decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    return new Authentication(in.u8(), in.u8(), in.u8(), in.i64(), in.rest());
  }

  Bytes encode() {
    return new ByteWriter(11 + information.length())
        .u8(protocol)
        .u8(algorithm)
        .u8(replayMethod)
        .i64(replayDetection)
        .bytes(information)
        .toBytes();
  }
}

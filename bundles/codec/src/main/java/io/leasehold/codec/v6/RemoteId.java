// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * A relay agent's name for the far end of a circuit (RFC 4649).
 *
 * @param enterpriseNumber IANA private enterprise number, unsigned 32 bits
 * @param id opaque octets
 */
public record RemoteId(long enterpriseNumber, Bytes id) {
  /** Refuses a number that does not fit 32 bits. */
  public RemoteId {
    Lifetimes.check(enterpriseNumber);
    Objects.requireNonNull(id);
  }

  static RemoteId decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    return new RemoteId(in.u32(), in.rest());
  }

  Bytes encode() {
    return new ByteWriter(4 + id.length()).u32(enterpriseNumber).bytes(id).toBytes();
  }
}

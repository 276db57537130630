// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.Objects;

/**
 * How a client's message came to the server (RFC 5007 section 4.1.2.4).
 *
 * @param peerAddress of the relay agent that sent to the server
 * @param message the Relay-forward message without what it relayed, not looked into
 */
public record RelayData(Ipv6 peerAddress, Bytes message) {
  /** Refuses nothing but null. */
  public RelayData {
    Objects.requireNonNull(peerAddress);
    Objects.requireNonNull(message);
  }

  static RelayData decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    return new RelayData(in.ipv6(), in.rest());
  }

  Bytes encode() {
    return new ByteWriter(16 + message.length()).ipv6(peerAddress).bytes(message).toBytes();
  }
}

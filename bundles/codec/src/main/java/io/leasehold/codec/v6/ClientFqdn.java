// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import java.util.Optional;

/**
 * A client's name and who updates the DNS (RFC 4704 section 4).
 *
 * @param flags S, O and N in the low bits; the others are kept as they came
 * @param name complete, partial, or empty if the server is to choose
 */
public record ClientFqdn(int flags, Optional<DomainName> name) {
  /** The server is asked to, or does, update the address record (S). */
  public static final int SERVER_UPDATES = 1;

  /** The server overrode what the client asked for (O). */
  public static final int OVERRIDDEN = 2;

  /** The server is asked not to, or does not, update the DNS (N). */
  public static final int NO_UPDATE = 4;

  /** Refuses flags that do not fit an octet. */
  public ClientFqdn {
    if ((flags & ~0xff) != 0) {
      throw new IllegalArgumentException("flags " + flags + " are not an octet");
    }
  }

  static ClientFqdn decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    int flags = in.u8();
    if (!in.hasRemaining()) {
      return new ClientFqdn(flags, Optional.empty());
    }
    DomainName name = in.partialDomainName();
    in.expectEnd();
    return new ClientFqdn(flags, Optional.of(name));
  }

  Bytes encode() {
    Bytes wire = name.map(DomainName::wire).orElse(Bytes.EMPTY);
    return new ByteWriter(1 + wire.length()).u8(flags).bytes(wire).toBytes();
  }
}

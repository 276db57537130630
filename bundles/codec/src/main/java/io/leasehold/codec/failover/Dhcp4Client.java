// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.OptionType;
import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * What a DHCPv4 client is known by, as partners tell each other: an octet for the kind, then the
 * name.
 *
 * @param kind what the name is
 * @param name as the client sent it; not empty
 */
public record Dhcp4Client(Kind kind, Bytes name) {
  static final OptionType<Dhcp4Client> OPTION =
      OptionType.of(
          FailoverOptionCode.DHCP4_CLIENT,
          "leasehold-dhcp4-client",
          Dhcp4Client::decode,
          Dhcp4Client::encode);

  /** Kinds of name. */
  public enum Kind {
    /** A client identifier (RFC 2132 section 9.14). */
    CLIENT_ID(2),
    /** An octet for the type of hardware, then the hardware address (RFC 2131 section 2). */
    HARDWARE(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /** Refuses a client without a name. */
  public Dhcp4Client {
    Objects.requireNonNull(kind);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a client has a name");
    }
  }

  private static Dhcp4Client decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    int code = in.u8();
    Bytes name = in.rest();
    for (Kind kind : Kind.values()) {
      if (kind.code == code && !name.isEmpty()) {
        return new Dhcp4Client(kind, name);
      }
    }
    throw in.malformed(MalformedReason.INVALID_VALUE);
  }

  private Bytes encode() {
    return new ByteWriter(1 + name.length()).u8(kind.code).bytes(name).toBytes();
  }
}

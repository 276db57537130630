// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import java.util.Objects;

/**
 * Who holds a lease.
 *
 * @param type what the value is
 * @param value the identifier as the client sent it; empty only with {@link Type#NONE}
 */
public record ClientIdentity(Type type, Bytes value) {

  /** Kinds of identifier; the codes are stored. */
  public enum Type {
    /** Nobody: the lease is declined or reset. */
    NONE(0),
    /** A DUID (RFC 8415 section 11). */
    DUID(1),
    /** A DHCPv4 client identifier (RFC 2132 section 9.14). */
    CLIENT_ID(2),
    /** A hardware type octet followed by the hardware address. */
    HARDWARE(3);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /** The stored code. */
    public int code() {
      return code;
    }

    /**
     * The type with a stored code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Type of(int code) {
      return Codes.find(values(), Type::code, code, "client identity type");
    }
  }

  /** Nobody. */
  public static final ClientIdentity NONE = new ClientIdentity(Type.NONE, Bytes.EMPTY);

  /** Rejects nulls. */
  public ClientIdentity {
    Objects.requireNonNull(type);
    Objects.requireNonNull(value);
  }

  /** A DHCPv6 client. */
  public static ClientIdentity of(Duid duid) {
    return new ClientIdentity(Type.DUID, duid.value());
  }

  @Override
  public String toString() {
    return value.isEmpty() ? "-" : value.toHex(":");
  }
}

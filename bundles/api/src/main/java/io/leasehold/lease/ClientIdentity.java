// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import java.util.Objects;
import java.util.Optional;

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

    private static final Type[] ALL = values();

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
      return Codes.find(ALL, Type::code, code, "client identity type");
    }
  }

  /** Nobody. */
  public static final ClientIdentity NONE = new ClientIdentity(Type.NONE, Bytes.EMPTY);

  /** The type of a DHCPv4 identifier that holds a DUID. */
  private static final int HAS_DUID = 255;

  /** The octets of type and IAID in front of it. */
  private static final int DUID_BEGINS = 5;

  /** Rejects nulls. */
  public ClientIdentity {
    Objects.requireNonNull(type);
    Objects.requireNonNull(value);
  }

  /** A DHCPv6 client. */
  public static ClientIdentity of(Duid duid) {
    return new ClientIdentity(Type.DUID, duid.value());
  }

  /**
   * The DUID that names the client, which a DHCPv4 client may have put into its identifier behind
   * the type 255 and an IAID (RFC 4361 section 6.1): the same for both families then.
   */
  public Optional<Duid> duid() {
    Bytes duid = type == Type.DUID ? value : Bytes.EMPTY;
    if (type == Type.CLIENT_ID && value.length() > DUID_BEGINS && value.at(0) == HAS_DUID) {
      duid = value.slice(DUID_BEGINS, value.length());
    }
    return duid.isEmpty() || duid.length() > Duid.MAX_LENGTH
        ? Optional.empty()
        : Optional.of(new Duid(duid));
  }

  /**
   * Written out because tables ask often: the method that a record gets is several times slower.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof ClientIdentity that && type == that.type && value.equals(that.value);
  }

  /** As a record's, see {@link #equals}. */
  @Override
  public int hashCode() {
    return 31 * type.code() + value.hashCode();
  }

  @Override
  public String toString() {
    return value.isEmpty() ? "-" : value.toHex(":");
  }
}

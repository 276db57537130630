// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import java.util.Optional;

/**
 * A client's name and who updates the DNS (RFC 4702 section 2). The name is labels if the flag
 * {@link #LABELS} is set, else text without a length, the deprecated form.
 *
 * @param flags S, O, E and N in the low bits; the others are kept as they came
 * @param rcode1 0 to 255; deprecated, 255 from servers
 * @param rcode2 0 to 255; deprecated, 255 from servers
 * @param name complete, partial, or empty if the server is to choose
 */
public record Dhcp4ClientFqdn(int flags, int rcode1, int rcode2, Optional<DomainName> name) {
  /** The server is asked to, or does, update the address record (S). */
  public static final int SERVER_UPDATES = 1;

  /** The server overrode what the client asked for (O). */
  public static final int OVERRIDDEN = 2;

  /** The name is labels (E). */
  public static final int LABELS = 4;

  /** The server is asked not to, or does not, update the DNS (N). */
  public static final int NO_UPDATE = 8;

  /** Refuses numbers that do not fit an octet. */
  public Dhcp4ClientFqdn {
    if (((flags | rcode1 | rcode2) & ~0xff) != 0) {
      throw new IllegalArgumentException(
          "flags " + flags + ", rcodes " + rcode1 + " and " + rcode2 + " are not octets");
    }
  }

  static Dhcp4ClientFqdn decode(Bytes value) {
    ByteReader in = new ByteReader(value);
    int flags = in.u8();
    int rcode1 = in.u8();
    int rcode2 = in.u8();
    MalformedPacketException malformed = in.malformed(MalformedReason.DOMAIN_NAME);
    Optional<DomainName> name = Optional.empty();
    if ((flags & LABELS) == 0) {
      String text = text(in.rest());
      try {
        name = text.isEmpty() ? name : Optional.of(DomainName.ofPartialText(text));
      } catch (IllegalArgumentException e) {
        throw malformed;
      }
    } else if (in.hasRemaining()) {
      name = Optional.of(in.partialDomainName());
      in.expectEnd();
    }
    return new Dhcp4ClientFqdn(flags, rcode1, rcode2, name);
  }

  /** A backslash is nothing special here, and some clients send zeros after the name. */
  private static String text(Bytes octets) {
    return Octets.withoutZeros(octets).toUtf8().replace("\\", "\\\\");
  }

  Bytes encode() {
    Bytes octets = name.map(this::octets).orElse(Bytes.EMPTY);
    return new ByteWriter(3 + octets.length())
        .u8(flags)
        .u8(rcode1)
        .u8(rcode2)
        .bytes(octets)
        .toBytes();
  }

  private Bytes octets(DomainName complete) {
    return (flags & LABELS) == 0 ? Bytes.ofUtf8(complete.toString()) : complete.wire();
  }
}

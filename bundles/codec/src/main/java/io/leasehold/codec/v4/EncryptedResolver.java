// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import io.leasehold.net.Ipv4;
import java.util.ArrayList;
import java.util.List;

/**
 * A resolver that is spoken to under encryption (RFC 9463 section 5.1).
 *
 * @param priority 0 to 65535; 0 is the alias mode, the lowest of the others goes first
 * @param name what its certificate says
 * @param addresses where it is; none in alias mode
 * @param parameters service parameters as they are on the wire (RFC 9460 section 2.2)
 */
public record EncryptedResolver(
    int priority, DomainName name, List<Ipv4> addresses, Bytes parameters) {
  /** Copies the list and refuses a priority that does not fit 16 bits. */
  public EncryptedResolver {
    addresses = List.copyOf(addresses);
    if ((priority & ~0xffff) != 0) {
      throw new IllegalArgumentException("priority " + priority + " is not 0 to 65535");
    }
  }

  static EncryptedResolver read(ByteReader option) {
    ByteReader in = new ByteReader(option.bytes(option.u16()));
    int priority = in.u16();
    ByteReader nameIn = new ByteReader(in.bytes(in.u8()));
    DomainName name = nameIn.domainName();
    nameIn.expectEnd();
    List<Ipv4> addresses = new ArrayList<>();
    if (in.hasRemaining()) {
      ByteReader addressesIn = new ByteReader(in.bytes(in.u8()));
      while (addressesIn.hasRemaining()) {
        addresses.add(addressesIn.ipv4());
      }
    }
    return new EncryptedResolver(priority, name, addresses, in.rest());
  }

  Bytes encode() {
    boolean alias = addresses.isEmpty() && parameters.isEmpty();
    int length = 3 + name.wire().length();
    length += alias ? 0 : 1 + 4 * addresses.size() + parameters.length();
    ByteWriter out = new ByteWriter(2 + length).u16(length).u16(priority);
    out.u8(name.wire().length()).bytes(name.wire());
    if (!alias) {
      out.u8(4 * addresses.size());
      addresses.forEach(out::ipv4);
      out.bytes(parameters);
    }
    return out.toBytes();
  }
}

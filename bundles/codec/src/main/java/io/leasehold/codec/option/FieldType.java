// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;

/** The kinds of fields that option values are made of, named as in Kea's {@code option-def}. */
enum FieldType {
  BINARY("binary", "hexadecimal octets (0a0b, 0a:0b, 0x0a0b) or 'text'", new TextField.Binary()),
  STRING("string", "text", new TextField.Text()),
  BOOLEAN("boolean", "true, false, 1 or 0", new NumberField.Truth()),
  INT8("int8", "a whole number", new NumberField(1, true)),
  INT16("int16", "a whole number", new NumberField(2, true)),
  INT32("int32", "a whole number", new NumberField(4, true)),
  UINT8("uint8", "a whole number", new NumberField(1, false)),
  UINT16("uint16", "a whole number", new NumberField(2, false)),
  UINT32("uint32", "a whole number", new NumberField(4, false)),
  IPV4_ADDRESS("ipv4-address", "an IPv4 address (192.0.2.1)", new AddressField.V4()),
  IPV6_ADDRESS("ipv6-address", "an IPv6 address (2001:db8::1)", new AddressField.V6()),
  IPV6_PREFIX("ipv6-prefix", "an IPv6 prefix (2001:db8::/32)", new AddressField.V6Prefix(false)),
  IPV6_WHOLE_PREFIX(
      "ipv6-whole-prefix", "an IPv6 prefix (2001:db8::/32)", new AddressField.V6Prefix(true)),
  PSID("psid", "a port set identifier and its length in bits (3/4)", new NumberField.PortSet()),
  TUPLE("tuple", "text", new TextField.Tuple(2)),
  SHORT_TUPLE("short-tuple", "text", new TextField.Tuple(1)),
  FQDN("fqdn", "a domain name (host.example.com)", new TextField.Name(false)),
  COMPRESSED_FQDN(
      "compressed-fqdn", "a domain name (host.example.com)", new TextField.CompressedName()),
  PARTIAL_FQDN("partial-fqdn", "a domain name or part of one (host)", new TextField.Name(true)),
  SIZED_FQDN("sized-fqdn", "a domain name (host.example.com)", new ResolverField.SizedName()),
  SIZED_ADDRESSES(
      "sized-ipv6-addresses",
      "IPv6 addresses with blanks between",
      new ResolverField.SizedAddresses()),
  SIZED_IPV4_ADDRESSES(
      "sized-ipv4-addresses", "IPv4 addresses with blanks between", new AddressField.SizedV4()),
  IPV4_ROUTE(
      "ipv4-route", "a prefix and a router (10.0.0.0/8 - 192.0.2.1)", new AddressField.Route()),
  IPV4_RESOLVER(
      "ipv4-resolver",
      "priority, name, addresses and parameters (1, dns.example., 192.0.2.1, alpn=dot)",
      new ResolverField.Ipv4Resolver()),
  SERVICE_PARAMETERS(
      "service-parameters",
      "service parameters with blanks between (alpn=dot port=8853)",
      new ResolverField.Parameters());

  /** How a field is read and written. */
  interface Codec {
    /** Appends the value written as text, or throws IllegalArgumentException with any message. */
    void encode(String text, ByteWriter out);

    /** Reads the next value as a Long, a Boolean or a String fit for {@link #encode}. */
    Object decode(ByteReader in);

    /** The whole value made of such fields only, once all are written. */
    default Bytes finish(Bytes value) {
      return value;
    }

    /** The smallest value, or the smallest number of octets of a field without a length. */
    default long min() {
      return 0;
    }

    /** The largest value, or the largest number of octets of a field without a length. */
    default long max() {
      return Long.MAX_VALUE;
    }
  }

  private final String word;
  private final String accepted;
  private final Codec codec;

  FieldType(String word, String accepted, Codec codec) {
    this.word = word;
    this.accepted = accepted;
    this.codec = codec;
  }

  /** The word of the formats language. */
  String word() {
    return word;
  }

  /** What text is accepted, for messages. */
  String accepted() {
    return accepted;
  }

  Codec codec() {
    return codec;
  }

  boolean isNumber() {
    return codec instanceof NumberField;
  }

  /** Whether a value is what people write, which may have commas. */
  boolean isText() {
    return this == STRING || this == TUPLE || this == SHORT_TUPLE;
  }

  /** Whether a field ends only where the value does, so that nothing can follow it. */
  boolean takesAllOctets() {
    return this == BINARY || this == STRING || this == PARTIAL_FQDN || this == SERVICE_PARAMETERS;
  }

  /** Whether the text of one value has commas of its own; then bars separate several. */
  boolean hasCommas() {
    return this == IPV4_RESOLVER;
  }

  /** Whether the type can be limited, {@code uint8(0..128)} or {@code binary(1..130)}. */
  boolean canBeLimited() {
    return isNumber() || this == BINARY || this == STRING;
  }
}

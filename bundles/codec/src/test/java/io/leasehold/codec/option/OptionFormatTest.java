// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionFormatTest {
  /** Format, data as a configuration writes it, octets, and the text that is shown. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty | '' | '' | ''",
        "uint8 | 255 | ff | 255",
        "uint8 | 0x1F | 1f | 31",
        "uint8 | 1f | 1f | 31",
        "int8 | -128 | 80 | -128",
        "uint16 | 65535 | ffff | 65535",
        "int16 | -1 | ffff | -1",
        "uint32 | 4294967295 | ffffffff | 4294967295",
        "int32 | -2147483648 | 80000000 | -2147483648",
        "boolean | true | 01 | true",
        "boolean | 0 | 00 | false",
        "boolean | True | 01 | true",
        "boolean | FALSE | 00 | false",
        "ipv4-address | 192.0.2.1 | c0000201 | 192.0.2.1",
        "ipv6-address | 2001:DB8::1 | 20010db8000000000000000000000001 | 2001:db8::1",
        "ipv6-prefix | 2001:db8:8000::/33 | 2120010db880 | 2001:db8:8000::/33",
        "ipv6-prefix | ::/0 | 00 | ::/0",
        "ipv6-whole-prefix | 2001:db8::/32 | 2020010db8000000000000000000000000 | 2001:db8::/32",
        "psid | 3/4 | 043000 | 3/4",
        "psid | 0/0 | 000000 | 0/0",
        "string | a\\,b | 612c62 | a\\,b",
        "string | é | c3a9 | é",
        "tuple | abc | 0003616263 | abc",
        "tuple[] | a, bc | 00016100026263 | a, bc",
        "fqdn | example.com | 076578616d706c6503636f6d00 | example.com.",
        "fqdn[] | a., b.c | 01610001620163 00 | a., b.c.",
        "partial-fqdn | host | 04686f7374 | host",
        "binary | 0xABCD | abcd | abcd",
        "binary | AB:CD | abcd | abcd",
        "binary | 'ABC' | 0abc | 0abc",
        "uint16[] | 23, 24 | 00170018 | 23, 24",
        "uint16[0..] | '' | '' | ''",
        "record(uint16, fqdn) | 1, a. | 0001016100 | 1, a.",
        "record(uint8, ipv6-address[]) | 1, ::1, ::2 | "
            + "0100000000000000000000000000000001 00000000000000000000000000000002 | 1, ::1, ::2",
        "record(uint8, uint8, uint8, ipv4-address, ipv6-prefix)"
            + " | 128, 48, 2, 192.0.2.0, 2001:db8::/32"
            + " | 803002c0000200 2020010db8 | 128, 48, 2, 192.0.2.0, 2001:db8::/32",
        "binary(2..3) | 0102 | 0102 | 0102",
        "record(uint16, sized-fqdn, sized-ipv6-addresses?, service-parameters?)"
            + " | 100, a., ::1 ::2, port=853 alpn=dot\\,doq key9=0a"
            + " | 0064 0003016100 0020 00000000000000000000000000000001 00000000000000000000000000000002"
            + " 0001 0008 03646f7403646f71 0003 0002 0355 0009 0001 0a"
            + " | 100, a., ::1 ::2, alpn=dot\\,doq port=853 key9=0a",
        "record(uint16, sized-fqdn, sized-ipv6-addresses?, service-parameters?)"
            + " | 100, a. | 0064 0003016100 | 100, a.",
      })
  void dataBecomesOctetsAndText(String format, String data, String hex, String shown) {
    OptionFormat parsed = OptionFormat.parse(format);
    Bytes value = Bytes.ofHex(hex.replace(" ", ""));

    assertThat(parsed.encodeText(data)).isEqualTo(value);
    assertThat(parsed.describe(value)).isEqualTo(shown);
    assertThat(parsed).hasToString(format);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uint8 | 256 | field 1 ('256') is not a whole number from 0 to 255",
        "uint8 | -1 | field 1 ('-1') is not a whole number from 0 to 255",
        "uint8 | x | field 1 ('x') is not a whole number from 0 to 255",
        "uint8(0..128) | 129 | field 1 ('129') is not a whole number from 0 to 128",
        "int8 | 128 | field 1 ('128') is not a whole number from -128 to 127",
        "boolean | yes | field 1 ('yes') is not true, false, 1 or 0",
        "ipv6-address[] | ::1, 192.0.2.1 | field 2 ('192.0.2.1') is not an IPv6 address (2001:db8::1)",
        "ipv4-address | host | field 1 ('host') is not an IPv4 address (192.0.2.1)",
        "ipv6-prefix | 2001:db8::1/64 | field 1 ('2001:db8::1/64') is not an IPv6 prefix (2001:db8::/32)",
        "psid | 16/4 | field 1 ('16/4') is not a port set identifier and its length in bits (3/4)",
        "fqdn | a..b | field 1 ('a..b') is not a domain name (host.example.com)",
        "record(uint8, uint8?) | '' | record(uint8, uint8?) takes at least 1 field, not 0",
        "service-parameters | pork=1 | field 1 ('pork=1') is not service parameters",
        "service-parameters | port=1 port=2 | is not service parameters",
        "sized-ipv6-addresses | '::1 x' | is not IPv6 addresses",
        "record(uint16, fqdn) | 1 | record(uint16, fqdn) takes 2 fields, not 1",
        "record(uint16, fqdn) | 1, | field 2 ('') is not a domain name (host.example.com)",
        "string | a,b | string takes 1 field, not 2: 'b' is too much (write \\, for a comma within a field)",
        "record(uint8, uint8, uint8) | 1, 2, 11, 13, 17 | takes 3 fields, not 5: '13' is too much",
        "string | '' | string takes 1 field, not 0",
        "record(uint8, string) | 1, | field 2 ('') is not text, not empty",
        "binary(1..2) | 010203 | of 1 to 2 octets",
        "binary | 0g | is not hexadecimal octets",
        "empty | 1 | empty takes 0 fields, not 1",
        "uint16[] | '' | uint16[] takes at least 1 field, not 0",
      })
  void wrongDataIsNamedWithWhatWouldBeRight(String format, String data, String message) {
    assertThatThrownBy(() -> OptionFormat.parse(format).encodeText(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uint16 | '' | EMPTY_VALUE",
        "uint16 | 01 | TRUNCATED",
        "uint16 | 010203 | TRAILING_OCTETS",
        "empty | 00 | TRAILING_OCTETS",
        "boolean | 02 | INVALID_VALUE",
        "uint8(0..128) | 81 | INVALID_VALUE",
        "ipv6-prefix | 81 | PREFIX_LENGTH",
        "ipv6-prefix | 2120010db8 | TRUNCATED",
        "psid | 110000 | INVALID_VALUE",
        "string | '' | EMPTY_VALUE",
        "string | ff | TEXT",
        "tuple | 000361 | TRUNCATED",
        "fqdn | 0161 | TRUNCATED",
        "fqdn | c000 | COMPRESSED_NAME",
        "fqdn | 4000 | DOMAIN_NAME",
        "binary(1..2) | 010203 | VALUE_TOO_LONG",
        "binary(2..2) | 01 | TRUNCATED",
        "ipv6-address[] | 00 | TRUNCATED",
        "sized-fqdn | 000401610000 | TRAILING_OCTETS",
        "sized-fqdn | 00020161 | TRUNCATED",
        "sized-ipv6-addresses | 0000 | TRUNCATED",
        "service-parameters | 000300020355 00030000 | INVALID_VALUE",
        "service-parameters | 00030001 03 | TRUNCATED",
        "ipv6-address[] | '' | EMPTY_VALUE",
      })
  void wrongOctetsAreRefused(String format, String hex, MalformedReason reason) {
    assertThatThrownBy(() -> OptionFormat.parse(format).check(Bytes.ofHex(hex.replace(" ", ""))))
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "uint9",
        "uint8[",
        "string[]",
        "binary[]",
        "record(string, uint8)",
        "record(uint8",
        "record()",
        "uint8(0..300)",
        "uint8(5..1)",
        "fqdn(1..2)",
        "binary(x..2)",
        "record(empty)",
        "uint8[][]",
        "record(uint8[], uint8)",
        "record(partial-fqdn, uint8)",
        "record(uint8?, uint8)",
        "record(uint8, uint8?[])",
        "record(uint8?, uint8[])"
      })
  void otherFormatsAreRefused(String format) {
    assertThatThrownBy(() -> OptionFormat.parse(format))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + format + "'");
  }

  @Test
  void bitsBeyondAPrefixMeanNothing() {
    assertThat(OptionFormat.parse("ipv6-prefix").describe(Bytes.ofHex("2120010db8ff")))
        .isEqualTo("2001:db8:8000::/33");
  }

  @Test
  void nulOctetsAfterTextAreTolerated() {
    // RFC 7227 5.8
    assertThat(OptionFormat.parse("string").describe(Bytes.ofHex("610000"))).isEqualTo("a");
  }

  @Test
  void textThatSteersATerminalIsShownHarmless() {
    assertThat(OptionFormat.parse("string").describe(Bytes.ofUtf8("a\u001b[2J\n\u202e")))
        .isEqualTo("a\\u001b[2J\\u000a\\u202e");
  }

  @Test
  void valuesAreTypedForFurtherUse() {
    assertThat(OptionFormat.parse("record(uint8, boolean, fqdn)").decode(Bytes.ofHex("070100")))
        .isEqualTo(List.of(7L, true, "."));
  }

  @Test
  void whatDoesNotFitAnOptionIsRefused() {
    assertThatThrownBy(() -> OptionFormat.parse("string").encodeText("a".repeat(65536)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536 octets");
  }
}

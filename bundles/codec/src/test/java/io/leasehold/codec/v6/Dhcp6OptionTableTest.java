// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.DefinitionChecks;
import io.leasehold.codec.option.OptionSpace;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class Dhcp6OptionTableTest {
  static final List<Dhcp6OptionTable.Row> ROWS = Dhcp6OptionTable.ROWS;

  @Test
  void everyAssignedCodeHasARow() {
    // IANA "Option Codes": 10 and 35 are unassigned.
    assertThat(IntStream.rangeClosed(1, 150).filter(code -> code != 10 && code != 35))
        .allSatisfy(code -> assertThat(Dhcp6OptionTable.row(code)).isPresent());
    assertThat(Dhcp6OptionTable.row(10)).isEmpty();
    assertThat(Dhcp6OptionTable.row(35)).isEmpty();
    assertThat(Dhcp6OptionTable.name(35)).isEqualTo("option-35");
  }

  /** What plans written for Kea call the options. */
  @ParameterizedTest
  @CsvSource({
    "preference, 7, uint8",
    "unicast, 12, ipv6-address",
    "vendor-opts, 17, uint32",
    "sip-server-dns, 21, fqdn[]",
    "sip-server-addr, 22, ipv6-address[]",
    "dns-servers, 23, ipv6-address[]",
    "domain-search, 24, fqdn[]",
    "nis-servers, 27, ipv6-address[]",
    "nis-domain-name, 29, fqdn[]",
    "sntp-servers, 31, ipv6-address[]",
    "information-refresh-time, 32, uint32",
    "pana-agent, 40, ipv6-address[]",
    "new-posix-timezone, 41, string",
    "new-tzdb-timezone, 42, string",
    "bootfile-url, 59, string",
    "bootfile-param, 60, tuple[]",
    "client-arch-type, 61, uint16[]",
    "aftr-name, 64, fqdn",
    "solmax-rt, 82, uint32",
    "inf-max-rt, 83, uint32",
    "v6-captive-portal, 103, string",
  })
  void namesAreKeas(String name, int code, String format) {
    DefinitionChecks.isListed(Dhcp6OptionTable.CATALOGUE, OptionSpace.DHCP6, name, code, format);
  }

  @Test
  void typedKeysAgreeWithTheTable() throws IllegalAccessException {
    for (var field : Dhcp6Options.class.getFields()) {
      var type = (io.leasehold.codec.option.OptionType<?>) field.get(null);
      assertThat(Dhcp6OptionTable.name(type.code())).isEqualTo(type.name());
    }
  }

  @Test
  void obsoleteAndRepeatableOptionsAreMarked() {
    assertThat(Dhcp6OptionTable.row(4).orElseThrow().isObsolete()).isTrue();
    assertThat(Dhcp6OptionTable.row(12).orElseThrow().isObsolete()).isTrue();
    assertThat(Dhcp6OptionTable.row(3).orElseThrow().isObsolete()).isFalse();
    assertThat(Dhcp6OptionTable.row(3).orElseThrow().isSingleton()).isFalse();
    assertThat(Dhcp6OptionTable.row(1).orElseThrow().isSingleton()).isTrue();
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void textReturnsFromOctets(Dhcp6OptionTable.Row row) {
    DefinitionChecks.textReturnsFromOctets(row.definition());
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void tooShortIsRefused(Dhcp6OptionTable.Row row) {
    DefinitionChecks.tooShortIsRefused(row.definition());
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void octetsThatTrailAreRefused(Dhcp6OptionTable.Row row) {
    DefinitionChecks.octetsThatTrailAreRefused(row.definition());
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void tooLongIsRefused(Dhcp6OptionTable.Row row) {
    DefinitionChecks.tooLongIsRefused(row.definition());
  }
}

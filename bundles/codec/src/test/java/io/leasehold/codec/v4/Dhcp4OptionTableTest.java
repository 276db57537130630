// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.DefinitionChecks;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFraming;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class Dhcp4OptionTableTest {
  /** IANA: removed, unassigned, and those of vendors. */
  private static final Set<Integer> WITHOUT_A_MEANING =
      Set.of(
          84, 96, 102, 103, 104, 105, 106, 107, 110, 111, 115, 126, 127, 128, 129, 130, 131, 132,
          133, 134, 135, 149, 160);

  static final List<Dhcp4OptionTable.Row> ROWS = Dhcp4OptionTable.ROWS;

  @Test
  void everyAssignedCodeHasARow() {
    assertThat(IntStream.rangeClosed(1, 162).filter(code -> !WITHOUT_A_MEANING.contains(code)))
        .allSatisfy(code -> assertThat(Dhcp4OptionTable.row(code)).isPresent());
    assertThat(IntStream.of(175, 176, 177, 208, 209, 210, 211, 212, 213, 220, 221))
        .allSatisfy(code -> assertThat(Dhcp4OptionTable.row(code)).isPresent());
    assertThat(WITHOUT_A_MEANING)
        .allSatisfy(code -> assertThat(Dhcp4OptionTable.row(code)).isEmpty());
    assertThat(Dhcp4OptionTable.row(0)).isEmpty();
    assertThat(Dhcp4OptionTable.row(255)).isEmpty();
    assertThat(Dhcp4OptionTable.name(224)).isEqualTo("option-224");
  }

  @Test
  void codesAreThoseOfTheRows() throws IllegalAccessException {
    for (var field : Dhcp4OptionCode.class.getFields()) {
      assertThat(Dhcp4OptionTable.row(field.getInt(null))).as(field.getName()).isPresent();
    }
  }

  /** What plans written for Kea call the options; found out with kea-dhcp4 -t. */
  @ParameterizedTest
  @CsvSource({
    "subnet-mask, 1, ipv4-address",
    "time-offset, 2, int32",
    "routers, 3, ipv4-address[]",
    "domain-name-servers, 6, ipv4-address[]",
    "host-name, 12, string",
    "boot-size, 13, uint16",
    "domain-name, 15, string",
    "ip-forwarding, 19, boolean",
    "default-ip-ttl, 23, uint8",
    "interface-mtu, 26, uint16",
    "broadcast-address, 28, ipv4-address",
    "arp-cache-timeout, 35, uint32",
    "ntp-servers, 42, ipv4-address[]",
    "vendor-encapsulated-options, 43, empty",
    "netbios-node-type, 46, uint8",
    "dhcp-parameter-request-list, 55, uint8[]",
    "vendor-class-identifier, 60, string",
    "dhcp-client-identifier, 61, binary",
    "tftp-server-name, 66, string",
    "boot-file-name, 67, string",
    "user-class, 77, binary",
    "dhcp-agent-options, 82, empty",
    "bcms-controller-names, 88, fqdn[]",
    "client-system, 93, uint16[]",
    "v6-only-preferred, 108, uint32",
    "v4-captive-portal, 114, string",
    "auto-config, 116, uint8",
    "domain-search, 119, compressed-fqdn[]",
    "classless-static-route, 121, ipv4-route[]",
    "vivso-suboptions, 125, uint32",
    "v4-lost, 137, fqdn",
    "v4-dnr, 162, ipv4-resolver[]",
    "v4-access-domain, 213, fqdn",
  })
  void namesAreKeas(String name, int code, String format) {
    DefinitionChecks.isListed(Dhcp4OptionTable.CATALOGUE, OptionSpace.DHCP4, name, code, format);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "classless-static-route; 10.0.0.0/8 - 192.0.2.1, 0.0.0.0/0 - 192.0.2.2;"
            + " 080ac000020100c0000202",
        "domain-search; a.example, b.example; 0161076578616d706c65000162c002",
        "v4-dnr; 1, d.example., 192.0.2.1 192.0.2.2, alpn=dot port=853;"
            + " 00250001" // length and priority
            + "0b0164076578616d706c6500" // name
            + "08c0000201c0000202" // addresses
            + "0001000403646f74" // alpn
            + "000300020355", // port
        "v4-dnr; 1, d.example.|2, e.example.;"
            + " 000e00010b0164076578616d706c6500000e00020b0165076578616d706c6500",
        "v4-portparams; 6, 3/4; 06043000",
        "v4-pcp-server; 192.0.2.1 192.0.2.2; 08c0000201c0000202",
        "time-offset; -3600; fffff1f0",
        "client-ndi; 1, 3, 16; 010310",
        "option-6rd; 0, 32, 2001:db8::, 192.0.2.1;"
            + " 002020010db8000000000000000000000000c0000201",
      })
  void valuesAreOnTheWireAsTheirRfcsSay(String name, String data, String hex) {
    OptionDefinition definition =
        Dhcp4OptionTable.CATALOGUE.byName(OptionSpace.DHCP4, name).orElseThrow();

    assertThat(definition.encodeData(data, true).toHex()).isEqualTo(hex);
    definition.check(Bytes.ofHex(hex));
  }

  @Test
  void typedKeysAgreeWithTheTable() throws IllegalAccessException {
    for (var field : Dhcp4Options.class.getFields()) {
      OptionType<?> type = (OptionType<?>) field.get(null);
      assertThat(Dhcp4OptionTable.name(type.code())).isEqualTo(type.name());
    }
    for (var field : RelayAgentOptions.class.getFields()) {
      if (field.get(null) instanceof OptionType<?> type) {
        assertThat(Dhcp4OptionTable.CATALOGUE.byCode(Dhcp4OptionTable.RELAY_AGENT, type.code()))
            .hasValueSatisfying(row -> assertThat(row.name()).isEqualTo(type.name()));
      }
    }
  }

  @Test
  void plansMayDefineWhatKeaDoesNotKnow() {
    OptionDefinition routes =
        OptionDefinition.of(
            OptionSpace.DHCP4, 121, "rfc3442-classless-static-routes", "record(uint8, binary)");
    OptionDefinition routers = OptionDefinition.of(OptionSpace.DHCP4, 3, "mine", "uint8");

    assertThat(Dhcp4OptionTable.CATALOGUE.with(List.of(routes)).conflicts()).isEmpty();
    assertThat(Dhcp4OptionTable.CATALOGUE.with(List.of(routers)).conflicts()).hasSize(1);
  }

  @Test
  void familiesDoNotMix() {
    assertThat(StandardOptions.CATALOGUE.byName(OptionSpace.vendor(4491), "tftp-servers"))
        .hasValueSatisfying(row -> assertThat(row.code()).isEqualTo(32));
    assertThat(StandardOptions.CATALOGUE.byName(OptionSpace.vendor4(4491), "tftp-servers"))
        .hasValueSatisfying(row -> assertThat(row.code()).isEqualTo(2));
    assertThat(StandardOptions.CATALOGUE.byName(OptionSpace.DHCP6, "routers")).isEmpty();
    assertThat(new OptionSpace("dhcp4", OptionFraming.NARROW)).isEqualTo(OptionSpace.DHCP4);
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void textReturnsFromOctets(Dhcp4OptionTable.Row row) {
    DefinitionChecks.textReturnsFromOctets(row.definition());
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void tooShortIsRefused(Dhcp4OptionTable.Row row) {
    DefinitionChecks.tooShortIsRefused(row.definition());
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void octetsThatTrailAreRefused(Dhcp4OptionTable.Row row) {
    DefinitionChecks.octetsThatTrailAreRefused(row.definition());
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void tooLongIsRefused(Dhcp4OptionTable.Row row) {
    DefinitionChecks.tooLongIsRefused(row.definition());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.ServerPlan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code option-data} and {@code option-def} of DHCPv4 become. */
class Plan4OptionsTest {
  private static ServerPlan plan(String definitions, String options) {
    return Compiling.plan(
        "{ 'Dhcp4': { 'option-def': [ %s ], 'option-data': [ %s ] } }"
            .formatted(definitions, options)
            .replace('\'', '"')
            .replace('`', '\''));
  }

  private static List<PlanOption> options(String definitions, String options) {
    return plan(definitions, options).v4().options().all();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("{ 'name': 'routers', 'data': '192.0.2.1, 192.0.2.2' }", "c0000201c0000202"),
        arguments("{ 'code': 3, 'data': '192.0.2.1' }", "c0000201"),
        arguments("{ 'code': 3, 'csv-format': false, 'data': 'C0000201' }", "c0000201"),
        arguments("{ 'name': 'time-offset', 'data': '-3600' }", "fffff1f0"),
        arguments("{ 'name': 'domain-search', 'data': 'a.b, c' }", "01610162000163" + "00"),
        arguments("{ 'name': 'v6-only-preferred', 'data': '1800' }", "00000708"),
        arguments("{ 'name': 'boot-file-name', 'data': 'a\\\\,b' }", "612c62"),
        arguments("{ 'name': 'slp-directory-agent', 'data': 'true, 192.0.2.1' }", "01c0000201"),
        arguments(
            "{ 'name': 'option-6rd', 'data': '0, 32, 2001:db8::, 192.0.2.1' }",
            "002020010db8000000000000000000000000c0000201"),
        arguments("{ 'name': 'host-name', 'csv-format': false, 'data': 'ff00' }", "ff00"),
        arguments("{ 'code': 250, 'data': '0A0b' }", "0a0b"),
        arguments(
            "{ 'name': 'vivso-suboptions', 'csv-format': false, 'data': '0000118b03020101' }",
            "0000118b03020101"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesAreEncodedAsKeaDoes(String option, String octets) {
    assertThat(options("", option))
        .singleElement()
        .satisfies(
            read -> {
              assertThat(read.space()).isEqualTo(OptionSpace.DHCP4);
              assertThat(read.value()).isEqualTo(Bytes.ofHex(octets));
            });
  }

  @Test
  void optionsOfEncapsulatedSpacesHaveShortHeaders() {
    String definitions =
        """
        { 'name': 'server', 'space': 'vendor-encapsulated-options-space', 'code': 1, 'type': 'ipv4-address' },
        { 'name': 'menu', 'space': 'vendor-encapsulated-options-space', 'code': 255, 'type': 'string' },
        { 'name': 'box', 'code': 224, 'type': 'uint8', 'encapsulate': 'box-space' },
        { 'name': 'inner', 'space': 'box-space', 'code': 1, 'type': 'empty', 'encapsulate': 'inner-space' },
        { 'name': 'leaf', 'space': 'inner-space', 'code': 2, 'type': 'record', 'record-types': 'uint8, string' }
        """;
    String values =
        """
        { 'name': 'vendor-encapsulated-options' },
        { 'name': 'server', 'space': 'vendor-encapsulated-options-space', 'data': '192.0.2.1' },
        { 'name': 'menu', 'space': 'vendor-encapsulated-options-space', 'data': 'hi' },
        { 'name': 'leaf', 'space': 'inner-space', 'data': '5, hi' },
        { 'name': 'box', 'data': '9' },
        { 'name': 'inner', 'space': 'box-space' }
        """;

    assertThat(options(definitions, values))
        .extracting(PlanOption::code, option -> option.value().toHex())
        .containsExactly(
            tuple(43, "0104c0000201" + "ff026869"),
            tuple(224, "09" + "0105" + "0203" + "05" + "6869"));
  }

  @Test
  void aVendorsOptionsStandInItsSpace() {
    assertThat(
            options(
                "",
                "{ 'name': 'vivso-suboptions', 'data': '4491', 'always-send': true },"
                    + " { 'space': 'vendor-4491', 'name': 'tftp-servers', 'data': '192.0.2.1' },"
                    + " { 'space': 'vendor-25506', 'code': 7, 'data': '01', 'never-send': true }"))
        .containsExactly(
            new PlanOption(OptionSpace.DHCP4, 125, Bytes.ofHex("0000118b"), true, false),
            new PlanOption(OptionSpace.vendor4(4491), 2, Bytes.ofHex("c0000201"), false, false),
            new PlanOption(OptionSpace.vendor4(25_506), 7, Bytes.EMPTY, false, true));
  }

  @Test
  void valuesOfMessagesMayBeLongerThanAnOptionOnTheWire() {
    assertThat(options("", "{ 'code': 250, 'data': '" + "00".repeat(1_000) + "' }"))
        .singleElement()
        .satisfies(option -> assertThat(option.value().length()).isEqualTo(1_000));
  }

  @Test
  void bothObjectsHaveTheirOwnDefinitions() {
    ServerPlan plan =
        Compiling.plan(
            """
            { "Dhcp6": { "option-def": [ { "name": "a", "code": 1, "type": "uint8", "space": "box" } ] },
              "Dhcp4": { "option-def": [ { "name": "a", "code": 1, "type": "string", "space": "box" },
                                         { "name": "loader", "code": 209, "type": "uint32" } ],
                         "option-data": [ { "name": "loader", "data": "7" } ] } }
            """);

    assertThat(plan.catalogue().byName(new OptionSpace("box"), "a").orElseThrow().format())
        .isEqualTo(OptionFormat.parse("uint8"));
    assertThat(plan.catalogue().byName(Dialect.V4.space("box"), "a").orElseThrow().format())
        .isEqualTo(OptionFormat.parse("string"));
    // What Kea leaves to plans gives way to what a plan defines.
    assertThat(plan.catalogue().byCode(OptionSpace.DHCP4, 209).orElseThrow().name())
        .isEqualTo("loader");
    assertThat(plan.v4().options().all())
        .extracting(PlanOption::value)
        .containsExactly(Bytes.ofHex("00000007"));
  }
}

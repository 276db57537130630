// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.PlanOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What octets come of option-data. */
class PlanOptionsTest {
  private static PlanCompilation compile(
      String definitions, String options, OptionDefinition... extra) {
    String text =
        "{ 'Dhcp6': { 'option-def': [ %s ], 'subnet6': [ { 'subnet': '2001:db8::/64', 'option-data': [ %s ] } ] } }"
            .formatted(definitions, options)
            .replace('\'', '"')
            .replace('`', '\'');
    return new PlanCompiler(Dhcp6OptionTable.CATALOGUE, Includes.NONE)
        .compile(List.of(new Document("plan.json", text)), List.of(extra));
  }

  private static List<PlanOption> options(String definitions, String options) {
    PlanCompilation compilation = compile(definitions, options);
    assertThat(compilation.report().findings()).isEmpty();
    return compilation.plan().orElseThrow().links().get(0).subnets().get(0).options().all();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("{ 'name': 'preference', 'data': '255' }", "ff"),
        arguments("{ 'code': 7, 'data': '255' }", "ff"),
        arguments("{ 'code': 7, 'csv-format': false, 'data': 'ff' }", "ff"),
        arguments("{ 'code': 7, 'csv-format': false, 'data': 'f' }", "0f"),
        arguments("{ 'code': 999, 'data': '0A 0b' }", "0a0b"),
        arguments("{ 'code': 999, 'data': '0x0a0B' }", "0a0b"),
        arguments("{ 'code': 999, 'data': '`ab`' }", "6162"),
        arguments("{ 'name': 'solmax-rt', 'data': '3600' }", "00000e10"),
        arguments(
            "{ 'name': 'bootfile-url', 'data': 'tftp://[2001:db8::1]/a\\\\,b' }",
            "746674703a2f2f5b323030313a6462383a3a315d2f612c62"),
        arguments("{ 'name': 'domain-search', 'data': 'a.b, c' }", "01610162000163" + "00"),
        // Kea has no definition of this code, so that data without a name are octets.
        arguments("{ 'code': 112, 'data': '6162' }", "6162"),
        arguments("{ 'name': 'mud-url-v6', 'data': '6162' }", "36313632"),
        // The rest of a vendor-class is octets in Kea.
        arguments("{ 'name': 'vendor-class', 'data': '4491, 00026162' }", "0000118b00026162"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesAreEncodedAsKeaDoes(String option, String octets) {
    assertThat(options("", option))
        .extracting(PlanOption::value)
        .containsExactly(Bytes.ofHex(octets));
  }

  @Test
  void softwireRuleBeginsWithItsFlags() {
    // RFC 7598 section 4.1.
    String rule =
        "{ 'name': 's46-cont-mape' }, { 'name': 's46-rule', 'space': 's46-cont-mape-options',"
            + " 'data': '128, 2, 24, 192.0.2.0, 2001:db8::/32' }";

    assertThat(options("", rule))
        .extracting(PlanOption::value)
        .containsExactly(Bytes.ofHex("0059000c" + "800218" + "c0000200" + "2020010db8"));
  }

  @Test
  void cableLabsSpaceHasTwoNames() {
    assertThat(
            options(
                "",
                "{ 'name': 'device-type', 'space': 'docsis3-v6', 'data': 'ECM' },"
                    + " { 'name': 'time-offset', 'space': 'vendor-4491', 'data': '-25200' }"))
        .containsExactly(
            new PlanOption(new OptionSpace("vendor-4491"), 2, Bytes.ofHex("45434d"), false, false),
            new PlanOption(
                new OptionSpace("vendor-4491"), 38, Bytes.ofHex("ffff9d90"), false, false));
  }

  @Test
  void tooShortARefreshTimeBecomesTheShortest() {
    assertThat(
            compile("", "{ 'name': 'information-refresh-time', 'data': '60' }")
                .plan()
                .orElseThrow()
                .links()
                .get(0)
                .subnets()
                .get(0)
                .options()
                .all())
        .extracting(PlanOption::value)
        .containsExactly(Bytes.ofHex("00000258"));
  }

  @Test
  void optionsOfEncapsulatedSpacesAreInsideAtAnyDepth() {
    String definitions =
        """
        { 'name': 'box', 'code': 1000, 'type': 'uint8', 'encapsulate': 'box-space' },
        { 'name': 'inner', 'space': 'box-space', 'code': 1, 'type': 'empty', 'encapsulate': 'inner-space' },
        { 'name': 'leaf', 'space': 'inner-space', 'code': 2, 'type': 'record', 'record-types': 'uint8, string' }
        """;
    String values =
        """
        { 'name': 'leaf', 'space': 'inner-space', 'data': '5, hi' },
        { 'name': 'box', 'data': '9' },
        { 'name': 'inner', 'space': 'box-space' }
        """;

    assertThat(options(definitions, values))
        .containsExactly(
            new PlanOption(
                OptionSpace.DHCP6,
                1000,
                Bytes.ofHex("09" + "0001" + "0007" + "0002" + "0003" + "05" + "6869"),
                false,
                false));
  }

  @Test
  void optionsThatHoldOptionsOfDhcp6TakeNoneFromBesideThem() {
    assertThat(
            options(
                "", "{ 'name': 'addrsel', 'data': '1' }, { 'name': 'preference', 'data': '3' }"))
        .extracting(PlanOption::value)
        .containsExactly(Bytes.ofHex("01"), Bytes.ofHex("03"));
  }

  @Test
  void aVendorsOptionsStandInItsSpace() {
    assertThat(
            options(
                "",
                "{ 'name': 'vendor-opts', 'data': '4491', 'always-send': true },"
                    + " { 'space': 'vendor-4491', 'name': 'tftp-servers', 'data': '2001:db8::1' },"
                    + " { 'space': 'vendor-25506', 'code': 7, 'data': '01', 'always-send': true }"))
        .containsExactly(
            new PlanOption(OptionSpace.DHCP6, 17, Bytes.ofHex("0000118b"), true, false),
            new PlanOption(
                OptionSpace.vendor(4491),
                32,
                Bytes.ofHex("20010db8000000000000000000000001"),
                false,
                false),
            new PlanOption(OptionSpace.vendor(25506), 7, Bytes.ofHex("01"), true, false));
  }

  @Test
  void definitionsOfBundlesCanBeUsedByName() {
    PlanCompilation compilation =
        compile(
            "",
            "{ 'name': 'motd', 'data': 'hi' }",
            OptionDefinition.of(OptionSpace.DHCP6, 2000, "motd", "string"));

    assertThat(compilation.plan().orElseThrow().links().get(0).subnets().get(0).options().all())
        .containsExactly(new PlanOption(OptionSpace.DHCP6, 2000, Bytes.ofUtf8("hi"), false, false));
    assertThat(compilation.plan().orElseThrow().catalogue().byName(OptionSpace.DHCP6, "motd"))
        .isPresent();
  }

  @Test
  void definitionsOfThePlanAreInItsCatalogue() {
    PlanCompilation compilation =
        compile("{ 'name': 'colour', 'code': 1200, 'type': 'uint8', 'array': true }", "");

    assertThat(compilation.plan().orElseThrow().catalogue().byCode(OptionSpace.DHCP6, 1200))
        .contains(OptionDefinition.of(OptionSpace.DHCP6, 1200, "colour", "uint8[]"));
  }

  @Test
  void anOptionThatGrowsTooLongIsRefused() {
    String big = "ab".repeat(60_000);
    PlanCompilation compilation =
        compile(
            "{ 'name': 'box', 'code': 1000, 'type': 'empty', 'encapsulate': 'b' }",
            "{ 'name': 'box' }, { 'space': 'b', 'code': 1, 'data': '%s' }, { 'space': 'b', 'code': 2, 'data': '%s' }"
                .formatted(big, big));

    assertThat(compilation.report().findings())
        .singleElement()
        .asString()
        .contains("dhcp6.box(1000) has 120008 octets with its options; at most 65535 fit");
  }
}

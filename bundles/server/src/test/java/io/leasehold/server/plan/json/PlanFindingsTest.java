// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.server.PlanReport.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small documents, each with one thing wrong at the mark §, and what is said of it. */
class PlanFindingsTest {
  private static final char MARK = '§';

  static Stream<Arguments> errorsInGlobals() {
    return Stream.of(
        arguments(
            "§'valid-lifetim': 1",
            "\"valid-lifetim\" is not a key of the Dhcp6 object; did you mean \"valid-lifetime\"?"),
        arguments("§'delegated-len': 1", "it is a key of a pd-pool"),
        arguments(
            "'valid-lifetime': §-1",
            "\"valid-lifetime\" is -1; accepted is seconds from 0 to 4294967295"),
        arguments(
            "'valid-lifetime': §4294967296",
            "\"valid-lifetime\" is 4294967296; accepted is seconds"),
        arguments("'valid-lifetime': §'12x'", "\"valid-lifetime\" is \"12x\"; accepted is seconds"),
        arguments("'valid-lifetime': §1.5", "\"valid-lifetime\" is 1.5; accepted is seconds"),
        arguments("'valid-lifetime': §0", "accepted is 1 or more"),
        arguments(
            "'max-valid-lifetime': §100",
            "\"valid-lifetime\" 7200 to \"max-valid-lifetime\" 100; accepted is a row that does not fall"),
        arguments("'min-valid-lifetime': §9000", "lifetimes from \"min-valid-lifetime\" 9000 over"),
        arguments(
            "'renew-timer': §20, 'rebind-timer': 10",
            "\"renew-timer\" is 20, more than the \"rebind-timer\" of 10"),
        arguments("'t1-percent': §0.9", "\"t1-percent\" is 0.9, not less than \"t2-percent\", 0.8"),
        arguments("'t1-percent': §50", "accepted is a number greater than 0 and less than 1"),
        arguments(
            "'allocator': §'iterativ'",
            "\"allocator\" is \"iterativ\"; accepted are iterative, random, flq; did you mean \"iterative\"?"),
        arguments(
            "'store-extended-info': §'yes'",
            "\"store-extended-info\" is \"yes\"; accepted is true or false"),
        arguments("'subnet6': §{}", "\"subnet6\" is {…}; accepted is a list in square brackets"),
        arguments(
            "'interfaces-config': { 'interfaces': [ 'eth0', §'eth0/x' ] }",
            "\"x\" is not an IPv6 address"),
        arguments(
            "'interfaces-config': { 'interfaces': [ §'*/2001:db8::1' ] }", "is not an interface"),
        arguments(
            "'interfaces-config': { 'interfaces': [ §7 ] }",
            "7 in \"interfaces\"; accepted is a text"),
        arguments(
            "'host-reservation-identifiers': [ 'duid', §'client-id' ]",
            "is not an identifier of DHCPv6 clients"),
        arguments("'mac-sources': [ §'arp' ]", "is not a source of link-layer addresses"),
        arguments("'relay-supplied-options': [ §'dns-server' ]", "did you mean \"dns-servers\"?"),
        arguments("'server-id': §{ 'identifier': '0102' }", "server-id needs \"type\""),
        arguments("'server-id': { 'type': §'EM' }", "accepted is LLT, EN, LL; did you mean"),
        arguments("'server-id': { 'type': 'LL', 'identifier': §'xy' }", "\"identifier\" is \"xy\""),
        arguments("'reservation-mode': §'all', 'reservations-global': true", "cannot stand beside"),
        arguments(
            "'reservations': [ §{ 'hostname': 'x' } ]",
            "a reservation needs one of \"duid\", \"hw-address\" and \"flex-id\""));
  }

  static Stream<Arguments> errorsInOptions() {
    return Stream.of(
        arguments("§{ 'data': '1' }", "an option needs \"name\" or \"code\""),
        arguments(
            "{ 'name': §'dns-server', 'data': '::1' }",
            "\"dns-server\" is not an option of the space \"dhcp6\"; did you mean \"dns-servers\"?"),
        arguments(
            "{ 'name': §'x', 'space': 'vendor-9', 'data': '1' }",
            "that space has none: define it with option-def"),
        arguments(
            "{ 'name': §'dns-servers', 'code': 24, 'data': 'a' }",
            "code 24 is dhcp6.domain-search(24)"),
        arguments(
            "{ 'code': §0, 'data': '1' }",
            "\"code\" is 0; accepted is a whole number from 1 to 65535"),
        arguments(
            "{ 'name': 'dns-servers', 'data': §'192.0.2.1' }",
            "field 1 ('192.0.2.1') is not an IPv6 address"),
        arguments("{ 'name': 'dns-servers', 'data': §'' }", "takes at least 1 field, not 0"),
        arguments("§{ 'name': 'dns-servers' }", "takes at least 1 field, not 0"),
        arguments("{ 'name': 'bootfile-url', 'data': §'' }", "takes 1 field, not 0"),
        arguments("{ 'name': 'preference', 'data': §'256' }", "256"),
        arguments("{ 'name': 'solmax-rt', 'data': §'59' }", "accepted are 60 to 86400 seconds"),
        arguments(
            "{ 'code': 83, 'csv-format': false, 'data': §'00015181' }",
            "accepted are 60 to 86400 seconds"),
        arguments(
            "{ 'name': 'preference', 'csv-format': false, 'data': §'0102' }",
            "the format is uint8"),
        arguments(
            "{ 'name': 'preference', 'csv-format': false, 'data': §'' }", "the format is uint8"),
        arguments(
            "{ 'code': 999, 'csv-format': §true, 'data': '1' }", "dhcp6.999 has no definition"),
        arguments("{ 'code': 999, 'data': §'hello' }", "dhcp6.999 \"hello\""),
        arguments(
            "§{ 'code': 999 }",
            "no data; an option without a value needs an option-def of the type \"empty\""),
        arguments(
            "{ 'name': 'preference', 'data': '1' }, §{ 'code': 7, 'data': '2' }",
            "is set twice on this level"),
        arguments(
            "{ 'space': §'vendor-4294967296', 'code': 3, 'data': '1' }",
            "is not the space of a vendor"),
        arguments(
            "{ 'space': §'dhcp4', 'code': 3, 'data': '1' }", "\"dhcp4\" is the space of DHCPv4"));
  }

  static Stream<Arguments> errorsInDefinitions() {
    return Stream.of(
        arguments("§{ 'name': 'a', 'code': 900 }", "an option definition needs \"type\""),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': §'uint64' }",
            "accepted is empty, binary, boolean"),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': §'record' }", "a record needs \"record-types\""),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': 'uint8', 'record-types': §'uint8' }",
            "is for the type \"record\""),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': 'record', 'record-types': §'uint8, foo' }",
            "'foo' is not a type"),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': §'string', 'array': true }", "string has no end"),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': 'uint8', 'array': true, 'encapsulate': §'b' }",
            "nothing tells where it ends"),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': 'uint8', 'encapsulate': §'b c' }",
            "is not an option space"),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': 'uint8', 'encapsulate': §'\\u0000' }",
            "is not an option space"),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': 'uint8', 'space': §'b c' }",
            "is not an option space"),
        arguments("{ 'name': §'a b', 'code': 900, 'type': 'uint8' }", "is not an option name"),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': 'uint8' }, { 'name': 'b', 'code': §900, 'type': 'uint8' }",
            "the plan already defines dhcp6.a(900)"),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': 'uint8' }, { 'name': §'a', 'code': 901, 'type': 'uint8' }",
            "the plan already defines dhcp6.a(900)"),
        arguments(
            "{ 'name': 'me', 'code': §1, 'type': 'string' }", "which the server itself writes"),
        arguments(
            "{ 'name': 'a', 'code': 900, 'type': 'empty', 'encapsulate': 'x' }, §{ 'name': 'b', 'code': 1, 'space': 'x', 'type': 'empty', 'encapsulate': 'x' }",
            "encapsulates itself"));
  }

  static Stream<Arguments> errorsInSubnets() {
    return Stream.of(
        arguments("§{}", "a subnet needs \"subnet\""),
        arguments(
            "{ 'subnet': §'2001:db8::/200' }",
            "is not an IPv6 prefix; accepted is one like 2001:db8::/32"),
        arguments("{ 'subnet': §'192.0.2.0/24' }", "is not an IPv6 prefix"),
        arguments(
            "{ 'subnet': '2001:db8::/64' }, { 'subnet': §'2001:db8::/64' }",
            "the subnet 2001:db8::/64 is already at plan.json:"),
        arguments(
            "{ 'subnet': '2001:db8::/64', 'id': 3 }, { 'subnet': '2001:db8:1::/64', 'id': §3 }",
            "\"id\" is 3, which is already at plan.json:"),
        arguments(
            "{ 'subnet': '2001:db8::/64', 'client-class': §'ALL', 'client-classes': [ 'KNOWN' ] }",
            "\"client-class\" is the older word for \"client-classes\"; accepted is one of them"),
        arguments(
            "{ 'subnet': '2001:db8::/64', §'fail-over': 'hq' }",
            "\"fail-over\" is not a key of a subnet; did you mean \"failover\"?"),
        arguments(
            "{ 'subnet': '2001:db8::/64', 'interface': 'eth0', 'interface-id': §'x' }",
            "accepted is one of them"),
        arguments(
            "{ 'subnet': '2001:db8::/64', 'interface': §'eth0/1' }",
            "is not the name of an interface"),
        arguments(
            "{ 'subnet': '2001:db8::/64', 'relay': { 'ip-addresses': [ §'x' ] } }",
            "is not an IPv6 address"),
        arguments(
            "{ 'subnet': '2001:db8::/64', 'relay': { 'ip-address': §'::1', 'ip-addresses': [ '::1' ] } }",
            "the older word"));
  }

  static Stream<Arguments> errorsInPools() {
    return Stream.of(
        arguments("'pools': [ §{} ]", "a pool needs \"pool\""),
        arguments(
            "'pools': [ { 'pool': §'2001:db8::1' } ]",
            "accepted are \"first - last\" and \"prefix/length\""),
        arguments("'pools': [ { 'pool': §'2001:db8::9 - 2001:db8::1' } ]", "ends before it begins"),
        arguments(
            "'pools': [ { 'pool': §'2001:db8:1::/80' } ]",
            "is not inside the subnet 2001:db8::/64"),
        arguments("'pools': [ { 'pool': §'2001:db8::/63' } ]", "is not inside the subnet"),
        arguments(
            "'pools': [ { 'pool': '2001:db8::1-2001:db8::10' }, { 'pool': §'2001:db8::10-2001:db8::20' } ]",
            "overlaps the pool 2001:db8::1 - 2001:db8::10"),
        arguments(
            "'pools': [ { 'pool': '2001:db8::1-2001:db8::9', 'client-class': §7 } ]",
            "\"client-class\" is 7; accepted is a text in quotation marks"),
        arguments(
            "'pd-pools': [ §{ 'prefix': '2001:db8:8::', 'delegated-len': 64 } ]",
            "a pd-pool needs \"prefix-len\""),
        arguments(
            "'pd-pools': [ { 'prefix': '2001:db8:8::', 'prefix-len': 48, 'delegated-len': §47 } ]",
            "accepted is \"prefix-len\", which is 48, or more"),
        arguments(
            "'pd-pools': [ { 'prefix': '2001:db8:8::', 'prefix-len': 48, 'delegated-len': §129 } ]",
            "accepted is a whole number from 1 to 128"),
        arguments(
            "'pd-pools': [ { 'prefix': '2001:db8:8::', 'prefix-len': 48, 'delegated-len': 56, 'excluded-prefix': '2001:db8:8::', 'excluded-prefix-len': §56 } ]",
            "accepted is more than \"delegated-len\", which is 56"),
        arguments(
            "'pd-pools': [ { 'prefix': '2001:db8:8::', 'prefix-len': 48, 'delegated-len': 56, 'excluded-prefix': §'2001:db8:8:100::', 'excluded-prefix-len': 64 } ]",
            "is not inside the first delegated prefix, 2001:db8:8::/56"),
        arguments(
            "'pd-pools': [ { 'prefix': '2001:db8:8::', 'prefix-len': 48, 'delegated-len': 56, 'excluded-prefix-len': §64 } ]",
            "needs \"excluded-prefix\""),
        arguments(
            "'pd-pools': [ { 'prefix': '2001:db8:8::', 'prefix-len': 48, 'delegated-len': 56 }, { 'prefix': §'2001:db8:8:1::', 'prefix-len': 64, 'delegated-len': 64 } ]",
            "overlaps the pd-pool 2001:db8:8::/48"));
  }

  static Stream<Arguments> errorsInReservations() {
    return Stream.of(
        arguments(
            "{ 'duid': '0102', 'ip-addresses': [ §'2001:db8:1::1' ] }",
            "is not inside the subnet 2001:db8::/64"),
        arguments(
            "§{ 'duid': '0102', 'hw-address': '00:00:00:00:00:01', 'hostname': 'x' }",
            "needs one of \"duid\", \"hw-address\" and \"flex-id\""),
        arguments(
            "{ 'duid': §'0g', 'hostname': 'x' }",
            "\"duid\" is \"0g\"; accepted are 1 to 130 octets"),
        arguments("§{ 'duid': '0102' }", "duid \"01:02\" gets nothing"),
        arguments(
            "{ 'duid': '0102', 'hostname': 'x' }, §{ 'duid': '01:02', 'hostname': 'y' }",
            "already has a reservation here"),
        arguments(
            "{ 'duid': '0102', 'prefixes': [ '2001:db8:8::/48' ] }, { 'duid': '0103', 'prefixes': [ §'2001:db8:8:1::/64' ] }",
            "the reserved prefix 2001:db8:8:1::/64 overlaps the reserved prefix 2001:db8:8::/48"),
        arguments(
            "{ 'duid': '0102', 'ip-addresses': [ '2001:db8::1' ] }, { 'duid': '0103', 'ip-addresses': [ §'2001:db8::1' ] }",
            "\"2001:db8::1\" is already reserved at plan.json:"),
        arguments("{ 'duid': '0102', 'prefixes': [ §'2001:db8:8::' ] }", "is not an IPv6 prefix"),
        arguments(
            "{ 'duid': '0102', 'prefixes': [ '2001:db8:8::/56' ] }, { 'duid': '0103', 'prefixes': [ §'2001:db8:8::/56' ] }",
            "is already reserved"),
        arguments("{ 'duid': '0102', 'hostname': §'a b' }", "\"hostname\" has blanks"),
        arguments(
            "{ 'duid': '0102', 'hostname': 'x', §'delegated-len': 56 }",
            "is not a key of a reservation"),
        arguments("{ 'duid': '0102', 'option-data': [ { 'name': §'x' } ] }", "is not an option"));
  }

  static Stream<Arguments> errorsInNetworks() {
    return Stream.of(
        arguments(
            "§{ 'subnet6': [ { 'subnet': '2001:db8::/64' } ] }", "a shared network needs \"name\""),
        arguments(
            "{ 'name': 'a', 'subnet6': [ { 'subnet': '2001:db8::/64' } ] }, { 'name': §'a', 'subnet6': [ { 'subnet': '2001:db8:1::/64' } ] }",
            "is already the name of the shared network at"),
        arguments(
            "{ 'name': 'a', 'interface': 'eth0', 'subnet6': [ { 'subnet': '2001:db8::/64', 'interface': §'eth1' } ] }",
            "\"interface\" is eth1 here and eth0 at"),
        arguments(
            "{ 'name': 'a', 'subnet6': [ { 'subnet': '2001:db8::/64', 'rapid-commit': true }, { 'subnet': '2001:db8:1::/64', 'rapid-commit': §false } ] }",
            "\"rapid-commit\" is false here and true at"),
        arguments(
            "{ 'name': §'2001:db8::/64', 'subnet6': [ { 'subnet': '2001:db8::/64' } ] }",
            "a name that cannot be taken for a subnet"));
  }

  @ParameterizedTest
  @MethodSource("errorsInGlobals")
  void globals(String keys, String text) {
    assertOnly(true, "{ 'Dhcp6': { " + keys + " } }", text);
  }

  @ParameterizedTest
  @MethodSource("errorsInOptions")
  void options(String options, String text) {
    assertOnly(true, "{ 'Dhcp6': { 'option-data': [ " + options + " ] } }", text);
  }

  @ParameterizedTest
  @MethodSource("errorsInDefinitions")
  void definitions(String definitions, String text) {
    assertOnly(true, "{ 'Dhcp6': { 'option-def': [ " + definitions + " ] } }", text);
  }

  @ParameterizedTest
  @MethodSource("errorsInSubnets")
  void subnets(String subnets, String text) {
    assertOnly(true, "{ 'Dhcp6': { 'subnet6': [\n  " + subnets + " ] } }", text);
  }

  @ParameterizedTest
  @MethodSource("errorsInPools")
  void pools(String pools, String text) {
    assertOnly(
        true,
        "{ 'Dhcp6': {\n 'subnet6': [ { 'subnet': '2001:db8::/64',\n  " + pools + " } ] } }",
        text);
  }

  @ParameterizedTest
  @MethodSource("errorsInReservations")
  void reservations(String reservations, String text) {
    assertOnly(
        true,
        "{ 'Dhcp6': { 'subnet6': [ { 'subnet': '2001:db8::/64', 'reservations': [\n"
            + reservations
            + " ] } ] } }",
        text);
  }

  @ParameterizedTest
  @MethodSource("errorsInNetworks")
  void networks(String networks, String text) {
    assertOnly(true, "{ 'Dhcp6': { 'shared-networks': [ " + networks + " ] } }", text);
  }

  static void assertOnly(boolean error, String marked, String text) {
    int mark = marked.indexOf(MARK);
    int line = 1 + (int) marked.substring(0, mark).chars().filter(c -> c == '\n').count();
    int column = mark - marked.lastIndexOf('\n', mark);
    List<Finding> findings = findings(marked.replace(String.valueOf(MARK), ""));

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).error()).isEqualTo(error);
    assertThat(findings.get(0).text()).contains(text);
    assertThat(findings.get(0).place()).isEqualTo("plan.json:" + line + ":" + column);
  }

  /** Single quotation marks stand for double ones, but within double ones. */
  static List<Finding> findings(String document) {
    StringBuilder json = new StringBuilder();
    boolean within = false;
    for (char c : document.toCharArray()) {
      within ^= c == '"';
      json.append(c == '\'' && !within ? '"' : c);
    }
    return new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE)
        .compile(List.of(new Document("plan.json", json.toString())), List.of())
        .report()
        .findings();
  }

  @Test
  void aValueOfAMillionCharactersIsNotRepeatedToTheOperator() {
    String value = "x".repeat(1_000_000);
    PlanCompilation compilation =
        Compiling.compile("{\"Dhcp6\":{\"subnet6\":[{\"subnet\":\"" + value + "\"}]}}");

    assertThat(compilation.report().findings())
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.text()).hasSizeLessThan(1_600))
        .anySatisfy(finding -> assertThat(finding.text()).contains("x … x", "accepted"));
  }
}

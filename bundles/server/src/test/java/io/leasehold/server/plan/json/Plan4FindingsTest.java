// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small {@code Dhcp4} objects, each with one thing to say at the mark §. */
class Plan4FindingsTest {
  static Stream<Arguments> errorsInGlobals() {
    return Stream.of(
        arguments(
            "§'authoritativ': true",
            "\"authoritativ\" is not a key of the Dhcp4 object; did you mean \"authoritative\"?"),
        arguments(
            "§'preferred-lifetime': 1",
            "\"preferred-lifetime\" is not a key of the Dhcp4 object; it is a key of the Dhcp6 object"),
        arguments("§'pd-pools': [ ]", "it is a key of a subnet in Dhcp6"),
        arguments("§'circuit-id': '01'", "it is a key of a reservation"),
        arguments("'authoritative': §1", "\"authoritative\" is 1; accepted is true or false"),
        arguments("'valid-lifetime': §0", "accepted is 1 or more"),
        arguments(
            "'renew-timer': §200, 'rebind-timer': 100",
            "\"renew-timer\" is 200, more than the \"rebind-timer\" of 100"),
        arguments(
            "'calculate-tee-times': true, 't1-percent': §0.9",
            "\"t1-percent\" is 0.9, not less than \"t2-percent\", 0.875"),
        arguments(
            "'adaptive-lease-time-threshold': §0", "accepted is a number greater than 0, up to 1"),
        arguments(
            "'adaptive-lease-time-threshold': §1.5",
            "accepted is a number greater than 0, up to 1"),
        arguments(
            "'next-server': §'2001:db8::1'",
            "is not an IPv4 address; accepted is one like 192.0.2.1"),
        arguments("'next-server': §'255.255.255.255'", "is not the address of a server"),
        arguments(
            "'server-hostname': §'" + "a".repeat(64) + "'",
            "\"server-hostname\" has 64 octets; accepted are up to 63"),
        arguments(
            "'boot-file-name': §'" + "a".repeat(128) + "'",
            "\"boot-file-name\" has 128 octets; accepted are up to 127"),
        arguments(
            "'interfaces-config': { 'interfaces': [ §'eth0/2001:db8::1' ] }",
            "is not an IPv4 address"),
        arguments(
            "'interfaces-config': { 'interfaces': [ §'*/192.0.2.1' ] }",
            "accepted are \"eth0\", \"eth0/192.0.2.1\" and \"*\""),
        arguments(
            "'host-reservation-identifiers': [ §'remote-id' ]",
            "is not an identifier of DHCPv4 clients; accepted are \"hw-address\", \"duid\", \"circuit-id\", \"client-id\", \"flex-id\""),
        arguments("'compatibility': { 'exclude-first-last-24': §1 }", "accepted is true or false"),
        arguments("'bootp': §'yes'", "accepted is true or false"),
        arguments(
            "'hooks-libraries': [ { 'library': 'libdhcp_ping_check.so', 'parameters': { 'reply-timeout': §0 } } ]",
            "accepted is a whole number from 1 to 5000"),
        arguments("'hooks-libraries': [ §{ } ]", "a hooks library needs \"library\""),
        arguments(
            "'client-classes': [ { 'name': 'gold', 'test': 'known' } ], 'hooks-libraries': [ { 'library': 'libdhcp_flex_id.so', 'parameters': { 'identifier-expression': §\"ifelse(member('gold'), option[61].hex, '')\" } } ]",
            "asks for the class \"gold\", which has no members yet when an identifier is made; accepted"),
        arguments(
            "'client-classes': [ { 'name': 'gold' } ], 'hooks-libraries': [ { 'library': 'libdhcp_flex_id.so', 'parameters': { 'identifier-expression': §\"ifelse(member('gold'), option[61].hex, '')\" } } ]",
            "asks for the class \"gold\", which has no members yet"),
        arguments(
            "'client-classes': [ { 'name': 'gold', 'test': 'option[61].exists', 'only-if-required': true } ], 'hooks-libraries': [ { 'library': 'libdhcp_flex_id.so', 'parameters': { 'identifier-expression': §\"ifelse(member('gold'), option[61].hex, '')\" } } ]",
            "asks for the class \"gold\", which has no members yet"),
        arguments(
            "'early-global-reservations-lookup': true, 'hooks-libraries': [ { 'library': 'libdhcp_flex_id.so', 'parameters': { 'identifier-expression': §\"ifelse(member('ALL'), option[61].hex, '')\" } } ]",
            "yet when an identifier is made, as \"early-global-reservations-lookup\" is true; accepted"),
        arguments(
            "'hooks-libraries': [ { 'library': 'libdhcp_flex_id.so', 'parameters': { 'identifier-expression': §\"ifelse(unknown, option[61].hex, '')\" } } ]",
            "asks for the class \"KNOWN\", which has no members yet"),
        arguments(
            "'hooks-libraries': [ { 'library': 'libdhcp_flex_id.so', 'parameters': { 'identifier-expression': §\"ifelse(member('gold'), option[61].hex, '')\" } } ]",
            "there is no class \"gold\" to ask for"),
        arguments(
            "'hooks-libraries': [ { 'library': §'libdhcp_flex_id.so' } ]",
            "needs \"parameters\" with \"identifier-expression\""),
        arguments(
            "'hooks-libraries': [ { 'library': 'libdhcp_flex_id.so', 'parameters': { 'identifier-expression': §'option[61].exists' } } ]",
            "is not an expression: column 1: a condition where a value is needed"),
        arguments("'compatibility': { §'exclude-first-last': true }", "did you mean"));
  }

  static Stream<Arguments> errorsInSubnets() {
    return Stream.of(
        arguments("§{ 'id': 1 }", "a subnet needs \"subnet\""),
        arguments(
            "{ 'subnet': §'2001:db8::/64' }",
            "is not an IPv4 prefix; accepted is one like 192.0.2.0/24"),
        arguments("{ 'subnet': §'192.0.2.0/33' }", "is not an IPv4 prefix"),
        arguments("{ 'subnet': §'192.0.2.0' }", "is not an IPv4 prefix"),
        arguments(
            "{ 'subnet': '192.0.2.0/24', 'pools': [ { 'pool': §'198.51.100.1 - 198.51.100.9' } ] }",
            "is not inside the subnet 192.0.2.0/24"),
        arguments(
            "{ 'subnet': '192.0.2.0/24', 'pools': [ { 'pool': §'192.0.2.9 - 192.0.2.1' } ] }",
            "ends before it begins"),
        arguments(
            "{ 'subnet': '192.0.2.0/24', 'pools': [ { 'pool': §'192.0.2.9' } ] }", "is not a pool"),
        arguments(
            "{ 'subnet': '192.0.2.0/24', 'pools': [ { 'pool': '192.0.2.8/29' }, { 'pool': §'192.0.2.15-192.0.2.20' } ] }",
            "the pool 192.0.2.15 - 192.0.2.20 of 192.0.2.0/24 overlaps the pool 192.0.2.8 - 192.0.2.15"),
        arguments(
            "{ 'id': 3, 'subnet': '192.0.2.0/24' }, { 'id': §3, 'subnet': '198.51.100.0/24' }",
            "\"id\" is 3, which is already at"),
        arguments(
            "{ 'subnet': '192.0.2.0/24', 'relay': { 'ip-addresses': [ §'2001:db8::1' ] } }",
            "is not an IPv4 address"),
        arguments(
            "{ 'subnet': '192.0.2.0/24', §'interface-id': 'x' }",
            "it is a key of a shared network in Dhcp6"),
        arguments(
            "{ 'subnet': '192.0.2.0/24', 'client-classes': [ §'' ] }",
            "\"\" is not the name of a class"),
        arguments("{ 'subnet': '192.0.2.0/24', 'allocator': §'flqq' }", "did you mean \"flq\"?"));
  }

  static Stream<Arguments> errorsInReservations() {
    return Stream.of(
        arguments(
            "§{ 'ip-address': '192.0.2.5' }",
            "a reservation needs one of \"hw-address\", \"duid\", \"circuit-id\", \"client-id\" and \"flex-id\""),
        arguments("§{ 'hw-address': '01', 'client-id': '01', 'hostname': 'x' }", "needs one of"),
        arguments(
            "§{ 'client-id': '0102' }",
            "client-id \"01:02\" gets nothing; accepted is one of ip-address, next-server, server-hostname"),
        arguments(
            "{ 'hw-address': '01', 'ip-address': §'198.51.100.1' }", "is not inside the subnet"),
        arguments(
            "{ 'hw-address': '01', 'ip-address': §'0.0.0.0' }", "is not an address of one host"),
        arguments("{ 'hw-address': '01', 'ip-address': §'2001:db8::1' }", "is not an IPv4 address"),
        arguments(
            "{ 'hw-address': '01', 'hostname': 'x', §'ip-addresses': [ '192.0.2.1' ] }",
            "did you mean \"ip-address\"?"),
        arguments("{ 'hw-address': '01', 'next-server': §'x' }", "is not an IPv4 address"),
        arguments(
            "{ 'hw-address': '01', 'ip-address': '192.0.2.5' }, { 'client-id': '01', 'ip-address': §'192.0.2.5' }",
            "is already reserved at"),
        arguments(
            "{ 'circuit-id': '01', 'hostname': 'x' }, §{ 'circuit-id': '01', 'hostname': 'y' }",
            "already has a reservation here"));
  }

  static Stream<Arguments> errorsInOptions() {
    return Stream.of(
        arguments(
            "{ 'name': §'dns-servers', 'data': '' }", "is not an option of the space \"dhcp4\""),
        arguments(
            "{ 'name': 'x', 'space': §'dhcp6', 'data': '' }", "\"dhcp6\" is the space of DHCPv6"),
        arguments("{ 'code': §255, 'data': '01' }", "accepted is a whole number from 1 to 254"),
        arguments("{ 'code': §256, 'space': 'vendor-9', 'data': '01' }", "from 1 to 255"),
        arguments("{ 'name': 'routers', 'data': §'2001:db8::1' }", "is not an IPv4 address"),
        arguments("{ 'name': 'v6-only-preferred', 'data': §'x' }", "v6-only-preferred(108)"),
        arguments(
            "{ 'name': 'routers', 'data': '192.0.2.1' }, §{ 'code': 3, 'data': '192.0.2.2' }",
            "is set twice on this level"),
        arguments(
            "{ 'name': 'vivso-suboptions', 'csv-format': false, 'data': §'0000118b0701' }",
            "vivso-suboptions(125)"),
        arguments(
            "{ 'space': 'vendor-9', 'code': 1, 'data': §'" + "00".repeat(256) + "' }",
            "256 octets are too many for an option (255)"));
  }

  static Stream<Arguments> warnings() {
    return Stream.of(
        arguments("'rebind-timer': §8000", "not less than the valid lifetime of 7200"),
        arguments("'interfaces-config': { §'dhcp-socket-type': 'udp' }", "the transport in use"),
        arguments(
            "'interfaces-config': { §'outbound-interface': 'use-routing' }",
            "where the request came in"),
        arguments("§'stash-agent-options': true", "has no effect here"),
        arguments("§'dhcp4o6-port': 786", "DHCPv4 over DHCPv6 is not served"),
        arguments(
            "'hooks-libraries': [ { 'library': §'/usr/lib/kea/hooks/libdhcp_bootp.so' } ]",
            "BOOTP clients are served where the plan has \"bootp\": true"),
        arguments(
            "'hooks-libraries': [ { 'library': §'libdhcp_ha.so', 'parameters': { } } ]",
            "extensions are bundles"),
        arguments(
            "'host-reservation-identifiers': §[ 'flex-id' ]",
            "\"flex-id\" is not looked up, so nobody"),
        arguments(
            "'subnet4': [ { 'subnet': §'192.0.2.7/24' } ]",
            "has bits set beyond its length; 192.0.2.0/24 is used"),
        arguments(
            "'subnet4': [ { 'subnet': '192.0.2.0/24', §'4o6-interface': 'eth0' } ]",
            "DHCPv4 over DHCPv6 is not served"),
        arguments(
            "'subnet4': [ { 'subnet': '192.0.2.0/24', 'pools': [ { 'pool': §'192.0.2.0/24' } ] } ]",
            "are no host's, and clients get what of them is in the pool"),
        arguments(
            "'option-data': [ §{ 'name': 'dhcp-lease-time', 'data': '100' } ]",
            "the server writes it itself, as \"valid-lifetime\" says"),
        arguments(
            "'option-data': [ §{ 'name': 'dhcp-renewal-time', 'data': '100' } ]",
            "the server writes it itself, as \"renew-timer\" says"),
        arguments(
            "'option-data': [ §{ 'name': 'dhcp-message-type', 'data': '5' } ]",
            "dhcp4.dhcp-message-type(53) depends on the message; the server writes it itself"),
        arguments(
            "'option-data': [ §{ 'name': 'circuit-id', 'space': 'dhcp-agent-options-space', 'data': '01' } ]",
            "what a relay agent adds goes back to it unchanged"),
        arguments(
            "'option-data': [ §{ 'code': 1, 'space': 'vendor-encapsulated-options-space', 'data': '01' } ]",
            "is not sent: no option set on this level encapsulates"),
        arguments(
            "'option-data': [ { 'name': 'v6-only-preferred', 'data': §'60' } ]",
            "clients wait 300 seconds at least"),
        arguments(
            "'subnet4': [ { 'subnet': '192.0.2.0/24', 'client-class': §'vip' } ]",
            "nobody is in the class \"vip\", so it is used by nobody"));
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        arguments("'subnet4': [ { 'subnet': '0.0.0.0/0' } ]"),
        arguments(
            "'subnet4': [ { 'subnet': '192.0.2.8/31', 'pools': [ { 'pool': '192.0.2.8/31' } ] } ]"),
        arguments(
            "'subnet4': [ { 'subnet': '192.0.2.8/32', 'pools': [ { 'pool': '192.0.2.8/32' } ] } ]"),
        arguments("'next-server': '', 'server-hostname': '', 'boot-file-name': ''"),
        arguments("'calculate-tee-times': true, 't1-percent': .5, 't2-percent': .75"),
        arguments("'next-server': '0.0.0.0'"),
        arguments(
            "'compatibility': { 'lenient-option-parsing': true, 'ignore-rai-link-selection': true, 'ignore-dhcp-server-identifier': true }"),
        arguments(
            "'compatibility': { 'exclude-first-last-24': true }, 'subnet4': [ { 'subnet': '192.0.2.0/24', 'pools': [ { 'pool': '192.0.2.0/24' } ] } ]"),
        arguments("'bootp': true"),
        arguments("'option-data': [ { 'name': 'dhcp-server-identifier', 'data': '192.0.2.1' } ]"),
        arguments(
            "'option-data': [ { 'name': 'host-name', 'csv-format': false, 'data': 'abcdef' } ]"),
        arguments("'option-data': [ { 'name': 'v6-only-preferred', 'data': '0' } ]"),
        arguments(
            "'option-data': [ { 'name': 'tftp-servers', 'space': 'docsis3-v4', 'data': '192.0.2.9' } ]"),
        arguments("'option-def': [ { 'name': 'etherboot', 'code': 175, 'type': 'string' } ]"),
        arguments("'reservations': [ { 'client-id': \"'phone'\", 'next-server': '192.0.2.1' } ]"),
        arguments(
            "'subnet4': [ { 'subnet': '192.0.2.0/24', 'client-class': '', 'reservations': [ { 'duid': '01', 'ip-address': '192.0.2.0' } ] } ]"));
  }

  private static String dhcp4(String keys) {
    return "{ 'Dhcp4': { " + keys + " } }";
  }

  @ParameterizedTest
  @MethodSource("errorsInGlobals")
  void globals(String keys, String text) {
    PlanFindingsTest.assertOnly(true, dhcp4(keys), text);
  }

  @ParameterizedTest
  @MethodSource("errorsInSubnets")
  void subnets(String subnets, String text) {
    PlanFindingsTest.assertOnly(true, dhcp4("'subnet4': [ " + subnets + " ]"), text);
  }

  @ParameterizedTest
  @MethodSource("errorsInReservations")
  void reservations(String reservations, String text) {
    String subnet = "'subnet4': [ { 'subnet': '192.0.2.0/24', 'reservations': [ %s ] } ]";
    PlanFindingsTest.assertOnly(true, dhcp4(subnet.formatted(reservations)), text);
  }

  @ParameterizedTest
  @MethodSource("errorsInOptions")
  void options(String options, String text) {
    PlanFindingsTest.assertOnly(true, dhcp4("'option-data': [ " + options + " ]"), text);
  }

  @ParameterizedTest
  @MethodSource("warnings")
  void warns(String keys, String text) {
    PlanFindingsTest.assertOnly(false, dhcp4(keys), text);
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void saysNothing(String keys) {
    assertThat(PlanFindingsTest.findings(dhcp4(keys))).isEmpty();
  }
}

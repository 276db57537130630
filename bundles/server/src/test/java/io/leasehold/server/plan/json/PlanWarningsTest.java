// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is accepted with a warning, which names what serves instead, and what is accepted in
 * silence.
 */
class PlanWarningsTest {
  static Stream<Arguments> warnings() {
    return Stream.of(
        arguments(
            "'preferred-lifetime': §9000",
            "\"preferred-lifetime\" is 9000, more than the \"valid-lifetime\" of 7200; clients get 4500"),
        arguments(
            "'rebind-timer': §5000",
            "\"rebind-timer\" is 5000, not less than the preferred lifetime of 3600: clients keep no time to renew"),
        arguments(
            "§'lease-database': { 'type': 'memfile' }", "\"lease-database\" has no effect here"),
        arguments(
            "'hooks-libraries': [ { 'library': §'libdhcp_ha.so' } ]",
            "\"hooks-libraries\" has no effect here"),
        arguments("§'allow-address-registration': true", "make themselves are not registered"),
        arguments("§'adaptive-lease-time-threshold': 0.8", "how full a pool is"),
        arguments(
            "'subnet6': [ { 'subnet': '2001:db8::/64', 'reservations': [ { 'duid': '01', 'prefixes': [ '2001:db8:1::/56' ], §'excluded-prefixes': [ '' ] } ] } ]",
            "said by the pd-pool it is from"),
        arguments("§'ddns-send-updates': false", "names are not registered in the DNS"),
        arguments("'ip-reservations-unique': §false", "an address is reserved for one client"),
        arguments("'mac-sources': §[ 'duid' ]", "\"mac-sources\" has no effect here"),
        arguments("'server-id': §{ 'type': 'LLT' }", "leaves a part of the DUID open"),
        arguments(
            "'subnet6': [ { 'subnet': §'2001:db8::1/64' } ]",
            "has bits set beyond its length; 2001:db8::/64 is used"),
        arguments(
            "'subnet6': [ { 'subnet': '2001:db8::/32' }, { 'subnet': §'2001:db8::/64' } ]",
            "overlaps the subnet 2001:db8::/32"),
        arguments(
            "'interfaces-config': { 'interfaces': [ 'eth1/2001:db8::1' ] }, 'subnet6': [ { 'subnet': §'2001:db8::/64', 'interface': 'eth0' }, { 'subnet': '2001:db8:1::/64', 'interface': 'eth1' } ]",
            "the interface \"eth0\" of the subnet 2001:db8::/64 is not among"),
        arguments(
            "'subnet6': [ { 'subnet': '2001:db8::/64', 'reservations-out-of-pool': true, 'pools': [ { 'pool': '2001:db8::/80' } ], 'reservations': §[ { 'duid': '01', 'ip-addresses': [ '2001:db8::1' ] } ] } ]",
            "2001:db8::1 is reserved and in a pool"),
        arguments(
            "'subnet6': [ { 'subnet': '2001:db8::/64', 'interface': 'eth0' }, { 'subnet': '2001:db8:1::/64', 'interface': §'eth0' } ]",
            "already tells the packets of another link"),
        arguments(
            "'option-def': [ { 'name': 's', 'code': 1, 'space': 'box', 'type': 'uint8' } ], 'option-data': [ §{ 'name': 's', 'space': 'box', 'data': '1' } ]",
            "is not sent: no option set on this level encapsulates the space \"box\""),
        arguments(
            "'option-def': [ { 'name': 'box', 'code': 500, 'type': 'empty', 'encapsulate': 'inside' } ], 'option-data': [ §{ 'name': 'box' } ]",
            "is sent without a value: no option of the space \"inside\" is set on this level"),
        arguments(
            "'option-def': [ { 'name': 'dnr', 'code': §144, 'type': 'binary' } ]",
            "values in this plan are read as defined here"),
        arguments(
            "'option-data': [ §{ 'name': 'unicast', 'data': '2001:db8::1' } ]",
            "is obsolete (RFC 9915) and not sent"),
        arguments(
            "'option-data': [ §{ 'name': 'clientid', 'data': '0102' } ]",
            "clientid(1) depends on the message; the server writes it itself"),
        arguments(
            "'option-data': [ { 'name': 'information-refresh-time', 'data': §'599' } ]",
            "is 599; the least is 600, which is sent"),
        arguments(
            "'reservations': [ { 'flex-id': \"'box-7'\", 'hostname': 'x' } ], 'host-reservation-identifiers': §[ 'duid' ]",
            "nobody gets what is reserved for it: that needs \"flex-id\" in"),
        arguments(
            "'host-reservation-identifiers': §[ 'flex-id' ]",
            "nobody gets what is reserved for it: that needs the \"identifier-expression\""),
        arguments("'shared-networks': [ §{ 'name': 'a' } ]", "the shared network a has no subnets"),
        arguments("'subnet6': [ { 'subnet': '2001:db8::/64' }§, ]", "nothing follows the comma"));
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        arguments("'comment': 'c', 'user-context': { 'a': [ 1, { } ] }"),
        arguments(
            "'subnet6': [ { 'subnet': '2001:db8::/64', 'client-class': '', 'require-client-classes': [ ] } ]"),
        arguments("'client-classes': [ ]"),
        arguments("'reservations': [ { 'duid': '01', 'client-classes': [ 'vip' ] } ]"),
        arguments("'valid-lifetime': '1d12h', 'preferred-lifetime': '90m'"),
        arguments("'valid-lifetime': 'infinity'"),
        arguments(
            "'valid-lifetime': 'infinity', 'preferred-lifetime': 'infinity', 'renew-timer': 'infinity', 'rebind-timer': 'infinity'"),
        arguments(
            "'option-data': [ { 'name': 'solmax-rt', 'data': '60' }, { 'name': 'inf-max-rt', 'data': '86400' } ]"),
        arguments("'option-data': [ { 'name': 'dns-servers', 'never-send': true } ]"),
        arguments("'option-data': [ { 'space': 'vendor-9', 'code': 1, 'data': '0a0b' } ]"),
        arguments(
            "'option-data': [ { 'name': 'ntp-server' }, { 'space': 'ntp-server-options', 'name': 'ntp-server-address', 'data': '2001:db8::7' } ]"));
  }

  @ParameterizedTest
  @MethodSource("warnings")
  void warns(String keys, String text) {
    PlanFindingsTest.assertOnly(false, "{ 'Dhcp6': { " + keys + " } }", text);
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void saysNothing(String keys) {
    assertThat(PlanFindingsTest.findings("{ 'Dhcp6': { " + keys + " } }")).isEmpty();
  }
}

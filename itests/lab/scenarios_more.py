# SPDX-License-Identifier: Apache-2.0
"""Scenarios of shared networks, lifetimes, option levels, reservations of the whole plan and odd messages; see scenarios.py."""
import struct

import dhcp6
from dhcp6 import (CONFIRM, DECLINE, INFORMATION_REQUEST, RAPID_COMMIT, REBIND, RELEASE, RENEW, REQUEST, SOLICIT, elapsed,
                   ia_addr, ia_na, ia_pd, ia_prefix, oro)
from scenarios import PEER, RAPID, hops, port, scenario
from scripted_client import duid_ll, granted, mac, server_id

EVERY_FORMAT = (1010, 1011, 1012, 1013, 1014, 1015, 1016, 1017, 1018, 1019, 1020, 1021, 1022, 1023, 2000)
EVERY_STANDARD = (15, 21, 36, 40, 41, 59, 60, 61, 62, 64, 74, 82, 83, 88, 103)
FOREVER = 0xFFFFFFFF


def on_link(s, number, *options):
    s.relay(hops(f"2001:db8:{number}::1", *options))


@scenario
def network_falls_through_to_its_second_subnet(s):
    on_link(s, 10)
    for _ in range(2):
        s.lease(ia_na(1), oro(23))
        s.become_another_client()


@scenario
def network_starts_with_the_subnet_of_the_relay(s):
    on_link(s, 11)
    s.lease(ia_na(1), oro(23))


@scenario
def network_delegates_from_its_second_subnet(s):
    on_link(s, 10)
    s.lease(ia_pd(1), oro(23))


@scenario
def network_asked_for_information_by_its_second_subnet(s):
    on_link(s, 11)
    s.ask(INFORMATION_REQUEST, oro(23), elapsed())


@scenario
def network_asked_for_information_by_its_first_subnet(s):
    on_link(s, 10)
    s.ask(INFORMATION_REQUEST, oro(23), elapsed())


@scenario
def network_confirms_both_subnets(s):
    on_link(s, 10)
    s.ask(CONFIRM, ia_na(1, [ia_addr("2001:db8:10::77"), ia_addr("2001:db8:11::77")]), elapsed())


@scenario
def network_chosen_by_port(s):
    s.relay(hops("2001:db8:7777::1", port("port-8")))
    s.lease(ia_na(1))


@scenario
def network_chosen_by_relay_address(s):
    s.relay(hops("2001:db8:eeee::8"))
    s.lease(ia_na(1))


@scenario
def lifetimes_without_a_wish(s):
    on_link(s, 13)
    s.lease(ia_na(1), ia_pd(1))


@scenario
def lifetimes_within_bounds(s):
    on_link(s, 13)
    s.ask(SOLICIT, ia_na(1, [ia_addr("2001:db8:13::44", 1200, 2400)]), ia_pd(1, [ia_prefix("2001:db8:1300:4400::/56", 1200, 2400)]),
          elapsed())


@scenario
def lifetimes_above_bounds(s):
    on_link(s, 13)
    s.ask(SOLICIT, ia_na(1, [ia_addr("2001:db8:13::45", 9000, 9900)]), elapsed())


@scenario
def lifetimes_below_bounds(s):
    on_link(s, 13)
    s.ask(SOLICIT, ia_na(1, [ia_addr("2001:db8:13::46", 10, 20)]), elapsed())


@scenario
def lifetimes_wished_in_a_renew(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1))
    own = dhcp6.ias(reply)[0].leases[0][0]
    s.ask(RENEW, server_id(reply), ia_na(1, [ia_addr(own, 2400, 2900)]), elapsed())
    s.ask(RENEW, server_id(reply), ia_na(1, [ia_addr(own, 0, 0)]), elapsed())


@scenario
def lifetimes_wished_with_an_unspecified_hint(s):
    on_link(s, 13)
    s.ask(SOLICIT, ia_pd(1, [ia_prefix("::/56", 1234, 2345)]), elapsed())


@scenario
def lifetimes_for_ever(s):
    on_link(s, 14)
    reply = s.lease(ia_na(1))
    s.ask(RENEW, server_id(reply), *granted(reply), elapsed())


@scenario
def lifetimes_for_ever_wished(s):
    on_link(s, 13)
    s.ask(SOLICIT, ia_na(1, [ia_addr("2001:db8:13::47", FOREVER, FOREVER)]), elapsed())


@scenario
def timers_as_parts_of_the_preferred_lifetime(s):
    on_link(s, 17)
    s.lease(ia_na(1))


@scenario
def timers_above_the_preferred_lifetime(s):
    on_link(s, 18)
    s.lease(ia_na(1))


@scenario
def prefix_exclude_through_all_messages(s):
    on_link(s, 18)
    reply = s.lease(ia_pd(1), oro(67))
    s.ask(RENEW, server_id(reply), *granted(reply), oro(67), elapsed())
    s.ask(REBIND, *granted(reply), oro(67), elapsed())
    s.ask(RENEW, server_id(reply), *granted(reply), elapsed())


@scenario
def reserved_globally_by_hardware_address(s):
    on_link(s, 15, (dhcp6.CLIENT_LINKLAYER, b"\x00\x01" + mac(0x9921)))
    s.lease(ia_na(1))


@scenario
def reserved_globally_by_duid(s):
    on_link(s, 15)
    s.client.duid = duid_ll(0x9922)
    s.lease(ia_na(1), ia_pd(1))


@scenario
def reserved_by_hardware_address_in_a_duid(s):
    on_link(s, "b")
    s.client.duid = struct.pack("!HHI", 1, 1, 0x12345678) + mac(0x9902)
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def reserved_several_of_each(s):
    on_link(s, 16)
    s.client.duid = duid_ll(0x9931)
    s.lease(ia_na(1), ia_na(2), ia_na(3), ia_pd(1), ia_pd(2), oro(23, 24, 27, 31, 17))


@scenario
def levels_of_options_for_an_address(s):
    on_link(s, 16)
    s.lease(ia_na(1), oro(23, 24, 27, 31, 2001))


@scenario
def levels_of_options_for_a_prefix(s):
    on_link(s, 16)
    s.lease(ia_pd(1), oro(23, 24, 27, 31))


@scenario
def levels_of_options_for_both(s):
    on_link(s, 16)
    s.lease(ia_na(1), ia_pd(1), oro(23, 24, 27, 31))


@scenario
def levels_of_options_for_information(s):
    on_link(s, 16)
    s.ask(INFORMATION_REQUEST, oro(23, 24, 27, 31), elapsed())


@scenario
def options_always_sent(s):
    on_link(s, 16)
    s.lease(ia_na(1))


@scenario
def options_always_sent_without_an_address(s):
    on_link(s, 16)
    s.ask(SOLICIT, elapsed())


@scenario
def options_of_two_vendors(s):
    on_link(s, 16)
    s.ask(SOLICIT, ia_na(1), oro(17), (dhcp6.VENDOR_CLASS, struct.pack("!IH", 9, 3) + b"abc"), elapsed())


@scenario
def options_of_the_first_vendor_of_two(s):
    on_link(s, 16)
    s.ask(SOLICIT, ia_na(1), oro(17), (dhcp6.VENDOR_CLASS, struct.pack("!IH", 4491, 3) + b"abc"), elapsed())


@scenario
def options_of_every_format(s):
    s.ask(INFORMATION_REQUEST, oro(*EVERY_FORMAT), elapsed())


@scenario
def options_of_every_standard(s):
    s.ask(INFORMATION_REQUEST, oro(*EVERY_STANDARD), elapsed())


@scenario
def options_asked_for_twice(s):
    s.ask(SOLICIT, ia_na(1), oro(23, 24, 23), oro(31), elapsed())


@scenario
def options_asked_for_that_the_protocol_makes(s):
    s.ask(SOLICIT, ia_na(1), oro(1, 2, 3, 5, 6, 7, 8, 13, 14, 25, 26), elapsed())


@scenario
def options_of_a_user_class(s):
    s.ask(SOLICIT, ia_na(1), (dhcp6.USER_CLASS, b"\x00\x03lab"), oro(15, 23), elapsed())


@scenario
def information_by_a_relay(s):
    on_link(s, 13)
    s.ask(INFORMATION_REQUEST, oro(23, 32, 82, 83), elapsed())


@scenario
def information_of_an_unknown_link(s):
    on_link(s, 7777)
    s.ask(INFORMATION_REQUEST, oro(23, 24, 32), elapsed())


@scenario
def retransmission_maxima(s):
    s.ask(SOLICIT, ia_na(1), oro(82, 83), elapsed())


@scenario
def retransmission_maxima_with_nothing_left(s):
    on_link(s, "c0")
    s.ask(SOLICIT, ia_na(1), oro(82, 83), elapsed())


@scenario
def rapid_commit_without_asking_for_it(s):
    on_link(s, 16)
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def rapid_commit_with_nothing_to_give(s):
    on_link(s, "b")
    s.ask(SOLICIT, RAPID, elapsed())


@scenario
def rapid_commit_in_a_request(s):
    on_link(s, 16)
    s.ask(REQUEST, s.server(), RAPID, ia_na(1), elapsed())


@scenario
def request_without_ia(s):
    s.ask(REQUEST, s.server(), elapsed())


@scenario
def request_of_a_taken_address(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1))
    s.become_another_client()
    s.ask(REQUEST, s.server(), ia_na(1, [ia_addr(dhcp6.ias(reply)[0].leases[0][0])]), elapsed())


@scenario
def request_of_a_reserved_address(s):
    on_link(s, 16)
    s.ask(REQUEST, s.server(), ia_na(1, [ia_addr("2001:db8:16::99")]), elapsed())


@scenario
def request_of_a_mixture(s):
    on_link(s, 10)
    s.ask(REQUEST, s.server(), ia_na(1), ia_na(2, [ia_addr("2001:db8:7777::1")]), ia_pd(3), elapsed())


@scenario
def request_of_an_off_link_prefix(s):
    on_link(s, 13)
    s.ask(REQUEST, s.server(), ia_pd(1, [ia_prefix("2001:db8:7700::/56")]), elapsed())


@scenario
def request_again(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1), ia_pd(2))
    s.ask(REQUEST, server_id(reply), *granted(reply), elapsed())


@scenario
def request_of_a_link_without_prefixes(s):
    on_link(s, 14)
    s.ask(REQUEST, s.server(), ia_na(1), ia_pd(1), elapsed())


@scenario
def renew_of_a_mixture(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1), ia_pd(2))
    s.ask(RENEW, server_id(reply), *granted(reply), ia_pd(9, [ia_prefix("2001:db8:7700::/56", 1, 2)]), elapsed())


@scenario
def renew_without_addresses(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1))
    s.ask(RENEW, server_id(reply), ia_na(1), elapsed())


@scenario
def renew_of_an_unknown_link(s):
    on_link(s, 7777)
    s.ask(RENEW, s.server(), ia_na(1, [ia_addr("2001:db8:7777::1", 1, 2)]), ia_pd(2, [ia_prefix("2001:db8:7700::/56", 1, 2)]), elapsed())


@scenario
def renew_of_another_clients_address(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1))
    s.become_another_client()
    s.ask(RENEW, server_id(reply), *granted(reply), elapsed())


@scenario
def rebind_of_another_clients_address(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1))
    s.become_another_client()
    s.ask(REBIND, *granted(reply), elapsed())


@scenario
def rebind_of_an_unknown_link(s):
    on_link(s, 7777)
    s.ask(REBIND, ia_na(1, [ia_addr("2001:db8:7777::1", 1, 2)]), elapsed())


@scenario
def rebind_of_a_mixture(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1))
    s.ask(REBIND, *granted(reply), ia_na(8, [ia_addr("2001:db8:7777::8", 1, 2)]), elapsed())


@scenario
def rebind_without_ia(s):
    s.ask(REBIND, elapsed())


@scenario
def rebind_prefix_without_binding(s):
    on_link(s, 13)
    s.ask(REBIND, ia_pd(7, [ia_prefix("2001:db8:1300:ee00::/56", 100, 200)]), elapsed())


@scenario
def confirm_of_a_mixture(s):
    s.ask(CONFIRM, ia_na(1, [ia_addr("2001:db8:a::1000")]), ia_na(2, [ia_addr("2001:db8:7777::1")]), elapsed())


@scenario
def confirm_without_ia(s):
    s.ask(CONFIRM, elapsed())


@scenario
def confirm_of_a_prefix(s):
    s.ask(CONFIRM, ia_pd(1, [ia_prefix("2001:db8:a000::/56")]), elapsed())


@scenario
def confirm_of_an_unknown_link(s):
    on_link(s, 7777)
    s.ask(CONFIRM, ia_na(1, [ia_addr("2001:db8:7777::1")]), elapsed())


@scenario
def confirm_asks_for_options(s):
    on_link(s, 16)
    s.ask(CONFIRM, ia_na(1, [ia_addr("2001:db8:16::10")]), oro(23), elapsed())


@scenario
def decline_of_another_clients_address(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1))
    s.become_another_client()
    s.ask(DECLINE, server_id(reply), *granted(reply), elapsed())


@scenario
def decline_keeps_the_address_from_others(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1))
    gone = dhcp6.ias(reply)[0].leases[0][0]
    s.ask(DECLINE, server_id(reply), *granted(reply), elapsed())
    s.become_another_client()
    s.ask(SOLICIT, ia_na(1, [ia_addr(gone)]), elapsed())


@scenario
def decline_without_ia(s):
    s.ask(DECLINE, s.server(), elapsed())


@scenario
def decline_of_a_prefix(s):
    on_link(s, 13)
    reply = s.lease(ia_pd(1))
    s.ask(DECLINE, server_id(reply), *granted(reply), elapsed())


@scenario
def release_of_several(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1), ia_na(2), ia_pd(1))
    s.ask(RELEASE, server_id(reply), *granted(reply), ia_na(9, [ia_addr("2001:db8:13::fe")]), elapsed())


@scenario
def release_without_ia(s):
    s.ask(RELEASE, s.server(), elapsed())


@scenario
def release_frees_the_address_for_others(s):
    on_link(s, 13)
    reply = s.lease(ia_na(1))
    free = dhcp6.ias(reply)[0].leases[0][0]
    s.ask(RELEASE, server_id(reply), *granted(reply), elapsed())
    s.become_another_client()
    s.ask(SOLICIT, ia_na(1, [ia_addr(free)]), elapsed())


@scenario
def relay_supplies_options(s):
    s.relay(hops("2001:db8:13::1", (66, dhcp6.encode_options([(65, b"\x03erp\x07example\x00"), (64, b"\x01x\x00"), (23, bytes(16))]))))
    s.ask(SOLICIT, ia_na(1), oro(65), elapsed())
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def relay_wants_options_back(s):
    s.relay(hops("2001:db8:13::1", (43, struct.pack("!HH", 37, 38)), (37, b"\0\0\0\x09abc"), (38, b"sub"), port("p"), (999, b"x")))
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def relay_without_a_link_address(s):
    s.relay(hops("::"))
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def relay_without_a_link_address_but_a_port(s):
    s.relay(hops("::", port("port-8")))
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def relay_of_layer_two_behind_another(s):
    s.relay([("::", PEER, [port("l2")]), ("2001:db8:13::1", "fe80::22", [port("l3")])])
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def relay_address_of_the_outer_relay_does_not_count(s):
    s.relay([("2001:db8:13::1", PEER, []), ("2001:db8:14::1", "2001:db8:13::1", [])])
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def relay_ports_at_two_levels(s):
    s.relay([("2001:db8:13::1", PEER, [(135, b"\x30\x39")]), ("::", "2001:db8:13::1", [(135, b"\0\0")])], port=10548)
    s.ask(SOLICIT, ia_na(1), elapsed())


@scenario
def several_hints_in_one_association(s):
    on_link(s, 13)
    s.ask(SOLICIT, ia_na(1, [ia_addr("2001:db8:13::60"), ia_addr("2001:db8:13::61")]), elapsed())


@scenario
def hint_of_an_unspecified_address(s):
    on_link(s, 13)
    s.ask(SOLICIT, ia_na(1, [ia_addr("::")]), elapsed())


@scenario
def the_same_association_twice(s):
    on_link(s, 13)
    s.ask(SOLICIT, ia_na(1), ia_na(1), elapsed())


@scenario
def two_client_ids(s):
    s.ask(SOLICIT, (dhcp6.CLIENTID, duid_ll(5)), ia_na(1), elapsed())


@scenario
def an_empty_client_id(s):
    s.ask(SOLICIT, (dhcp6.CLIENTID, b""), ia_na(1), elapsed(), client_id=False)


@scenario
def a_very_long_client_id(s):
    s.ask(SOLICIT, (dhcp6.CLIENTID, b"\0\2" + bytes(129)), ia_na(1), elapsed(), client_id=False)


@scenario
def messages_of_servers(s):
    for type in (dhcp6.ADVERTISE, dhcp6.REPLY, dhcp6.RECONFIGURE):
        s.ask(type, s.server(), ia_na(1), elapsed())


@scenario
def an_unknown_message(s):
    s.ask(200, ia_na(1), elapsed())


@scenario
def a_name_of_the_client(s):
    s.ask(SOLICIT, ia_na(1), (39, b"\x01\x04host\x07example\x03org\x00"), oro(39), elapsed())


@scenario
def a_client_that_wants_to_be_reconfigured(s):
    s.ask(SOLICIT, ia_na(1), (20, b""), elapsed())
